#include "tests/sim/random_scenario.hpp"

#include <array>

#include "core/base/rng.hpp"

namespace sim {
namespace {

constexpr std::int64_t kQuietFrom = 30'000;  // ms

struct Draw {
  core::Rng rng;
  std::size_t nodes;

  std::uint64_t below(std::uint64_t n) { return rng.below(n); }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  std::uint32_t ppm(std::uint32_t most) { return static_cast<std::uint32_t>(below(most)); }
  Duration ms(std::int64_t least, std::int64_t most) {
    return Duration::ms(least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least))));
  }
};

Atom member(std::size_t index) {
  return {.who = Atom::Who::member, .member = static_cast<Member>(index)};
}

Target target(Draw& draw, bool it) {
  using Who = Atom::Who;
  if (it && draw.one_in(2)) return {{.who = Who::it}};
  constexpr std::array choices{Who::leader, Who::leader, Who::followers, Who::highest, Who::lowest, Who::minority};
  switch (draw.below(3)) {
    case 0:
      return {member(draw.below(draw.nodes))};
    case 1:
      return {{.who = Who::random, .count = static_cast<std::uint32_t>(1 + draw.below(2))}};
    default:
      return {{.who = choices[draw.below(choices.size())]}};
  }
}

Partition partition(Draw& draw) {
  Partition out;
  out.groups.resize(2 + draw.below(2));
  for (std::size_t i = 0; i < draw.nodes; ++i)
    if (!draw.one_in(8)) out.groups[draw.below(out.groups.size())].push_back(member(i));
  std::erase_if(out.groups, [](const Target& group) { return group.empty(); });
  return out;
}

