#include "tools/member/member.hpp"

#include <chrono>
#include <csignal>

#include "net/discovery/line_call.hpp"
#include "net/wire/json_value.hpp"
#include "tools/member/addresses.hpp"
#include "tools/pages/pages.hpp"

namespace tools {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using net::Json;

constexpr std::chrono::milliseconds kTick{100};
constexpr int kPatience = 20;  // ticks that it waits for others to lead
constexpr core::Duration kCallAgain = core::Duration::ms(500), kSayAgain = core::Duration::s(10);

std::string text_of(const asio::ip::tcp::endpoint& address) {
  return address.address().to_string() + ":" + std::to_string(address.port());
}

asio::ip::tcp::acceptor listen_at(asio::io_context& io, const NodeOptions& options) {
  const asio::ip::tcp::endpoint here(asio::ip::make_address(options.host), options.tcp_port);
  try {
    return {io, here};
  } catch (const boost::system::system_error& error) {
    if (error.code() == asio::error::address_in_use)
      throw BadInput("bellwether: port " + text_of(here) +
                     " is taken by another process, perhaps a node that still runs; stop " +
                     "that one (`ss -ltnp` shows whose it is), or choose another --tcp-port");
    throw BadInput("bellwether: cannot listen at " + text_of(here) + ": " + error.code().message() +
                   "; check --host and --tcp-port");
  }
}

}  // namespace

Member::Member(asio::io_context& io, const NodeOptions& options, Folder& folder, Folder::Say say)
    : io_{io},
      options_{options},
      folder_{folder},
      say_{std::move(say)},
      self_{folder.file.self, {options.host, options.tcp_port, options.udp_port, folder.file.boots}},
      founding_{
          {.group = options.group, .expect = options.expect, .places = options.places}, self_, folder.file.membership},
      lobby_{nobody_, options.group},
      acceptor_{listen_at(io, options)},
      signals_{io, SIGINT, SIGTERM},
      alarm_{io},
      patience_{io} {
  const net::Discovery::Ear ear{[this] { return sighting(); }, [this](const auto& told) { hear(told); },
                                [this](const std::string& words) { say_once(words); }};
  try {
    discovery_.emplace(io, ways_of(options.ways), self_.at, options.group, ear);
  } catch (const boost::system::system_error& error) {
    throw BadInput(
        "bellwether: discovery: " + error.code().message() +
        "; another program may have the port for itself, or --host is of no network: choose another way or port");
  }
  show();
}

void Member::show() {
  if (!options_.http) return;
  const asio::ip::tcp::endpoint at(asio::ip::make_address(options_.http->host), options_.http->port);
  try {
    monitor_.emplace(io_, at, *this, live_page());
  } catch (const boost::system::system_error& error) {
    throw BadInput("bellwether: cannot show anything at " + text_of(at) + ": " + error.code().message() +
                   "; choose another --http, or 0 for any port that is free");
  }
  say_("can be looked at: http://" + text_of(monitor_->at()) + "/");
}

ExitCode Member::run() {
  listen_for_signals();
  welcome();
  membership_changed();
  tick();
  io_.run();
  return code_;
}

// Until it takes part, only visitors are heard.
void Member::welcome() {
  acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
    if (error == asio::error::operation_aborted || life_ != nullptr) return;
    if (!error) std::make_shared<net::Incoming>(std::move(socket), lobby_, *this, &desk_, quiet_)->listen();
    welcome();
  });
}

net::Sighting Member::sighting() const {
  const net::GroupFile& file = folder_.file;
  net::Sighting told{.group = file.group, .node = self_, .expect = options_.expect};
  told.charter = file.membership.charter;
  told.founded = file.membership.founded;
  if (file.roster && file.roster->complete()) told.roster = file.roster;
  return told;
}

void Member::hear(const net::Sighting& told) {
  const bool changed = founding_.hear(net::machine_time(), told);
  if (told.node.who.id == self_.who.id) return;
  if (known_.size() < net::kMostPlaces || known_.contains(told.node.who.id)) known_[told.node.who.id] = told.node;
  if (changed) membership_changed();
  auto& roster = folder_.file.roster;
  if (!roster) return;
  const bool adopted = told.roster && roster->adopt(*told.roster);
  if (roster->learn(told.node) || adopted) roster_changed();
}

// What it has signed, or that the group is founded, is safe before anybody is told.
void Member::membership_changed() {
  net::GroupFile& file = folder_.file;
  if (file.incarnation == 0) file.membership = founding_.membership();
  if (file.membership.founded && !file.roster) {
    file.roster.emplace(*file.membership.charter);
    for (const auto& [id, resident] : known_) file.roster->learn(resident);
    say_("group " + file.group + " was founded by " + net::words_for(*file.membership.charter));
  }
  roster_changed();
}

void Member::roster_changed() {
  auto& roster = folder_.file.roster;
  const core::Member place = roster ? roster->place_of(self_.who.id) : core::kNobody;
  if (place != core::kNobody) {
    const net::Address& told = roster->residents()[place].at;
    net::GroupFile& file = folder_.file;
    if (file.incarnation == 0 && !told.host.empty() && told.boot != self_.at.boot)
      file.membership.forgotten = true;  // it was admitted in an earlier life
    moved_ |= !told.host.empty() && (told.tcp() != self_.at.tcp() || told.udp() != self_.at.udp());
    roster->learn(self_);
  }
  folder_.save();
  discovery_->changed();
  if (life_ != nullptr)
    life_->follow(*roster);
  else if (place != core::kNobody)
    begin(place);
}

