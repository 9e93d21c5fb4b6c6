#include "sim/hunt/swarm_faults.hpp"

#include <algorithm>
#include <vector>

namespace sim {
namespace {

using Who = Atom::Who;

Atom word(Who who) {
  return {.who = who};
}

Atom member(std::size_t index) {
  return {.who = Who::member, .member = static_cast<Member>(index)};
}

Target some_words(Dice& dice, std::size_t) {
  return {word(dice.pick(std::array{Who::leader, Who::leader, Who::followers, Who::highest, Who::lowest, Who::minority,
                                    Who::majority, Who::crashed}))};
}

Target one_member(Dice& dice, std::size_t nodes) {
  return {member(dice.below(nodes))};
}

Target some_members(Dice& dice, std::size_t nodes) {
  Target out;
  for (std::size_t i = 0; i < nodes; ++i)
    if (dice.one_in(3)) out.push_back(member(i));
  return out.empty() ? one_member(dice, nodes) : out;
}

Target random_nodes(Dice& dice, std::size_t nodes) {
  const std::uint64_t most = std::max<std::uint64_t>(1, (nodes - 1) / 2);
  return {{.who = Who::random, .count = static_cast<std::uint32_t>(1 + dice.below(most))}};
}

Target everybody(Dice&, std::size_t) {
  return {word(Who::all)};
}

constexpr std::array kTargets{some_words, some_words, one_member, some_members, random_nodes, everybody};

// Whom faults may strike in one scenario.
struct Cast {
  std::size_t nodes;
  Lots<kTargets.size()> targets;
  std::int64_t least_kbits;  // per second, of a link in trouble
  bool it = false;           // the fault that is being drawn has a node that set it off
};

Target draw_target(Dice& dice, const Cast& cast) {
  if (cast.it && dice.one_in(2)) return {word(Who::it)};
  return kTargets[cast.targets.draw(dice)](dice, cast.nodes);
}

// Of two ends that are one and the same node the second becomes everybody.
Target other_end(Dice& dice, const Cast& cast, const Target& first) {
  Target out = draw_target(dice, cast);
  const bool same = out.size() == 1 && first.size() == 1 && out[0].who == first[0].who && out[0].who != Who::random &&
                    out[0].member == first[0].member;
  return same ? Target{word(Who::all)} : out;
}

Action draw_crash(Dice& dice, const Cast& cast) {
  return Crash{draw_target(dice, cast)};
}

Action draw_restart(Dice& dice, const Cast& cast) {
  return Restart{dice.one_in(2) ? Target{word(Who::crashed)} : draw_target(dice, cast)};
}

Action draw_pause(Dice& dice, const Cast& cast) {
  return Pause{draw_target(dice, cast)};
}

Action draw_isolate(Dice& dice, const Cast& cast) {
  return Isolate{draw_target(dice, cast)};
}

Action draw_partition(Dice& dice, const Cast& cast) {
  Partition out;
  out.groups.resize(2 + dice.below(2));
  for (std::size_t i = 0; i < cast.nodes; ++i)
    if (!dice.one_in(8)) out.groups[dice.below(out.groups.size())].push_back(member(i));
  std::erase_if(out.groups, [](const Target& group) { return group.empty(); });
  if (out.groups.empty()) out.groups.push_back(one_member(dice, cast.nodes));
  return out;
}

Action draw_shape(Dice& dice, const Cast& cast) {
  if (cast.nodes < 2) return draw_partition(dice, cast);
  return ShapedPartition{cast.nodes < 3 ? dice.pick(std::array{Shape::halves, Shape::one})
                                        : dice.pick(std::array{Shape::halves, Shape::one, Shape::bridge, Shape::ring})};
}

template <bool both>
Action draw_cut(Dice& dice, const Cast& cast) {
  const Target from = draw_target(dice, cast);
  return Cut{from, other_end(dice, cast, from), both};
}

Action draw_link(Dice& dice, const Cast& cast) {
  LinkPatch patch;
  if (dice.one_in(2)) patch.latency = draw_latency(dice, Duration::ms(800));
  if (dice.one_in(2)) patch.duplicate_ppm = dice.ppm(500'000);
  // Without a latency of its own it would make those wait whom another fault, with its latency, lets overtake.
  if (patch.latency && dice.one_in(2)) patch.reorder_ppm = dice.ppm(500'000);
  if (dice.one_in(4)) patch.bits_per_second = 1'000 * static_cast<std::uint64_t>(dice.between(cast.least_kbits, 2'000));
  if (dice.one_in(2) || !(patch.latency || patch.duplicate_ppm || patch.reorder_ppm || patch.bits_per_second))
    patch.loss_ppm = dice.ppm(900'000);
  const Target from = draw_target(dice, cast);
  return LinkFault{from, other_end(dice, cast, from), patch, dice.one_in(2)};
}

Action draw_drift(Dice& dice, const Cast& cast) {
  const std::int64_t most = dice.one_in(4) ? 100'000 : 5'000;  // the latter is what the group assumes of its clocks
  return ClockFault{draw_target(dice, cast), static_cast<std::int32_t>(dice.between(-most, most)), {}};
}

Action draw_step(Dice& dice, const Cast& cast) {
  return ClockFault{draw_target(dice, cast), {}, dice.one_in(2) ? dice.ms(1, 5'000) : dice.ms(-5'000, -1)};
}

template <DiskFault::What what>
Action draw_disk(Dice& dice, const Cast& cast) {
  DiskFault out{.what = what, .who = draw_target(dice, cast)};
  if (what == DiskFault::What::slow) out.latency = draw_latency(dice, Duration::ms(100));
  return out;
}

// One node at a time: where a quorum loses its memory, the group halts, and there is nothing left to see.
Action draw_damage(Dice& dice, const Cast& cast) {
  const Target who = cast.it ? Target{word(Who::it)} : one_member(dice, cast.nodes);
  return DiskFault{.what = DiskFault::What::corrupt, .who = who};
}

Action draw_heal(Dice&, const Cast&) {
  return HealAll{};
}

using What = DiskFault::What;
constexpr std::array kKinds{draw_crash,
                            draw_restart,
                            draw_pause,
                            draw_isolate,
                            draw_partition,
                            draw_shape,
                            draw_cut<false>,
                            draw_cut<true>,
                            draw_link,
                            draw_drift,
                            draw_step,
                            draw_heal,
                            draw_disk<What::lose_unsynced>,
                            draw_disk<What::torn_write>,
                            draw_disk<What::full>,
                            draw_disk<What::slow>,
                            draw_damage};
constexpr std::size_t kFirstOfDisks = 12;

bool damages(const Action& action) {
  const auto* disk = std::get_if<DiskFault>(&action);
  return disk != nullptr && disk->what == What::corrupt;
}

bool endless(const Action& action) {
  return std::holds_alternative<Restart>(action) || std::holds_alternative<HealAll>(action) || damages(action);
}

std::optional<Duration> draw_end(Dice& dice, const Action& action) {
  const bool must = std::holds_alternative<LinkFault>(action) || std::holds_alternative<DiskFault>(action);
  if (endless(action) || (!must && dice.one_in(5))) return std::nullopt;
  return dice.one_in(2) ? dice.ms(50, 1'500) : dice.ms(50, 8'000);
}

Trigger draw_at(Dice& dice, Duration from, Duration until) {
  return At{dice.span(from, until)};
}

Trigger draw_every(Dice& dice, Duration from, Duration until) {
  return Every{dice.ms(800, 6'000), dice.span(from, until), until};
}

Trigger draw_when(Dice& dice, Duration, Duration) {
  using core::Kind;
  const Kind kind =
      dice.pick(std::array{Kind::order, Kind::deliver, Kind::commit, Kind::role, Kind::leader, Kind::suspect,
                           Kind::trust, Kind::send, Kind::recv, Kind::drop, Kind::submit, Kind::ack, Kind::crash,
                           Kind::restart, Kind::snapshot, Kind::reject, Kind::fault, Kind::heal});
  const std::uint64_t nth = 1 + dice.below(std::uint64_t{1} << dice.below(9));
  return When{kind, nth, dice.one_in(3) ? dice.ms(1, 50) : Duration{}};
}

constexpr std::array kTriggers{draw_at, draw_every, draw_when};

bool tells_a_node(const Trigger& trigger) {
  const auto* when = std::get_if<When>(&trigger);
  return when != nullptr && when->kind != core::Kind::fault && when->kind != core::Kind::heal;
}

// A link fault that is due at a time is over by `until`.
void keep_within(Fault& fault, Duration until) {
  if (!fault.lasts || std::holds_alternative<When>(fault.trigger)) return;
  const Duration latest = std::max(Duration::ms(1), until - *fault.lasts);
  if (auto* at = std::get_if<At>(&fault.trigger)) at->at = std::min(at->at, latest);
  if (auto* every = std::get_if<Every>(&fault.trigger)) {
    every->until = latest;
    every->from = std::min(every->from, latest);
  }
}

// What a thin link was given it still has to carry when the trouble is over, and nobody gets a word in before. So it
// keeps up with what is submitted; or, of bulk, it carries a full window of the protocol's (256 KiB) in two seconds.
std::int64_t least_kbits(const Scenario& scenario) {
  constexpr std::int64_t kHeader = 100;  // bytes
  std::int64_t asked = 50;
  for (const SubmitLoad& load : scenario.workload)
    asked += (std::int64_t{load.size} + kHeader) * 8 * Duration::ms(1).ns / load.interval.ns;
  return std::min<std::int64_t>(asked, 1'000);
}

// What is damaged shows when its node starts again.
void draw_awakening(Dice& dice, std::vector<Fault>& faults, Duration until) {
  const Fault damage = faults.back();
  const auto* at = std::get_if<At>(&damage.trigger);
  if (at == nullptr || dice.one_in(3)) return;
  const Duration when = std::min(until, at->at + dice.ms(0, 2'000));
  faults.push_back(
      {.trigger = At{when}, .action = Crash{std::get<DiskFault>(damage.action).who}, .lasts = dice.ms(50, 3'000)});
}

}  // namespace

Latency draw_latency(Dice& dice, Duration slowest) {
  using enum Latency::Shape;
  const Duration b = dice.span(Duration::ms(1), slowest);
  const Duration a = dice.span(Duration::ms(1), b);
  switch (dice.pick(std::array{fixed, uniform, normal, lognormal, exponential})) {
    case fixed:
      return {fixed, a, {}};
    case uniform:
      return {uniform, a, b};
    case normal:
      return {normal, b / 2, b / 8};
    case lognormal:
      return {lognormal, a, b};
    default:
      return {exponential, b / 4, {}};
  }
}

void draw_faults(Dice& dice, Scenario& scenario, Duration from, Duration until) {
  Cast cast{
      .nodes = scenario.group.size(), .targets = Lots<kTargets.size()>(dice), .least_kbits = least_kbits(scenario)};
  Lots<kKinds.size()> kinds(dice);
  const Lots<kTriggers.size()> triggers(dice);
  const bool disks = scenario.group.storage == core::Storage::durable;
  for (std::size_t kind = kFirstOfDisks; !disks && kind < kKinds.size(); ++kind) kinds.leave_out(kind);
  if (!kinds.any()) return;
  for (std::int64_t left = dice.between(1, 8); left > 0; --left) {
    Fault fault{.trigger = kTriggers[triggers.draw(dice)](dice, from, until), .action = HealAll{}, .lasts = {}};
    cast.it = tells_a_node(fault.trigger);
    fault.action = kKinds[kinds.draw(dice)](dice, cast);
    fault.lasts = draw_end(dice, fault.action);
    if (std::holds_alternative<LinkFault>(fault.action)) keep_within(fault, until);
    scenario.faults.push_back(std::move(fault));
    if (damages(scenario.faults.back().action)) draw_awakening(dice, scenario.faults, until);
  }
}

}  // namespace sim
