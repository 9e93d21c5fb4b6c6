#include "tools/member/neighbours.hpp"

#include <utility>

#include "net/runtime/clock.hpp"

namespace tools {

using net::Json;

Json gist_of(const Json& status) {
  Json gist = Json::object();
  for (const char* key : {"state", "role", "epoch", "leader", "hears_quorum", "commit", "delivered", "log", "buffers",
                          "incarnation", "uptime_ms", "lamps"})
    if (const auto found = status.find(key); found != status.end()) gist[key] = *found;
  return gist;
}

void Neighbours::ask(const net::Roster& roster, core::Member self) {
  for (std::size_t i = 0; i < roster.residents().size(); ++i) {
    const auto member = static_cast<core::Member>(i);
    const net::Address& at = roster.residents()[i].at;
    Neighbour& one = neighbours_[member];
    if (member == self || at.host.empty() || std::exchange(one.asking, true)) continue;
    one.asked = net::machine_time();
    net::LineCall::begin(io_, at.tcp(), R"({"type":"STATUS"})",
                         [this, member, here = std::weak_ptr(here_)](const net::LineCall::Answer& answer) {
                           if (!here.expired()) hear(member, answer);
                         });
  }
}

void Neighbours::hear(core::Member member, const net::LineCall::Answer& answer) {
  Neighbour& one = neighbours_[member];
  const core::Instant now = net::machine_time();
  const Json said = Json::parse(answer.line, nullptr, false);
  one.asking = false;
  if (said.is_object() && said.value("type", Json()) == "STATUS") {
    one.said = gist_of(said), one.trouble.clear();
    one.took = now - one.asked, one.changed = now;
  } else {
    if (one.trouble.empty()) one.changed = now;
    one.said = nullptr, one.trouble = answer.error.empty() ? "what answers there is no node" : answer.error;
  }
  changed_();
}

Json Neighbours::about(core::Member member, core::Instant now) const {
  const auto found = neighbours_.find(member);
  if (found == neighbours_.end()) return nullptr;
  const Neighbour& one = found->second;
  if (one.said.is_null() && one.trouble.empty()) return nullptr;
  return {{"said", one.said},
          {"since_ms", (now - one.changed).ns / 1'000'000},
          {"took_us", one.said.is_null() ? Json() : Json(one.took.ns / 1'000)},
          {"trouble", one.trouble.empty() ? Json() : Json(one.trouble)}};
}

}  // namespace tools
