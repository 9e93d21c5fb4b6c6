#include "core/order/causal_buffer.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/base/rng.hpp"

using core::CausalBuffer;
using core::Duration;
using core::EventId;
using core::EventRef;
using core::Instant;

namespace {

constexpr Duration kHold = Duration::s(5);
constexpr std::uint64_t kMostCauses = 3;
constexpr std::string_view kLate = "its causes did not come within hold_timeout";
constexpr std::string_view kDependant = "depends on a rejected event";

EventRef event_of(EventId id, std::vector<EventId> depends_on = {}) {
  return std::make_shared<const core::Event>(
      core::Event{.id = id, .depends_on = std::move(depends_on), .type = "", .payload = "", .rejects = {}});
}

Instant at(std::int64_t s) {
  return Instant{} + Duration::s(s);
}

// What the buffer must do, word by word: looks at everything held, again and again, until nothing changes.
struct Definition {
  struct Held {
    EventRef event;
    Instant since;
  };
  std::map<EventId, Held> held;
  std::map<std::uint64_t, std::uint64_t> last;
  std::map<EventId, std::string> verdicts;  // empty: ordered

  [[nodiscard]] bool is_head(EventId id) const {
    const auto found = last.find(id.origin);
    return id.number == (found == last.end() ? 0 : found->second) + 1;
  }
  void decide(EventId id, std::string_view reason) {
    verdicts[id] = reason;
    last[id.origin] = id.number;
    held.erase(id);
  }
  // Null: its causes are missing.
  [[nodiscard]] std::optional<std::string_view> verdict(const core::Event& event) const {
    bool all = true;
    for (const EventId cause : event.depends_on) {
      const auto found = verdicts.find(cause);
      if (found != verdicts.end() && !found->second.empty()) return kDependant;
      all = all && found != verdicts.end();
    }
    return all ? std::optional{std::string_view{}} : std::nullopt;
  }
  bool decide_one() {
    for (const auto& [id, waits] : held)
      if (const auto reason = verdict(*waits.event); is_head(id) && reason) {
        decide(id, *reason);
        return true;
      }
    return false;
  }
  void offer(const EventRef& event, Instant now) {
    if (verdicts.contains(event->id)) return;
    held.try_emplace(event->id, Held{event, now});
    while (decide_one()) continue;
  }
  // One head of each origin at a time, lowest origin first.
  void expire(Instant now) {
    std::set<std::uint64_t> origins;
    for (const auto& [id, waits] : held) origins.insert(id.origin);
    for (const std::uint64_t origin : origins) {
      const auto head = std::ranges::find_if(
          held, [&](const auto& entry) { return entry.first.origin == origin && is_head(entry.first); });
      if (head == held.end() || head->second.since + kHold > now) continue;
      decide(EventId{head->first}, kLate);
      while (decide_one()) continue;
    }
  }
  [[nodiscard]] Instant due() const {
    Instant due = Instant::never();
    for (const auto& [id, waits] : held)
      if (is_head(id)) due = std::min(due, waits.since + kHold);
    return due;
  }
};

// Events of a few origins that depend on anything: earlier, later, themselves, each other, what never comes.
std::vector<EventRef> random_events(core::Rng& rng, std::uint64_t most_causes) {
  const std::uint64_t origins = 1 + rng.below(5), numbers = 1 + rng.below(8);
  std::vector<EventRef> events;
  for (std::uint64_t origin = 0; origin < origins; ++origin)
    for (std::uint64_t number = 1; number <= numbers; ++number) {
      std::vector<EventId> depends_on;
      for (std::uint64_t i = rng.below(most_causes + 1); i > 0; --i)
        depends_on.push_back({rng.below(origins), 1 + rng.below(rng.below(4) == 0 ? numbers + 2 : number)});
      if (rng.below(20) != 0) events.push_back(event_of({origin, number}, depends_on));  // else it never comes
    }
  return events;
}

// Events that depend on many earlier ones, all of which come.
std::vector<EventRef> causal_story(core::Rng& rng) {
  std::map<std::uint64_t, std::uint64_t> last;
  std::vector<EventRef> events;
  for (std::uint64_t i = 1 + rng.below(40); i > 0; --i) {
    const std::uint64_t origin = rng.below(6);
    std::vector<EventId> depends_on;
    for (std::uint64_t causes = rng.below(5); causes > 0 && !events.empty(); --causes)
      depends_on.push_back(events[rng.below(events.size())]->id);
    events.push_back(event_of({origin, ++last[origin]}, depends_on));
  }
  return events;
}

void shuffle(core::Rng& rng, std::vector<EventRef>& events) {
  for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[rng.below(i)]);
}

