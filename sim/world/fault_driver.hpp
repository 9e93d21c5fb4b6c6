// Makes the faults of a scenario happen: when they are due, to whom they mean, and until they are undone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/world/ailments.hpp"
#include "sim/world/aim.hpp"
#include "sim/world/machines.hpp"
#include "sim/world/recorder.hpp"
#include "sim/world/script.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class FaultDriver {
 public:
  // `script`: where to write down who was struck; null: nowhere. REQUIRES: all but the seed outlive the driver.
  FaultDriver(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network,
              Machines& machines, core::RecordSink& records, Script* script);

  // Puts the first strike of each `at` and `every` fault into the timeline.
  void schedule();

  // The record that a `when` fault waited for was just written: strikes now, or after its `plus`.
  void on(const Fired& fired);
  // Due::Kind::fault: strikes, and arranges the next of a repeated fault.
  void strike(const Due& due);
  // Due::Kind::heal: the `for` of a strike is over.
  void undo(const Due& due);

  // To be asked at the end: faults that struck nobody or never came, as sentences.
  [[nodiscard]] std::vector<std::string> problems(const Recorder& recorder) const;

 private:
  // How a fault of the file has fared.
  struct Progress {
    std::uint64_t attempts = 0, strikes = 0;
    Member it = core::kNobody;  // of a `when` that has fired
    bool fired = false;
    bool spared = false;  // a calm came first
  };
  struct Victim {
    Member member = core::kNobody;
    std::uint64_t incarnation = 0;  // when struck: what happens to later ones is not this strike's to undo
  };
  // A strike that will be undone.
  struct Stroke {
    std::uint32_t fault = 0;
    std::size_t number = 0;  // among all strikes, from 0
    std::vector<Victim> victims;
    std::optional<std::uint32_t> handle;  // of the network or of the ailments, as the fault is
    bool healed = false;                  // by `heal: all`
  };

  void strike(std::uint32_t fault);
  void expire_later(std::uint32_t fault, const Members& members, std::optional<std::uint32_t> handle);
  std::optional<std::uint32_t> disturb(std::uint32_t fault, Aim& aim);
  void end(const Action& action, std::uint32_t handle, const Members& members);
  void treat(const Members& members);
  void heal_all(const Members& everybody);
  void calm(const Members& members);
  void wake_up(const Members& members, bool crashed_too);
  void hurt(const Action& action, const Members& members);
  void record(core::Kind kind, std::uint32_t fault, Members members);

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  const Network& network_;
  Machines& machines_;
  core::RecordSink& records_;
  Script* script_;
  Ailments ailments_;
  std::vector<Progress> progress_;  // by fault
  std::vector<Stroke> strokes_;
  std::size_t strikes_ = 0;
  bool calm_ = false;  // nothing strikes any more, and nothing is undone
};

}  // namespace sim