ClockFault clock(Draw& draw, bool it) {
  ClockFault out{.who = target(draw, it), .drift_ppm = {}, .step = draw.ms(-5'000, 5'000)};
  if (!draw.one_in(8)) out.drift_ppm = static_cast<std::int32_t>(draw.ppm(10'001)) - 5'000;
  return out;
}

DiskFault disk(Draw& draw, bool it) {
  using What = DiskFault::What;
  constexpr std::array whats{What::lose_unsynced, What::torn_write, What::slow};
  DiskFault out{.what = whats[draw.below(whats.size())],
                .who = draw.one_in(3) ? Target{{.who = Atom::Who::all}} : target(draw, it)};
  out.latency = {Latency::Shape::uniform, Duration::ms(1), draw.ms(2, 100)};
  return out;
}

Action action(Draw& draw, bool it) {
  const bool both = draw.one_in(2);
  switch (draw.below(12)) {
    case 0:
    case 1:
      return Crash{target(draw, it)};
    case 2:
      return Pause{target(draw, it)};
    case 3:
      return Isolate{target(draw, it)};
    case 4:
      return partition(draw);
    case 5:
      return ShapedPartition{static_cast<Shape>(draw.below(4))};
    case 6:
      return clock(draw, it);
    case 7:
    case 8:
      return disk(draw, it);
    case 9:
    case 10:
      return Cut{target(draw, it), target(draw, it), both};
    default: {
      LinkPatch patch;
      patch.loss_ppm = draw.ppm(900'000);
      patch.latency = Latency{Latency::Shape::uniform, Duration::ms(1), draw.ms(2, 800)};
      return LinkFault{target(draw, it), target(draw, it), patch, both};
    }
  }
}

Fault fault(Draw& draw) {
  using core::Kind;
  Fault out;
  const Duration at = draw.ms(500, kQuietFrom);
  switch (draw.below(6)) {
    case 0:
      out.trigger = Every{draw.ms(800, 6'000), at, Duration::ms(kQuietFrom)};
      break;
    case 1: {
      constexpr std::array kinds{Kind::order,   Kind::deliver, Kind::commit, Kind::role, Kind::leader,
                                 Kind::suspect, Kind::send,    Kind::submit, Kind::ack,  Kind::crash};
      out.trigger =
          When{kinds[draw.below(kinds.size())], 1 + draw.below(60), draw.one_in(3) ? draw.ms(0, 50) : Duration{}};
      break;
    }
    default:
      out.trigger = At{at};
  }
  out.action = action(draw, std::holds_alternative<When>(out.trigger));
  out.lasts = draw.one_in(2) ? draw.ms(50, 1'500) : draw.ms(50, 9'000);
  return out;
}

// A group whose memory ends with each process, and so has no disks that could fail.
void forget(Scenario& out) {
  out.group.storage = core::Storage::memory;
  out.disk_latency = {};
  std::erase_if(out.faults, [](const Fault& fault) { return std::holds_alternative<DiskFault>(fault.action); });
}

// One disk is damaged, which shows when its node starts again.
void damage(Draw& draw, Scenario& out) {
  const Target victim{member(draw.below(draw.nodes))};
  const Duration at = draw.ms(2'000, kQuietFrom);
  out.faults.push_back(
      {.trigger = At{at}, .action = DiskFault{.what = DiskFault::What::corrupt, .who = victim}, .lasts = {}});
  out.faults.push_back({.trigger = At{at + draw.ms(0, 2'000)}, .action = Crash{victim}, .lasts = draw.ms(50, 3'000)});
}

// Some join later, some leave, and some of those come back.
void move(Draw& draw, Scenario& out) {
  const auto change = [&](MembershipChange::Kind kind, std::size_t who, Duration at) {
    out.membership.push_back({.kind = kind, .who = {member(who)}, .at = at});
  };
  const std::size_t newcomers = draw.below(draw.nodes - 2);  // three are there from the beginning
  for (std::size_t i = draw.nodes - newcomers; i < draw.nodes; ++i) {
    out.group.members[i].founder = false;
    change(MembershipChange::Kind::join, i, draw.ms(1'000, kQuietFrom));
  }
  for (std::uint64_t leavers = draw.below(3); leavers > 0; --leavers) {
    const std::size_t who = draw.below(draw.nodes - newcomers);
    const Duration at = draw.ms(1'000, kQuietFrom);
    change(MembershipChange::Kind::leave, who, at);
    if (draw.one_in(3)) change(MembershipChange::Kind::join, who, at + draw.ms(500, 8'000));
  }
}

}  // namespace

Scenario random_scenario(std::uint64_t seed) {
  Draw draw{core::Rng::stream(seed, core::Purpose::fault, {}), 0};
  draw.nodes = draw.one_in(20) ? 1 + draw.below(2) : 3 + draw.below(5);
  Scenario out;
  out.name = "random";
  out.seed = seed;
  for (std::size_t i = 0; i < draw.nodes; ++i)
    out.group.members.push_back(
        {"n" + std::to_string(i + 1), {0, i + 1}, draw.one_in(3) ? static_cast<std::int64_t>(draw.below(3)) : 0});
  constexpr std::array takeovers{core::Takeover::caught_up, core::Takeover::caught_up, core::Takeover::eager,
                                 core::Takeover::never};
  out.group.takeover = takeovers[draw.below(takeovers.size())];
  if (draw.one_in(3)) out.group.timing.detector = core::DetectorKind::fixed;
  out.network.loss_ppm = draw.ppm(draw.one_in(4) ? 100'000 : 30'000);
  out.network.duplicate_ppm = draw.one_in(2) ? draw.ppm(100'000) : 0;
  out.network.reorder_ppm = draw.one_in(2) ? draw.ppm(300'000) : 0;
  out.workload.push_back({.interval = draw.ms(20, 220),
                          .from = {{.who = Atom::Who::all}},
                          .start = Duration::s(1),
                          .stop = Duration::s(48),
                          .size = draw.ppm(300),
                          .chain = 1 + draw.ppm(5)});
  if (draw.one_in(2)) out.disk_latency = Latency{Latency::Shape::uniform, {}, draw.ms(1, 6)};
  const std::uint64_t faults = 1 + draw.below(8);
  for (std::uint64_t i = 0; i < faults; ++i) out.faults.push_back(fault(draw));
  if (draw.one_in(2)) out.group.snapshot_every = 5 + draw.below(60);
  if (draw.one_in(4)) forget(out);
  if (out.group.storage == core::Storage::durable && draw.one_in(4)) damage(draw, out);
  if (draw.nodes > 2 && draw.one_in(3)) move(draw, out);
  out.expect.settle = out.group.timing.election_timeout * 3;
  out.expect.delivered_all = true;
  return out;
}

}  // namespace sim
