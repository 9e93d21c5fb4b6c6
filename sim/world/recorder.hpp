// The one place that every record of a run passes: it is stamped, digested, counted, handed to the sinks and
// judged, and it may be the one that a `when` fault waits for.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/digest.hpp"
#include "sim/check/verdict.hpp"
#include "sim/world/replay.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

// A `when` fault whose record has come.
struct Fired {
  std::uint32_t fault = 0;  // its place in the file
  Member it = core::kNobody;
};

class Recorder final : public core::RecordSink {
 public:
  // REQUIRES: all three outlive the recorder.
  Recorder(const Scenario& scenario, const Timeline& timeline, std::span<core::RecordSink* const> sinks);

  // Stamps the record with the present. What it brings to light follows as `violation` records.
  void on(core::Record& record);
  void on(const core::Record& record) override {
    core::Record own = record;
    on(own);
  }

  [[nodiscard]] std::uint64_t count(core::Kind kind) const { return counts_[static_cast<std::size_t>(kind)]; }

  // Faults that fired and were not taken yet, in the order of their records.
  [[nodiscard]] bool fired() const { return !fired_.empty(); }
  Fired take_fired();

  // The run is over. `events`: how many there were; `fault_problems`: see Judge::judgement.
  Outcome end(std::uint64_t events, const std::vector<std::string>& fault_problems);

 private:
  struct Watch {
    core::Kind kind{};
    std::uint64_t nth = 1;
    std::uint32_t fault = 0;
  };
  void keep(const core::Record& record);
  void keep_fresh();
  void fire(const core::Record& record);

  const Timeline& timeline_;
  std::span<core::RecordSink* const> sinks_;
  Judge judge_;
  core::Hasher hasher_;
  std::array<std::uint64_t, core::kKinds> counts_{};
  std::array<bool, core::kKinds> watched_{};  // kinds that some watch waits for
  std::vector<Watch> watches_;
  std::vector<Fired> fired_;
  std::vector<Violation> fresh_;  // empty between records
};

}  // namespace sim