// Each verdict comes after those of its predecessor and its causes, once.
void check_sequence(const std::vector<CausalBuffer::Verdict>& verdicts) {
  std::map<EventId, bool> ordered;
  std::map<std::uint64_t, std::uint64_t> last;
  for (const auto& [event, reason] : verdicts) {
    REQUIRE(event->id.number == ++last[event->id.origin]);
    if (reason.empty())
      for (const EventId cause : event->depends_on) REQUIRE((ordered.contains(cause) && ordered[cause]));
    ordered[event->id] = reason.empty();
  }
}

}  // namespace

TEST_CASE("an event waits for its origin's previous number and for its causes") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  const EventRef a1 = event_of({1, 1}), a2 = event_of({1, 2}), b1 = event_of({2, 1}, {{1, 2}});
  buffer.offer(b1, at(0), out);
  buffer.offer(a2, at(0), out);
  CHECK(out.empty());
  CHECK_FALSE(buffer.empty());
  buffer.offer(a1, at(1), out);
  REQUIRE(out.size() == 3);
  CHECK(out[0].event == a1);
  CHECK(out[1].event == a2);
  CHECK(out[2].event == b1);
  CHECK(buffer.empty());
  buffer.offer(a1, at(2), out);  // again, late
  CHECK(out.size() == 3);
}

TEST_CASE("what the log has decided before counts") {
  core::Decided decided;
  decided.apply(*event_of({1, 1}));
  decided.apply({.id = EventId::made_in(3, 1),
                 .depends_on = {},
                 .type = std::string{core::kRejected},
                 .payload = "",
                 .rejects = {1, 2}});
  CausalBuffer buffer{decided};
  std::vector<CausalBuffer::Verdict> out;
  buffer.offer(event_of({1, 2}), at(0), out);
  CHECK(out.empty());
  CHECK(buffer.empty());
  buffer.offer(event_of({1, 3}, {{1, 1}}), at(0), out);
  buffer.offer(event_of({2, 1}, {{1, 2}}), at(0), out);
  REQUIRE(out.size() == 2);
  CHECK(out[0].reason.empty());
  CHECK(out[1].reason == kDependant);
}

TEST_CASE("missing causes: rejected exactly hold_timeout after arrival, and not for a missing predecessor") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  buffer.offer(event_of({1, 2}, {{9, 9}}), at(0), out);  // its number 1 is missing
  CHECK(buffer.due(kHold) == Instant::never());
  buffer.expire(at(100), kHold, out);
  CHECK(out.empty());
  buffer.offer(event_of({2, 1}, {{9, 9}}), at(101), out);
  CHECK(buffer.due(kHold) == at(106));
  buffer.expire(at(106) - Duration{1}, kHold, out);
  CHECK(out.empty());
  buffer.expire(at(106), kHold, out);
  REQUIRE(out.size() == 1);
  CHECK(out[0].event->id == EventId{2, 1});
  CHECK(out[0].reason == kLate);
  buffer.offer(event_of({1, 1}), at(107), out);
  CHECK(buffer.due(kHold) == at(5));  // holds overlap: number 2 has waited long enough already
  buffer.expire(at(107), kHold, out);
  REQUIRE(out.size() == 3);
  CHECK(out[2].event->id == EventId{1, 2});
}

