#include "sim/hunt/swarm.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/group/settings.hpp"
#include "sim/hunt/dice.hpp"
#include "sim/hunt/swarm_dispatch.hpp"
#include "sim/hunt/swarm_faults.hpp"
#include "sim/hunt/swarm_lights.hpp"
#include "sim/hunt/swarm_plots.hpp"

namespace sim {
namespace {

// Where every member of a quorum is needed, the loss of a few messages in a row costs the leader its office. So that
// this is no everyday matter, more than this share is lost only where some can be spared.
constexpr std::uint32_t kLossWithoutSpare = 30'000;

Target everybody() {
  return {{.who = Atom::Who::all}};
}

Target named(const std::vector<Member>& members) {
  Target out;
  for (const Member member : members) out.push_back({.who = Atom::Who::member, .member = member});
  return out;
}

std::size_t draw_size(Dice& dice) {
  constexpr std::array<std::size_t, 12> sizes{3, 3, 3, 3, 4, 4, 5, 5, 5, 6, 7, 9};
  return dice.one_in(25) ? 1 + dice.below(2) : dice.pick(sizes);
}

// Ids in no particular order, here and there a rank.
void draw_members(Dice& dice, core::Config& group) {
  std::vector<std::uint64_t> ids(draw_size(dice));
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i + 1;
  if (dice.one_in(2))
    for (std::size_t i = ids.size(); i > 1; --i) std::swap(ids[i - 1], ids[dice.below(i)]);
  const bool ranks = dice.one_in(3);
  for (std::size_t i = 0; i < ids.size(); ++i)
    group.members.push_back({.name = "n" + std::to_string(i + 1),
                             .id = {0, ids[i]},
                             .rank = ranks && dice.one_in(3) ? dice.between(-1, 2) : 0});
}

void draw_group(Dice& dice, core::Config& group) {
  using core::Takeover;
  draw_members(dice, group);
  group.takeover = dice.pick(std::array{Takeover::caught_up, Takeover::caught_up, Takeover::eager, Takeover::never});
  if (dice.one_in(4)) group.storage = core::Storage::memory;
  if (dice.one_in(2)) group.snapshot_every = static_cast<std::uint64_t>(dice.between(3, 40));
}

void draw_network(Dice& dice, Scenario& out, Duration slowest) {
  if (!dice.one_in(4)) out.network.latency = draw_latency(dice, slowest);
  const bool heavy = out.group.size() > 2 && dice.one_in(8);
  const std::uint32_t most_lost = heavy ? 100'000 : kLossWithoutSpare;
  out.network.loss_ppm = dice.one_in(3) ? 0 : dice.ppm(most_lost);
  if (dice.one_in(2)) out.network.duplicate_ppm = dice.ppm(100'000);
  if (dice.one_in(2)) out.network.reorder_ppm = dice.ppm(300'000);
  constexpr std::array<std::uint64_t, 5> bandwidths{1'000'000'000, 1'000'000'000, 100'000'000, 10'000'000, 4'000'000};
  out.network.bits_per_second = dice.pick(bandwidths);
  const std::size_t nodes = out.group.size();
  for (std::uint64_t links = nodes < 2 || dice.one_in(2) ? 0 : dice.below(4); links > 0; --links) {
    const auto from = static_cast<Member>(dice.below(nodes));
    const auto to = static_cast<Member>((from + 1 + dice.below(nodes - 1)) % nodes);
    LinkPatch patch;
    patch.latency = draw_latency(dice, slowest);
    patch.loss_ppm = dice.ppm(kLossWithoutSpare);
    out.links.push_back({named({from}), dice.one_in(4) ? everybody() : named({to}), patch, dice.one_in(2)});
  }
  if (out.group.storage == core::Storage::durable && dice.one_in(2))
    out.disk_latency = Latency{Latency::Shape::uniform, {}, dice.ms(1, 10)};
}

// Timeouts that fit together and a network whose messages rarely take longer than `slowest`: six heartbeats or more are
// lost before anybody is suspected, an ANSWER comes in time, and so does a whole election; what is lost is sent again
// several times before a leader gives up.
void draw_timing(Dice& dice, core::Timing& timing, Duration slowest) {
  if (dice.one_in(2)) timing.detector = core::DetectorKind::fixed;
  if (dice.one_in(4)) return;
  const Duration beat = dice.ms(100, 400);
  const auto beats = [&](std::int64_t least, std::int64_t most) {
    return dice.span(beat * least / 4, beat * most / 4);
  };
  timing.heartbeat_interval = beat;
  timing.phi_threshold_milli = static_cast<std::uint32_t>(dice.between(6'000, 12'000));
  timing.phi_window = static_cast<std::uint32_t>(dice.between(10, 300));
  timing.phi_min_stddev = beats(1, 2);
  timing.phi_acceptable_pause = beats(16, 28);
  timing.fixed_timeout = beats(25, 40) + slowest;
  timing.answer_timeout = beats(4, 10) + slowest * 2;
  const Duration suspicion = timing.detector == core::DetectorKind::fixed
                                 ? timing.fixed_timeout
                                 : beat + timing.phi_acceptable_pause + timing.phi_min_stddev * 6;
  const Duration least = suspicion + timing.answer_timeout;
  timing.election_timeout = dice.span(std::max(least, Duration::s(2)), std::max(least * 2, Duration::s(3)));
  timing.hold_timeout = dice.span(Duration::s(2), Duration::s(6));
  timing.retransmit = dice.span(Duration::ms(30), suspicion / 8);
}

Target draw_senders(Dice& dice, std::size_t nodes) {
  std::vector<Member> some;
  for (std::size_t i = 0; i < nodes; ++i)
    if (dice.one_in(2)) some.push_back(static_cast<Member>(i));
  return some.empty() || dice.one_in(2) ? everybody() : named(some);
}

// Links so thin that a message full of large events takes up to the returned time.
Duration thin_links(Dice& dice, LinkModel& network) {
  constexpr std::uint64_t kFull = 80'000 * 8;  // bits
  const auto megabits = static_cast<std::uint64_t>(dice.between(2, 8));
  network.bits_per_second = megabits * 1'000'000;
  return Duration::us(static_cast<std::int64_t>(kFull / megabits));
}

// A few events so large that a log of them is fetched in many pieces, and small ones meanwhile.
void draw_bulk(Dice& dice, Scenario& out, Duration calm) {
  SubmitLoad load{.interval = dice.ms(10, 100),
                  .from = draw_senders(dice, out.group.size()),
                  .start = dice.span(Duration::s(1), calm),
                  .stop = {},
                  .size = static_cast<std::uint32_t>(dice.between(10'000, 20'000))};
  load.stop = load.start + load.interval * dice.between(5, 40);
  out.workload.push_back(std::move(load));
  out.workload.push_back({.interval = dice.ms(300, 2'000), .from = everybody(), .start = {}, .stop = calm, .size = 20});
}

// Two thirds of the loads go on for a while after the trouble has ended.
void draw_loads(Dice& dice, Scenario& out, Duration calm) {
  for (std::int64_t left = dice.between(1, 3); left > 0; --left) {
    SubmitLoad load{.interval = dice.ms(100, dice.one_in(2) ? 300 : 2'000),
                    .from = draw_senders(dice, out.group.size()),
                    .start = dice.ms(0, 3'000),
                    .stop = dice.one_in(3) ? calm : calm + out.expect.settle,
                    .size = dice.ppm(dice.one_in(4) ? 2'000 : 200),
                    .chain = dice.one_in(3) ? 1 : static_cast<std::uint32_t>(dice.between(2, 10))};
    if (dice.one_in(6)) {  // a burst
      load.start = dice.span(Duration::s(1), calm);
      load.stop = load.start + dice.ms(100, 1'000);
      load.interval = dice.ms(2, 10);
    }
    out.workload.push_back(std::move(load));
  }
}

// Each may depend on some of those before it.
void draw_events(Dice& dice, Scenario& out, Duration calm) {
  if (!dice.one_in(3)) return;
  std::vector<Duration> times(1 + dice.below(8));
  for (Duration& at : times) at = dice.span(Duration::ms(500), calm + Duration::s(2));
  std::sort(times.begin(), times.end());
  for (std::uint32_t i = 0; i < times.size(); ++i) {
    PlannedEvent event{.name = "e" + std::to_string(i + 1),
                       .from = static_cast<Member>(dice.below(out.group.size())),
                       .at = times[i],
                       .after = {},
                       .size = dice.ppm(300)};
    for (std::uint32_t cause = 0; cause < i; ++cause)
      if (dice.one_in(3)) event.after.push_back(cause);
    out.events.push_back(std::move(event));
  }
}

// In some groups nothing more is submitted once trouble begins: only heartbeats tell who lacks what. Returns when it
// does.
Duration draw_silence(Dice& dice, Scenario& out) {
  if (!dice.one_in(12)) return Duration::ms(500);
  const Duration end = dice.ms(1'500, 3'000);
  for (SubmitLoad& load : out.workload) {
    const Duration length = load.stop - load.start;  // of bulk, no more than was meant to be
    load.start = dice.ms(0, 1'000);
    load.stop = std::min(end, load.start + length);
  }
  out.events.clear();
  return end + dice.ms(0, 1'000);
}

using Flags = std::vector<bool>;  // by member

// Some join later, some leave, and some of those come back. Returns who is a voter all the time.
Flags draw_moves(Dice& dice, Scenario& out, Duration calm) {
  const std::size_t nodes = out.group.size();
  const bool moves = nodes > 2 && dice.one_in(4);
  Flags stays(nodes, true);
  const auto change = [&](MembershipChange::Kind kind, std::size_t who, Duration at) {
    stays[who] = false;
    out.membership.push_back({.kind = kind, .who = named({static_cast<Member>(who)}), .at = at});
  };
  const std::size_t newcomers = moves ? dice.below(nodes - 2) : 0;  // three are there from the beginning
  for (std::size_t i = nodes - newcomers; i < nodes; ++i) {
    out.group.members[i].founder = false;
    change(MembershipChange::Kind::join, i, dice.span(Duration::s(1), calm));
  }
  const Duration together = dice.span(Duration::s(1), calm - Duration::ms(100));
  const bool at_once = dice.one_in(4);
  for (std::uint64_t leavers = moves ? dice.below(3) : 0; leavers > 0; --leavers) {
    const std::size_t who = dice.below(nodes - newcomers);
    const Duration at = at_once ? together + dice.ms(0, 50) : dice.span(Duration::s(1), calm - Duration::ms(1));
    change(MembershipChange::Kind::leave, who, at);
    if (dice.one_in(3)) change(MembershipChange::Kind::join, who, std::min(calm, at + dice.ms(500, 8'000)));
  }
  return stays;
}

// Who is left in trouble: nobody where some must be spared, else so few that the others have a quorum, whoever of those
// that come and go is a voter by then.
Flags draw_frozen(Dice& dice, const Flags& stays, bool spare) {
  Flags frozen(stays.size(), false);
  if (spare) return frozen;
  auto steady = static_cast<std::size_t>(std::count(stays.begin(), stays.end(), true));  // and not frozen
  std::size_t count = 0;
  for (std::uint64_t tries = dice.below(stays.size() + 1); tries > 0; --tries) {
    const std::size_t who = dice.below(stays.size());
    const std::size_t others = steady - (stays[who] ? 1 : 0);
    if (frozen[who] || others <= count + 1) continue;
    frozen[who] = true;
    steady = others;
    ++count;
  }
  return frozen;
}

// The end of all trouble for a majority. The others are stopped or cut off first, most of the time; else they stay as
// they are, which may keep connectivity one-way or non-transitive, so that nobody asks for liveness. True: it is clean.
bool draw_calm(Dice& dice, Scenario& out, const Flags& stays, Duration at) {
  const Flags frozen = draw_frozen(dice, stays, out.network.loss_ppm > kLossWithoutSpare);
  const Lots<3> lots(dice);  // crash, pause, isolate
  const bool struck = !dice.one_in(5);
  std::array<std::vector<Member>, 3> victims;
  std::vector<Member> calm;
  for (std::size_t i = 0; i < frozen.size(); ++i)
    (!frozen[i] ? calm : victims[lots.draw(dice)]).push_back(static_cast<Member>(i));
  const auto add = [&](Action action) {
    out.faults.push_back({.trigger = At{at}, .action = std::move(action), .lasts = {}});
  };
  if (struck && !victims[0].empty()) add(Crash{named(victims[0])});
  if (struck && !victims[1].empty()) add(Pause{named(victims[1])});
  if (struck && !victims[2].empty()) add(Isolate{named(victims[2])});
  add(Calm{calm.size() == frozen.size() ? everybody() : named(calm)});
  return struck || calm.size() == frozen.size();
}

// Independent faults, plots, or both.
void draw_trouble(Dice& dice, Scenario& out, Duration begin, Duration calm) {
  const bool plots = dice.one_in(2);
  if (!plots || dice.one_in(2)) draw_faults(dice, out, begin, calm);
  if (plots) draw_plots(dice, out, begin, calm);
}

}  // namespace

Scenario swarm(std::uint64_t seed) {
  Dice dice{core::Rng::stream(seed, core::Purpose::fault, {})};
  Scenario out;
  out.name = "swarm-" + std::to_string(seed);
  out.seed = seed;
  const Duration slowest = dice.ms(2, dice.one_in(2) ? 10 : 80);
  draw_group(dice, out.group);
  draw_network(dice, out, slowest);
  const bool bulk = dice.one_in(12);
  const Duration full_message = bulk ? thin_links(dice, out.network) : Duration{};
  draw_timing(dice, out.group.timing, slowest + full_message);
  const core::Timing& timing = out.group.timing;
  out.expect.settle = timing.election_timeout * 3;
  const Duration calm = dice.ms(6'000, 25'000);
  out.duration = calm + out.expect.settle + timing.election_timeout + timing.hold_timeout + dice.ms(1'000, 5'000);
  bulk ? draw_bulk(dice, out, calm) : draw_loads(dice, out, calm);
  draw_events(dice, out, calm);
  const Duration begin = draw_silence(dice, out);
  const Flags stays = draw_moves(dice, out, calm);
  draw_trouble(dice, out, begin, calm);
  const bool clean = draw_calm(dice, out, stays, calm);
  draw_dispatch(seed, out, calm, clean);
  draw_lights(seed, out);
  core::seal(out.group);
  return out;
}

}  // namespace sim
