// Runs as the exports have them: short, and with all records kept.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/world/replay.hpp"
#include "tools/explain/chronicle.hpp"
#include "tools/export/export.hpp"
#include "tools/scenario_files.hpp"
#include "tools/trace/selection.hpp"

namespace tests {

// Of a leader that dies, a partition, a city, a violation, and a network that loses and doubles.
inline const std::vector<const char*> kRuns{"leader-crash", "partition-leader-in-minority", "city/city", "split-brain",
                                            "storm"};

// The first seconds of a shipped scenario.
struct Played {
  sim::Scenario scenario;
  tools::Chronicle records;

  explicit Played(const std::string& name, std::int64_t seconds = 25)
      : scenario(tools::load_scenarios({SOURCE_DIR "/scenarios/" + name + ".yaml"}).front()) {
    scenario.duration = std::min(scenario.duration, core::Duration::s(seconds));
    std::vector<core::RecordSink*> sinks{&records};
    sim::replay(scenario, 1, sinks);
  }

  void feed(tools::Export& to, const tools::Selection& selection) const {
    for (tools::Place place = 0; place < records.size(); ++place)
      if (selection.has(records.at(place))) to.on(records.at(place));
    to.end(core::Instant{} + scenario.duration);
  }
  [[nodiscard]] std::size_t count(core::Kind kind) const {
    std::size_t n = 0;
    for (tools::Place place = 0; place < records.size(); ++place) n += records.at(place).kind == kind ? 1U : 0U;
    return n;
  }
};

}  // namespace tests