void Member::begin(core::Member self) {
  net::GroupFile& file = folder_.file;
  life_ = std::make_unique<Life>(
      io_, net::config_of(*file.membership.charter, options_.settings), self, options_, folder_, *this, lamps_,
      [this](const std::string& words) { say_once("does not take what came from " + words); });
  if (monitor_) monitor_->begin(*life_, *file.roster);
  read_log(life_->memory.durable);
  life_->memory.durable = {};  // the node has it
  say_(file.self.name + " takes part as " + life_->config.members[self].name + ", incarnation " +
       std::to_string(life_->memory.incarnation));
  acceptor_.cancel();
  try {
    hall_ = std::make_unique<CityHall>(io_, *life_, *file.roster, options_, *this, desk_, lamps_,
                                       [this](const std::string& words) { say_once(words); });
    life_->begin(std::move(acceptor_), *hall_, *file.roster);
    hall_->begin();
  } catch (const boost::system::system_error& error) {
    throw BadInput("bellwether: cannot listen for datagrams at " + self_.at.host + ":" +
                   std::to_string(self_.at.udp_port) + ": " + error.code().message() + "; choose another --udp-port");
  }
}

// Whom the order has admitted before the node was stopped, and the group's file does not have yet.
void Member::read_log(const core::Durable& durable) {
  net::Roster& roster = *folder_.file.roster;
  const core::Seq applied = durable.applied();
  if (durable.log.base().seq <= roster.as_of())
    for (core::Seq seq = roster.as_of() + 1; seq <= std::min(applied, durable.log.size()); ++seq) {
      const auto admitted = net::admitted_by(*durable.log.at(seq).event);
      roster.deliver(seq, admitted ? &*admitted : nullptr);
    }
  roster.jump(applied);
}

void Member::tick() {
  if (founding_.wake(net::machine_time())) membership_changed();
  const net::Membership& membership = folder_.file.membership;
  if (!founding_.trouble().empty()) say_once(founding_.trouble());
  if (!membership.founded) say_once(search());
  if (membership.founded && (life_ == nullptr || moved_)) call_for_admission();
  alarm_.expires_after(kTick);
  alarm_.async_wait([this](error_code error) {
    if (!error) tick();
  });
}

std::string Member::search() const {
  const auto& ways = options_.ways;
  std::string words = "looking for group " + group() + "; " + founding_.progress(net::machine_time());
  if (options_.expect == 0) words += "; without --expect it founds none";
  if (options_.expect != 1 && !ways.multicast && !ways.beacon && ways.seeds.empty())
    words += "; without --discovery or --seed it only hears nodes that have it as a seed";
  return words;
}

// One of those who have a place is asked after the other, until it is in the roster that they tell.
void Member::call_for_admission() {
  const core::Instant now = net::machine_time();
  const auto& residents = folder_.file.roster->residents();
  if (now - called_ < kCallAgain) return;
  called_ = now;
  const net::Resident& one = residents[calls_++ % residents.size()];
  if (one.at.host.empty() || one.who.id == self_.who.id) return;
  const Json call{{"type", "ADMIT"}, {"group", group()}, {"node", net::to_json(self_)}};
  net::LineCall::begin(io_, one.at.tcp(), call.dump(),
                       [this, name = one.who.name](const net::LineCall::Answer& answer) {
                         const Json said = Json::parse(answer.line, nullptr, false);
                         if (!said.is_object()) return;
                         if (said.value("type", "") == "ADMITTING") moved_ = false;
                         if (said.contains("reason"))
                           say_once(name + " does not admit this node: " + said.value("reason", ""));
                       });
}

std::string Member::admit(const net::Resident& newcomer) {
  net::Roster& roster = *folder_.file.roster;
  const core::Member place = roster.place_of(newcomer.who.id);
  const bool has_place = place != core::kNobody;
  if (!has_place && roster.complete() && roster.full())
    return "all " + std::to_string(roster.charter().places) + " places of the group are taken";
  const bool known = has_place && roster.residents()[place].at == newcomer.at;
  if (has_place && roster.learn(newcomer)) roster_changed();
  if (known) return "";
  const core::Submission event{{}, std::string(net::kMemberAdmitted), net::to_json(newcomer).dump()};
  return submit(event).number == 0 ? "it takes no events now; ask another" : "";
}

std::string Member::closed() const {
  if (life_ != nullptr) return retiring_ ? "this node is stopping; ask another" : "";
  if (folder_.file.membership.founded) return "this node is not a member yet: it asks to be admitted";
  return "there is no group yet: this node has " + founding_.progress(net::machine_time());
}

void Member::say_once(const std::string& words) {
  const core::Instant now = net::machine_time();
  std::erase_if(said_, [&](const auto& one) { return now - one.second > kSayAgain; });
  if (said_.size() < 1'000 && said_.emplace(words, now).second) say_(words);
}

void Member::listen_for_signals() {
  signals_.async_wait([this](error_code error, int signal) {
    if (!error) stop_soon(signal);
  });
}

void Member::stop_soon(int signal) {
  if (signal == SIGINT) code_ = ExitCode::interrupted;
  if (std::exchange(retiring_, true) || life_ == nullptr) return io_.stop();
  listen_for_signals();
  say_("stopping");
  hall_->close();
  life_->engine.take(net::Retire{});
  stop_when_others_lead(kPatience);
}

void Member::stop_when_others_lead(int ticks) {
  const core::Node& node = life_->engine.node();
  const bool others_lead = node.leader() != core::kNobody && node.leader() != life_->self;
  const bool alone = node.voters().count() == 1 && node.voters().has(life_->self);
  if (ticks == 0 || ((others_lead || alone) && node.outbox().empty())) {
    life_->engine.stop();
    return io_.stop();
  }
  patience_.expires_after(kTick);
  patience_.async_wait([this, ticks](error_code error) {
    if (!error) stop_when_others_lead(ticks - 1);
  });
}

}  // namespace tools
