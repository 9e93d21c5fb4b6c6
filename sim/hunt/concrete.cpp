#include "sim/hunt/concrete.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "sim/network/link_models.hpp"
#include "sim/world/replay.hpp"
#include "sim/world/script.hpp"

namespace sim {
namespace {

using core::Instant;

Duration since_start(Instant at) {
  return at - Instant{};
}

// The network of a scenario in which the fates say everything that is unusual.
LinkModel plain_network() {
  return {.latency = {Latency::Shape::fixed, Duration::ms(5), {}}, .loss_ppm = 0};
}

std::vector<PlannedEvent> named_events(std::vector<PlannedEvent> events) {
  for (std::size_t i = 0; i < events.size(); ++i) events[i].name = "e" + std::to_string(i + 1);
  return events;
}

// Turns strikes into faults, each of which strikes once.
class Strikes {
 public:
  // `keep_links`: link faults are among them.
  Strikes(const Scenario& scenario, const Script& script, bool keep_links) : scenario_{scenario}, script_{script} {
    for (const Script::Strike& strike : script.strikes) {
      const bool keep = keep_links || !std::holds_alternative<LinkFault>(scenario.faults[strike.fault].action);
      parts_.push_back(keep ? strike.named.size() : 0);
    }
  }

  [[nodiscard]] std::vector<Fault> faults() const {
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const Script::Strike& strike = script_.strikes[i];
      for (std::size_t part = 0; part < parts_[i]; ++part)
        faults.push_back({.trigger = trigger_of(strike),
                          .action = strike.named[part],
                          .lasts = scenario_.faults[strike.fault].lasts});
    }
    return faults;
  }

 private:
  // A `when` may strike within a step, which no time can say. The records that faults write themselves are other ones
  // now; a strike that waited for one that is gone has a time again.
  [[nodiscard]] Trigger trigger_of(const Script::Strike& strike) const {
    const auto* when = std::get_if<When>(&scenario_.faults[strike.fault].trigger);
    if (when == nullptr) return At{since_start(strike.at)};
    When counted = *when;
    if (when->kind == core::Kind::fault || when->kind == core::Kind::heal) counted.nth = recount(*when);
    if (counted.nth == 0) return At{since_start(strike.at)};
    return counted;
  }

  // Which `fault` or `heal` record is now the one waited for, the last if there are several; 0: none.
  [[nodiscard]] std::uint64_t recount(const When& when) const {
    const auto parts_at = [&](std::size_t i) {
      return when.kind == core::Kind::fault ? parts_[i] : parts_[script_.heals[i]];
    };
    if (parts_at(when.nth - 1) == 0) return 0;
    std::uint64_t records = 0;
    for (std::size_t i = 0; i < when.nth; ++i) records += parts_at(i);
    return records;
  }

  const Scenario& scenario_;
  const Script& script_;
  std::vector<std::size_t> parts_;  // by strike: how many faults it becomes
};

// Says of messages what the plain network does not do with them by itself.
class Fates {
 public:
  // `end`: of the run. What would come later does not come at all.
  explicit Fates(Instant end) : end_{end} { models_.number_of(plain_network()); }

  void add(const Script::Passage& passage) {
    const MessageFate fate = next(passage);
    if (passage.fate.kind == Fate::Kind::closed) return;
    const Instant usual = usual_arrival(passage);
    const bool late = std::min(passage.fate.at, passage.fate.copy) > end_;
    if (late && usual > end_) return;
    if (late || passage.fate.kind == Fate::Kind::lost) return say(fate, MessageFate::What::drop, Instant{});
    if (passage.fate.at != usual)
      say(fate, MessageFate::What::arrive, passage.fate.at);
    else
      links_[passage.link].last_arrival = usual;
    if (passage.fate.copy <= end_) say(fate, MessageFate::What::copy, passage.fate.copy);
  }

  std::vector<MessageFate> take() { return std::move(fates_); }

 private:
  struct Link {
    Instant busy_until, last_arrival;
    std::array<std::uint64_t, core::kMessageTypes + 1> sent{};  // by type; the last: news that the sender is gone
  };

  // Which message it is.
  MessageFate next(const Script::Passage& passage) {
    const std::size_t place = passage.type ? static_cast<std::size_t>(*passage.type) : core::kMessageTypes;
    return {.link = passage.link,
            .type = passage.type.value_or(core::MessageType{}),
            .link_down = !passage.type,
            .nth = ++links_[passage.link].sent[place],
            .at = {}};
  }

  // As Network has it.
  Instant usual_arrival(const Script::Passage& passage) {
    Link& link = links_[passage.link];
    Instant out = passage.sent;
    if (passage.type) out = link.busy_until = std::max(out, link.busy_until) + models_[0].transmission(passage.bytes);
    return std::max(link.last_arrival, out + models_[0].latency->at(0));
  }

  void say(MessageFate fate, MessageFate::What what, Instant at) {
    fate.what = what;
    fate.at = since_start(at);
    fates_.push_back(fate);
  }

  Instant end_;
  LinkModels models_;
  std::map<core::Link, Link> links_;
  std::vector<MessageFate> fates_;
};

void plan_messages(Scenario& scenario, const std::vector<Script::Passage>& passages) {
  Fates fates{Instant{} + scenario.duration};
  for (const Script::Passage& passage : passages) fates.add(passage);
  scenario.messages = fates.take();
  scenario.network = plain_network();
  scenario.links.clear();
}

}  // namespace

Scenario concrete(const Scenario& scenario, std::uint64_t seed, Concrete how) {
  Script script;
  replay(scenario, seed, {}, &script);
  Scenario out = scenario;
  out.file.clear();
  out.seed = seed;
  out.faults = Strikes(scenario, script, how == Concrete::faults).faults();
  out.workload.clear();
  out.events = named_events(std::move(script.events));
  out.membership = std::move(script.membership);
  if (how == Concrete::messages) plan_messages(out, script.passages);
  return out;
}

}  // namespace sim
