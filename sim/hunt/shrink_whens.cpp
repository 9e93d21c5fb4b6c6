// Faults that wait for a record strike at a time, which is easier to follow and does not depend on what is counted.
#include <algorithm>
#include <optional>

#include "core/base/check.hpp"
#include "sim/hunt/shrink_passes.hpp"
#include "sim/world/replay.hpp"

namespace sim {
namespace {

// When each fault struck first.
struct Strikes : core::RecordSink {
  explicit Strikes(std::size_t faults) : first(faults) {}

  void on(const core::Record& record) override {
    if (record.kind == core::Kind::fault && !first[record.number]) first[record.number] = record.at;
  }

  std::vector<std::optional<core::Instant>> first;
};

std::vector<std::optional<core::Instant>> strikes_of(const Scenario& scenario) {
  Strikes strikes(scenario.faults.size());
  core::RecordSink* const sinks[] = {&strikes};
  try {
    replay(scenario, scenario.seed, sinks);
  } catch (const core::CheckFailed&) {
    // What has struck until then is known.
  }
  return strikes.first;
}

bool waits(const Fault& fault) {
  return std::holds_alternative<When>(fault.trigger);
}

}  // namespace

void strike_at_times(ShrinkSearch& search) {
  if (std::none_of(search.best().faults.begin(), search.best().faults.end(), waits)) return;
  search.begin("faults at times");
  const std::vector<std::optional<core::Instant>> strikes = strikes_of(search.best());
  // Just before what else happens at that moment, and just after it.
  for (const Duration later : {Duration{}, Duration::us(1)}) {
    const auto at_its_time = [&](Fault& fault, std::size_t i) {
      if (waits(fault) && strikes[i]) fault.trigger = At{*strikes[i] - core::Instant{} + later};
    };
    Scenario all = search.best();
    for (std::size_t i = 0; i < all.faults.size(); ++i) at_its_time(all.faults[i], i);
    search.take_one_of({all});
    for (std::size_t i = 0; i < all.faults.size(); ++i) {
      Scenario one = search.best();
      at_its_time(one.faults[i], i);
      search.take_one_of({one});
    }
  }
}

}  // namespace sim
