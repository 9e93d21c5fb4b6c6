// Nonsense in, a verdict out: the judge must stand any sequence of records, since a broken group writes such.
#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "tests/sim/records.hpp"

using namespace records;

namespace {

constexpr std::size_t kNodes = 5;

Member any_member(core::Rng& rng) {
  const std::uint64_t draw = rng.below(kNodes + 2);
  return draw <= kNodes ? static_cast<Member>(draw) : core::kNobody;  // kNodes itself is nobody's number
}

std::uint64_t any_number(core::Rng& rng) {
  return rng.below(20) == 0 ? rng.next() : rng.below(12);
}

EventId any_event(core::Rng& rng) {
  if (rng.below(4) == 0) return EventId::made_in(rng.below(3), any_number(rng));
  return EventId::of(any_member(rng), any_number(rng), rng.below(10) == 0 ? rng.below(3) : 0);
}

core::Details any_details(core::Rng& rng) {
  constexpr std::array<const char*, 4> names{"link", "cut", "heal", "liveness"};
  core::Details details;
  details.text = names.at(rng.below(names.size()));
  for (std::uint64_t i = rng.below(6); i > 0; --i) details.closed.push_back({any_member(rng), any_member(rng)});
  constexpr std::array<const char*, 3> words{"", "x", "y"};
  const auto word = [&] { return words.at(rng.below(words.size())); };
  details.dispatch = {word(), static_cast<core::Step>(rng.below(core::kSteps)), word(), word(),
                      static_cast<std::int64_t>(rng.below(3)) - 1};
  details.light.lamp = {static_cast<std::uint32_t>(rng.below(3)), static_cast<std::uint32_t>(rng.below(5))};
  details.light.colour = static_cast<core::Colour>(rng.below(3));
  return details;
}

// One record of every kind there is, its fields drawn at will, or left out.
void put_any(Tape& tape, core::Rng& rng) {
  constexpr std::array<const char*, 4> types{"rejected", "voters_changed", "any", "any"};
  constexpr std::array<const char*, 4> payloads{"0 1 2", "0 1 2 3 4 5 6", "", "9 x 2"};
  const core::Details details = any_details(rng);
  const core::Event event{.id = any_event(rng),
                          .depends_on = {any_event(rng)},
                          .type = types.at(rng.below(types.size())),
                          .payload = payloads.at(rng.below(payloads.size())),
                          .rejects = any_event(rng)};
  Record record{.role = static_cast<core::Role>(rng.below(6)),
                .forgot = rng.below(2) == 0,
                .peer = any_member(rng),
                .left = rng.below(2) == 0,
                .epoch = any_number(rng),
                .seq = any_number(rng),
                .number = rng.below(4),
                .id = event.id};
  if (rng.below(8) != 0) record.event = &event;
  if (rng.below(8) != 0) record.more = &details;
  tape.put(static_cast<Kind>(rng.below(core::kKinds)), any_member(rng), record);
}

sim::Judgement nonsense(std::uint64_t seed, core::Quorum quorum) {
  core::Rng rng{seed};
  auto scenario = group_of(kNodes);
  scenario.group.quorum = quorum;
  scenario.group.storage = seed % 3 == 0 ? core::Storage::memory : core::Storage::durable;
  scenario.group.members[n5].founder = seed % 5 != 0;
  scenario.expect.settle = Duration::ms(50);
  scenario.expect.final_leader = {sim::Expect::FinalLeader::Who::highest, core::kNobody};
  scenario.expect.delivered_all = true;
  scenario.expect.completed_all = true;
  scenario.group.city.dispatch.on = true;
  scenario.group.city.lights.intersections = 2;
  scenario.expect.leader_within = Duration::s(1);
  Tape tape{std::move(scenario)};
  Duration now;
  for (int i = 0; i < 400; ++i) {
    now = now + Duration::ms(static_cast<std::int64_t>(rng.below(4) * rng.below(60)));
    put_any(tape.at(now), rng);
  }
  return tape.end_s(100);
}

}  // namespace

TEST_CASE("any sequence of records gets a verdict, and the same one each time") {
  std::uint64_t violations = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const auto quorum = seed % 2 == 0 ? core::Quorum::majority : core::Quorum::none;
    const auto first = nonsense(seed, quorum);
    const auto second = nonsense(seed, quorum);
    CHECK(first.violations.size() <= first.violation_count);
    CHECK(first.violation_count == second.violation_count);
    CHECK(first.longest_leaderless == second.longest_leaderless);
    violations += first.violation_count;
  }
  CHECK(violations > 1000);
}
