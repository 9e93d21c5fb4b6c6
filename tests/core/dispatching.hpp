// A city for the tests of dispatch: each call is one delivered event.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/city/dispatch.hpp"
#include "core/city/dispatcher.hpp"
#include "core/city/events.hpp"

namespace tests {

using core::DispatchFact;
using core::Place;
using core::Step;
using core::UnitKind;

// In steps of a thousandth of a degree.
constexpr Place at(std::int64_t x, std::int64_t y) {
  return {.latitude = y * 1000, .longitude = x * 1000};
}

class DispatchCity {
 public:
  core::Dispatch state;

  std::optional<DispatchFact> apply(const core::Submission& submission) {
    return state.apply({.id = {0, ++events_},
                        .depends_on = submission.depends_on,
                        .type = submission.type,
                        .payload = submission.payload,
                        .rejects = {}});
  }
  [[nodiscard]] core::EventId last() const { return {0, events_}; }

  std::optional<DispatchFact> report(const std::string& car, std::uint64_t number, Place place = {}) {
    return apply(core::event_of(core::CrashReport{car, number, place}));
  }
  void ambulance(const std::string& name, Place place, core::Member server = 0, std::uint64_t session = 1,
                 std::uint64_t number = 1, bool available = true) {
    apply(core::event_of(core::UnitReport{.unit = name,
                                          .kind = UnitKind::ambulance,
                                          .server = server,
                                          .session = session,
                                          .number = number,
                                          .at = place,
                                          .available = available}));
  }
  void hospital(const std::string& name, Place place, std::int64_t beds, std::uint64_t number = 1,
                std::uint64_t admitted = 0, core::Member server = 0, std::uint64_t session = 1) {
    apply(core::event_of(core::UnitReport{.unit = name,
                                          .kind = UnitKind::hospital,
                                          .server = server,
                                          .session = session,
                                          .number = number,
                                          .at = place,
                                          .beds = beds,
                                          .admitted = admitted}));
  }
  void gone(const std::string& name, UnitKind kind, std::uint64_t session = 1) {
    apply(core::event_of(core::UnitGone{name, kind, session}));
  }
  std::optional<DispatchFact> step(const std::string& crash, Step step, const std::string& ambulance = "",
                                   const std::string& hospital = "") {
    const core::Crash* const known = state.crash(crash);
    return step_after(known != nullptr ? known->cause : core::EventId{}, {crash, step, ambulance, hospital});
  }
  std::optional<DispatchFact> step_after(core::EventId cause, const core::CrashStep& step) {
    return apply(core::event_of(step, {cause}));
  }
  // With ambulance a and hospital h.
  void steps(const std::string& crash, Step first, Step last) {
    for (auto s = static_cast<std::uint8_t>(first); s <= static_cast<std::uint8_t>(last); ++s)
      step(crash, static_cast<Step>(s), "a", "h");
  }
  // Crash x/1, ambulance a at server 1, hospital h with two beds at server 2; nothing allotted yet.
  static DispatchCity with_all() {
    DispatchCity city;
    city.report("x", 1, at(0, 0));
    city.ambulance("a", at(1, 1), 1);
    city.hospital("h", at(2, 2), 2, 1, 0, 2);
    return city;
  }

  [[nodiscard]] const core::Unit& a() const { return *state.unit(UnitKind::ambulance, "a"); }
  [[nodiscard]] const core::Unit& h() const { return *state.unit(UnitKind::hospital, "h"); }
  [[nodiscard]] std::string bytes() const { return core::bytes_of(state); }

 private:
  std::uint64_t events_ = 0;
};

}  // namespace tests
