#include "sim/hunt/swarm_dispatch.hpp"

#include <algorithm>

#include "sim/hunt/dice.hpp"

namespace sim {
namespace {

constexpr std::int64_t kMostCrashes = 12;

// Clients that are switched off for a while, in the time of trouble.
void draw_away(Dice& dice, DispatchLoad& load, Duration calm) {
  if (!dice.one_in(3)) return;
  for (std::int64_t left = dice.between(1, 2); left > 0; --left) {
    const std::uint64_t who = 1 + dice.below(std::max(load.ambulances, load.hospitals));
    const bool ambulance = who <= load.ambulances && (who > load.hospitals || dice.one_in(2));
    load.away.push_back({.who = (ambulance ? "ambulance" : "hospital") + std::to_string(who),
                         .at = dice.span(Duration::s(1), calm),
                         .lasts = dice.ms(500, 15'000)});
  }
}

// How long it takes at most until all are treated, one after the other where there is only one of something. Each step
// takes some rounds through the group and a client's look at it.
Duration drain(const DispatchLoad& load) {
  constexpr Duration kRounds = Duration::ms(2'500);
  const Duration drive = (load.leg * 3 + load.handover + kRounds) / load.ambulances;
  const Duration bed = (load.leg * 2 + load.stay + kRounds) / (std::int64_t{load.hospitals} * load.beds);
  return std::max(drive, bed) * (kMostCrashes + 1);
}

}  // namespace

void draw_dispatch(std::uint64_t seed, Scenario& out, Duration calm, bool clean) {
  constexpr std::uint64_t kSwarm = 1'000;
  Dice dice{core::Rng::stream(seed, core::Purpose::client, {kSwarm})};
  if (!dice.one_in(4)) return;
  DispatchLoad load{.cars = static_cast<std::uint32_t>(dice.between(1, 5)),
                    .ambulances = static_cast<std::uint32_t>(dice.between(1, 4)),
                    .hospitals = static_cast<std::uint32_t>(dice.between(1, 3)),
                    .beds = static_cast<std::uint32_t>(dice.between(1, 3)),
                    .crash_every = {},
                    .start = dice.ms(0, 3'000),
                    .stop = calm,
                    .leg = dice.ms(50, 500),
                    .handover = dice.ms(50, 500),
                    .stay = dice.ms(100, 3'000),
                    .patience = dice.ms(500, 4'000),
                    .away = {}};
  load.crash_every =
      std::max(dice.ms(200, 3'000), Duration::ms((load.stop - load.start).ns / 1'000'000 / kMostCrashes));
  draw_away(dice, load, calm);
  out.group.city.dispatch = {.on = true, .give_back = dice.ms(500, 8'000)};
  const Duration back = Duration::s(15) + out.group.city.dispatch.give_back;  // all clients, at a server that answers
  const Duration search = load.patience * static_cast<std::int64_t>(out.group.size());
  out.duration = std::max(out.duration, calm + out.expect.settle * 2 + back + search + drain(load));
  out.expect.completed_all = clean;
  out.dispatch = std::move(load);
}

}  // namespace sim
