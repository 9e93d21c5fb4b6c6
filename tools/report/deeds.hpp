// What a record says its node does, in a few words for narrow places: "ORDER to n2", "delivers #12 n1:7".
#pragma once

#include <string>

#include "core/trace/record.hpp"
#include "sim/check/names.hpp"
#include "sim/scenario/scenario.hpp"

namespace tools {

class Deeds {
 public:
  // REQUIRES: the scenario outlives it.
  explicit Deeds(const sim::Scenario& scenario) : scenario_(scenario), names_(scenario.group) {}

  // Without the name of the node whose record it is; that of a drop is its receiver. Any kind of record has some.
  [[nodiscard]] std::string of(const core::Record& record) const;
  [[nodiscard]] std::string name(core::Member member) const { return names_.of(member); }

 private:
  [[nodiscard]] std::string of_message(const core::Record& record) const;
  [[nodiscard]] std::string of_event(const core::Record& record) const;
  [[nodiscard]] std::string of_leader(const core::Record& record) const;
  [[nodiscard]] std::string of_fault(const core::Record& record) const;
  [[nodiscard]] std::string of_city(const core::Record& record) const;

  const sim::Scenario& scenario_;
  sim::Names names_;
};

// "1 north": of an intersection, counted from 1.
std::string lamp_in_words(const core::LampName& lamp, const core::LightsPlan& plan);

}  // namespace tools
