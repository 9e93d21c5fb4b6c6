// What happens in the node, and what it looks like from outside.
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <iostream>

#include "core/city/names.hpp"
#include "core/group/names.hpp"
#include "net/wire/json_value.hpp"
#include "tools/member/member.hpp"

namespace tools {
namespace {

using core::Kind;
using net::Json;

Json names_of(const core::Config& config, const core::MemberSet& members) {
  Json names = Json::array();
  for (std::size_t i = 0; i < config.size(); ++i)
    if (members.has(static_cast<core::Member>(i))) names.push_back(config.members[i].name);
  return names;
}

Json to_json(const net::Traffic& traffic) {
  return {{"messages", traffic.messages}, {"bytes", traffic.bytes}};
}

Json peers_of(const Life& life, const net::Roster& roster, core::Instant now) {
  const core::Node& node = life.engine.node();
  Json peers = Json::array();
  for (std::size_t i = 0; i < roster.residents().size(); ++i) {
    const auto peer = static_cast<core::Member>(i);
    Json one{{"member", life.config.members[i].name}};
    one.update(net::to_json(roster.residents()[i]));
    const bool silent = peer != life.self && node.suspects(peer);
    one["suspected"] = silent;
    one["phi"] = peer == life.self || silent ? Json() : Json(node.phi_of(peer, now));
    one["connected"] = peer == life.self || life.sockets.reaches(peer);
    one["sent"] = to_json(life.sockets.sent_to(peer));
    one["received"] = to_json(life.sockets.received_from(peer));
    one["waiting_bytes"] = life.sockets.waiting(peer);
    peers.push_back(std::move(one));
  }
  return peers;
}

// The one as of which a silent peer is suspected; null: it is not φ that decides.
Json threshold_of(const core::Timing& timing) {
  if (timing.detector != core::DetectorKind::phi) return nullptr;
  return timing.phi_threshold_milli / 1000.0;
}

Json line_for(const core::Config& config, const core::Record& fact) {
  Json causes = Json::array();
  for (const core::EventId cause : fact.event->depends_on) causes.push_back(core::name_of(config, cause));
  return {{"seq", fact.seq},          {"epoch", fact.epoch},  {"event", core::name_of(config, fact.id)},
          {"type", fact.event->type}, {"depends_on", causes}, {"payload", fact.event->payload}};
}

Json dispatch_in(const core::Dispatch& dispatch) {
  return {{"open", dispatch.crashes().size()},
          {"completed", dispatch.completed()},
          {"ambulances", dispatch.ambulances().size()},
          {"hospitals", dispatch.hospitals().size()}};
}

Json lamps_in(const std::vector<net::ShownLamp>& lamps, const core::LightsPlan& plan) {
  Json list = Json::array();
  for (const net::ShownLamp& lamp : lamps)
    list.push_back({{"intersection", lamp.name.intersection + 1},
                    {"approach", core::name_of_approach(plan, lamp.name.approach)},
                    {"colour", core::name_of(lamp.colour)},
                    {"connected", lamp.connected}});
  return list;
}

}  // namespace

void describe_life(const Life& life, const net::Roster& roster, core::Instant now, Json& out) {
  const core::Node& node = life.engine.node();
  out["member"] = life.config.members[life.self].name;
  out["role"] = core::name_of(node.role());
  out["epoch"] = node.epoch();
  out["leader"] = node.leader() == core::kNobody ? Json() : Json(core::name_of(life.config, node.leader()));
  out["hears_quorum"] = node.heartbeat().sees_quorum;
  out["commit"] = node.commit();
  out["delivered"] = node.delivered();
  out["log"] = {{"first", node.log().base().seq + 1}, {"last", node.log().size()}};
  out["buffers"] = {{"outbox", node.outbox().pending().size()}, {"hold_back", node.held_back()}};
  out["voters"] = names_of(life.config, node.voters());
  out["incarnation"] = life.memory.incarnation;
  out["storage"] = life.config.storage == core::Storage::durable ? "durable" : "volatile";
  if (life.config.city.dispatch.on && node.city() != nullptr) out["dispatch"] = dispatch_in(node.city()->dispatch);
  out["phi_threshold"] = threshold_of(life.config.timing);
  out["peers"] = peers_of(life, roster, now);
}

Json Member::status() const {
  const core::Instant now = net::machine_time();
  const bool founded = folder_.file.membership.founded;
  Json out{{"type", "STATUS"},
           {"version", 1},
           {"group", folder_.file.group},
           {"node", net::to_json(self_)},
           {"state", life_ != nullptr ? "member"
                     : founded        ? "joining"
                                      : "founding"},
           {"uptime_ms", (now - begun_).ns / 1'000'000}};
  if (life_ == nullptr) out["progress"] = founding_.progress(now);
  if (!founding_.trouble().empty()) out["trouble"] = founding_.trouble();
  if (life_ == nullptr) return out;
  describe_life(*life_, *folder_.file.roster, now, out);
  out["recording"] = options_.record.empty() ? Json() : Json(options_.record);
  const core::LightsPlan& lights = life_->config.city.lights;
  if (lights.intersections > 0) out["lamps"] = lamps_in(lamps_.shown(now), lights);
  return out;
}

// They are decided in the order of their numbers.
bool Member::decided(core::EventId own) const {
  const auto& pending = life_->engine.node().outbox().pending();
  return pending.empty() || own.number < pending.front()->id.number;
}

void Member::on(const core::Record& fact) {
  desk_.on(fact);
  if (fact.kind == Kind::deliver) on_delivery(fact);
  if (fact.kind == Kind::snapshot) {
    folder_.file.roster->jump(fact.seq);
    boost::asio::post(io_, [this] { desk_.answer_covered(); });  // after the facts of the same turn
  }
  if (hall_ != nullptr) hall_->on(fact);
  if (monitor_) monitor_->on(fact);
  tell(fact);
  if (fact.kind != Kind::crash) return;
  code_ = ExitCode::failed;
  io_.stop();
}

// With each snapshot the file follows, so that what the log has dropped is in one of both.
void Member::on_delivery(const core::Record& fact) {
  net::Roster& roster = *folder_.file.roster;
  const auto admitted = net::admitted_by(*fact.event);
  const std::uint64_t every = life_->config.snapshot_every;
  if (roster.deliver(fact.seq, admitted ? &*admitted : nullptr)) {
    say_(admitted->who.name + " is at " + admitted->at.host + ":" + std::to_string(admitted->at.tcp_port));
    roster_changed();
  } else if (life_->memory.store != nullptr && every != 0 && fact.seq % every == 0) {
    folder_.save();
  }
  if (options_.print) print(fact);
}

// A member has more to do than to print: it goes on when nobody reads that.
void Member::print(const core::Record& delivery) {
  if (!std::cout) return;
  errno = 0;
  std::cout << line_for(life_->config, delivery).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  if (!std::cout)
    say_(std::string("stdout cannot be written: ") + std::strerror(errno) + "; events are not printed any more");
}

void Member::tell(const core::Record& fact) {
  const core::Config& config = life_->config;
  const std::string epoch = " of epoch " + std::to_string(fact.epoch);
  if (fact.kind == Kind::role)
    say_("is " + std::string(core::name_of(fact.role)) + ", epoch " + std::to_string(fact.epoch));
  if (fact.kind == Kind::leader && fact.peer != life_->self)
    say_(fact.peer == core::kNobody ? "follows nobody" : "follows " + core::name_of(config, fact.peer) + epoch);
  if (fact.kind == Kind::suspect) say_("suspects " + core::name_of(config, fact.peer));
  if (fact.kind == Kind::trust) say_("hears " + core::name_of(config, fact.peer) + " again");
  if (fact.kind == Kind::refused)
    say_("takes nothing from " + core::name_of(config, fact.peer) + ", whose settings differ: " + fact.more->text);
  if (fact.kind == Kind::violation)
    say_("stops, since a rule is broken: " + fact.more->text + ": " + fact.more->detail);
}

}  // namespace tools
