#include "tools/member/monitor.hpp"

#include <chrono>
#include <utility>

#include "net/http/metrics.hpp"
#include "net/runtime/clock.hpp"
#include "tools/member/city_json.hpp"

namespace tools {
namespace {

using net::HttpAnswer;
using net::Json;

constexpr std::chrono::milliseconds kTick{100};  // the status is told at most so often
constexpr core::Duration kAtLeast = core::Duration::s(1), kAsk = core::Duration::ms(500), kRate = core::Duration::s(1);
// Nobody looks on: the others' own words are kept fresh for who asks for the status.
constexpr core::Duration kAskSeldom = core::Duration::s(2);

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

HttpAnswer json_answer(const Json& json, unsigned status = 200) {
  return {status, "application/json", text_of(json) + '\n'};
}

}  // namespace

Monitor::Monitor(boost::asio::io_context& io, const boost::asio::ip::tcp::endpoint& at, const net::Office& office,
                 std::string_view page)
    : office_{office},
      begun_{net::machine_time()},
      feed_{static_cast<std::uint64_t>(begun_.ns)},
      alarm_{io},
      neighbours_{io, [this] { changed_ = true; }},
      server_{io, at, site(page)} {
  tick();
}

net::HttpSite Monitor::site(std::string_view page) {
  net::HttpSite site;
  site.pages["/"] = [page] { return HttpAnswer{200, "text/html; charset=utf-8", std::string(page)}; };
  site.pages["/status.json"] = [this] { return json_answer(status()); };
  site.pages["/health"] = [this] { return health(); };
  site.pages["/metrics"] = [this] {
    return HttpAnswer{200, net::Metrics::kType,
                      metrics_of(office_.group(), life_, roster_, counts_, uptime() - core::Instant{})};
  };
  site.stream = "/events";
  site.greeting = [this](std::string_view last) { return "retry: 500\n\n" + status_event() + feed_.after(last); };
  return site;
}

void Monitor::begin(const Life& life, const net::Roster& roster) {
  life_ = &life;
  roster_ = &roster;
  const std::uint64_t incarnation = life.memory.incarnation;
  on({.kind = incarnation > 1 ? core::Kind::restart : core::Kind::start,
      .node = life.self,
      .seq = life.memory.durable.applied(),
      .number = incarnation});
}

void Monitor::on(const core::Record& fact) {
  using core::Kind;
  changed_ = true;
  const bool news = fact.kind == Kind::role || fact.kind == Kind::leader || fact.kind == Kind::suspect;
  if (news) asked_ = {};  // what do the others say now?
  counts_.on(fact);
  core::Record told = fact;
  told.at = uptime();
  feed_.on(life_->config, told);
}

core::Instant Monitor::uptime() const {
  return core::Instant{} + (net::machine_time() - begun_);
}

void Monitor::tick() {
  const core::Instant now = net::machine_time();
  sample(now);
  if (life_ != nullptr && now - asked_ >= (server_.listeners() > 0 ? kAsk : kAskSeldom)) {
    asked_ = now;
    neighbours_.ask(*roster_, life_->self);
  }
  tell(now);
  alarm_.expires_after(kTick);
  alarm_.async_wait([this](boost::system::error_code error) {
    if (!error) tick();
  });
}

void Monitor::sample(core::Instant now) {
  if (life_ == nullptr) return;
  const core::Node& node = life_->engine.node();
  samples_.push_back({now, node.commit(), node.delivered()});
  while (samples_.size() > 2 && now - samples_[1].at >= kRate) samples_.pop_front();
}

void Monitor::tell(core::Instant now) {
  const std::string records = life_ == nullptr ? "" : feed_.take(life_->config, uptime());
  if (server_.listeners() == 0 || (!changed_ && now - told_ < kAtLeast)) return server_.tell(records);
  changed_ = false;
  told_ = now;
  server_.tell(records + status_event());
}

std::string Monitor::status_event() const {
  return "event: status\ndata: " + text_of(status()) + "\n\n";
}

Json Monitor::status() const {
  Json self = office_.status();
  Json out{{"format", "bellwether-status"}, {"version", 1}};
  if (life_ != nullptr) {
    const Json all = members(self, net::machine_time());
    Json lamps = Json::array();
    for (const Json& member : all)
      for (const Json& lamp : member["said"].is_null() ? Json::array() : member["said"].value("lamps", Json::array()))
        lamps.push_back(lamp);
    const core::CityState* const city = life_->engine.node().city();
    out["rates"] = rates();
    out["city"] = city == nullptr ? Json() : city_json(life_->config, *city, lamps);
    out["members"] = all;
  }
  out["node"] = std::move(self);
  return out;
}

Json Monitor::members(const Json& self, core::Instant now) const {
  Json list = Json::array();
  const core::Node& node = life_->engine.node();
  for (std::size_t i = 0; i < roster_->residents().size(); ++i) {
    const auto member = static_cast<core::Member>(i);
    const net::Resident& who = roster_->residents()[i];
    Json one{{"member", life_->config.members[i].name},
             {"name", who.who.name},
             {"host", who.at.host},
             {"tcp_port", who.at.tcp_port},
             {"voter", node.voters().has(member)}};
    if (member == life_->self)
      one.update(Json{{"self", true}, {"said", gist_of(self)}, {"since_ms", 0}, {"trouble", nullptr}});
    else if (const Json about = neighbours_.about(member, now); !about.is_null())
      one.update(about);
    else
      one.update(Json{{"said", nullptr}, {"since_ms", nullptr}, {"trouble", "not asked yet"}});
    list.push_back(std::move(one));
  }
  return list;
}

// Per second, over about the last one.
Json Monitor::rates() const {
  if (samples_.size() < 2) return {{"commits", 0.0}, {"deliveries", 0.0}};
  const Sample &first = samples_.front(), &last = samples_.back();
  const double seconds = static_cast<double>((last.at - first.at).ns) / 1e9;
  const auto rate = [&](core::Seq from, core::Seq to) { return static_cast<double>(to - from) / seconds; };
  return {{"commits", rate(first.commit, last.commit)}, {"deliveries", rate(first.delivered, last.delivered)}};
}

HttpAnswer Monitor::health() const {
  std::string wrong = office_.closed();
  if (wrong.empty()) {
    const core::Node& node = life_->engine.node();
    if (node.leader() == core::kNobody) wrong = "this node knows of no leader";
    if (!node.heartbeat().sees_quorum) wrong = "this node hears no quorum of the group";
  }
  if (wrong.empty()) return json_answer({{"status", "ok"}});
  return json_answer({{"status", "failing"}, {"reason", wrong}}, 503);
}

}  // namespace tools