TEST_CASE("a cycle ends: the first is late, the others depend on it") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  for (std::uint64_t origin = 1; origin <= 3; ++origin)
    buffer.offer(event_of({origin, 1}, {{origin % 3 + 1, 1}}), at(static_cast<std::int64_t>(origin)), out);
  buffer.offer(event_of({4, 1}, {{4, 1}}), at(1), out);  // of itself
  CHECK(out.empty());
  buffer.expire(at(6), kHold, out);
  REQUIRE(out.size() == 4);
  CHECK(std::ranges::count(out, kLate, &CausalBuffer::Verdict::reason) == 2);
  CHECK(std::ranges::count(out, kDependant, &CausalBuffer::Verdict::reason) == 2);
  CHECK(buffer.empty());
}

TEST_CASE("no origin holds more than its share") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  buffer.offer(event_of({1, 1}, {{2, 1}}), at(0), out);
  for (std::uint64_t number = 2; number <= CausalBuffer::kMostPerOrigin + 10; ++number)
    buffer.offer(event_of({1, number}), at(0), out);
  buffer.offer(event_of({2, 1}), at(0), out);  // another origin is not disturbed, and frees what is held
  CHECK(out.size() == 1 + CausalBuffer::kMostPerOrigin);
}

TEST_CASE("in whatever order events come, they leave in causal order") {
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    std::vector<EventRef> events = causal_story(rng);
    shuffle(rng, events);
    CausalBuffer buffer;
    std::vector<CausalBuffer::Verdict> out;
    for (const EventRef& event : events) {
      buffer.offer(event, at(0), out);
      buffer.offer(events[rng.below(events.size())], at(0), out);  // early, again or late: changes nothing
    }
    REQUIRE(buffer.empty());
    for (const auto& verdict : out) REQUIRE(verdict.reason.empty());
    REQUIRE(out.size() == events.size());
    check_sequence(out);
  }
}

TEST_CASE("the causal buffer does what its definition says") {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    std::vector<EventRef> events = random_events(rng, kMostCauses);
    shuffle(rng, events);
    for (std::size_t i = rng.below(events.size() + 1); i > 0; --i) events.push_back(events[rng.below(events.size())]);
    CausalBuffer buffer;
    Definition definition;
    std::vector<CausalBuffer::Verdict> out;
    Instant now;
    const auto compare = [&] {
      REQUIRE(out.size() == definition.verdicts.size());
      for (const auto& [event, reason] : out) REQUIRE(definition.verdicts.at(event->id) == reason);
      REQUIRE(buffer.due(kHold) <= definition.due());  // early is harmless, late is not
      REQUIRE(buffer.empty() == definition.held.empty());
    };
    const auto expire = [&] {
      buffer.expire(now, kHold, out);
      definition.expire(now);
      compare();
      REQUIRE(buffer.due(kHold) == definition.due());
    };
    for (const EventRef& event : events) {
      now = now + Duration::ms(static_cast<std::int64_t>(rng.below(1'500)));
      if (rng.below(4) == 0) expire();
      buffer.offer(event, now, out);
      definition.offer(event, now);
      compare();
    }
    while (buffer.due(kHold) != Instant::never()) {
      now = std::max(now, buffer.due(kHold));
      expire();
    }
    check_sequence(out);
  }
}

TEST_CASE("a rejected cause rejects its dependants at once, whatever else they wait for") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  buffer.offer(event_of({1, 1}, {{9, 9}}), at(0), out);
  buffer.offer(event_of({2, 1}, {{8, 8}, {1, 1}}), at(4), out);  // registered as waiting for 8:8 only
  buffer.expire(at(5), kHold, out);
  REQUIRE(out.size() == 2);
  CHECK(out[1].reason == kDependant);
}

TEST_CASE("a gap before what is held is named") {
  CausalBuffer buffer;
  std::vector<CausalBuffer::Verdict> out;
  using Gap = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(buffer.gap(1) == Gap{0, 0});
  buffer.offer(event_of({1, 4}, {}), at(0), out);
  CHECK(buffer.gap(1) == Gap{1, 3});
  buffer.offer(event_of({1, 1}, {}), at(0), out);
  CHECK(buffer.gap(1) == Gap{2, 3});
  buffer.offer(event_of({1, 2}, {{2, 9}}), at(0), out);  // held for a cause, not for a number
  CHECK(buffer.gap(1) == Gap{0, 0});
}
