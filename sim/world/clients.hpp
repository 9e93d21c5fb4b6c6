// The clients of emergency dispatch as small values: what each wants to submit next, given what its server shows. They
// remember only what a device knows by itself; all else they read from the state. So whatever was lost on the way, at
// whichever server, is wanted again.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/city/dispatch.hpp"
#include "core/node/submission.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// Where a client is: one session at one server.
struct Stay {
  Member server = 0;
  std::uint64_t session = 1;
};

// Reports its crashes one after the other, each until it is known.
class Car {
 public:
  explicit Car(std::string name) : name_{std::move(name)} {}

  void crash(core::Place at) { unknown_.push_back({++reports_, at}); }
  [[nodiscard]] bool idle() const { return unknown_.empty(); }
  std::optional<core::Submission> wants(const core::Dispatch& shown);

 private:
  struct Report {
    std::uint64_t number = 0;
    core::Place at;
  };
  std::string name_;
  std::uint64_t reports_ = 0;
  std::deque<Report> unknown_;  // oldest first
};

// What ambulances and hospitals have in common: they are registered at one server.
class Device {
 public:
  Device(std::string name, core::UnitKind kind, core::Place place)
      : name_{std::move(name)}, kind_{kind}, place_{place} {}

  // Null: the state does not know it.
  [[nodiscard]] const core::Unit* shown_in(const core::Dispatch& state) const { return state.unit(kind_, name_); }
  // It counts as gone in this very session, so it has to begin another.
  [[nodiscard]] bool given_up(const core::Dispatch& shown, Stay stay) const;
  [[nodiscard]] core::Submission goodbye(Stay stay) const;

 protected:
  [[nodiscard]] bool registered(const core::Dispatch& shown, Stay stay) const;
  [[nodiscard]] core::Submission report(const core::Dispatch& shown, Stay stay, core::UnitReport said) const;

  std::string name_;
  core::UnitKind kind_;
  core::Place place_;
};

// Takes its time for each leg of the way, then says that it is over.
class Ambulance : public Device {
 public:
  Ambulance(std::string name, core::Place place) : Device(std::move(name), core::UnitKind::ambulance, place) {}
  std::optional<core::Submission> wants(core::Instant now, const core::Dispatch& shown, Stay stay,
                                        const DispatchLoad& load);

 private:
  void take_up(core::Instant now, const core::Dispatch& shown, const core::Unit& self, const core::Crash& crash);

  std::string crash_;  // that it is busy with; empty: none
  core::Step step_{};
  core::Instant since_;  // it has seen this step of that crash
};

// Counts its free beds; who was brought leaves after a while.
class Hospital : public Device {
 public:
  Hospital(std::string name, core::Place place, std::uint32_t beds)
      : Device(std::move(name), core::UnitKind::hospital, place), beds_{beds} {}
  std::optional<core::Submission> wants(core::Instant now, const core::Dispatch& shown, Stay stay,
                                        const DispatchLoad& load);

 private:
  std::int64_t beds_;
  std::uint64_t admitted_ = 0;          // ever
  std::deque<core::Instant> patients_;  // when each who is still there leaves
};

}  // namespace sim
