// Records as sentences of a story.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"
#include "tools/explain/chronicle.hpp"

namespace tools {

// REQUIRES: all that is given outlives it.
class Sentences {
 public:
  Sentences(const Chronicle& chronicle, const sim::Scenario& scenario) : chronicle_{chronicle}, scenario_{scenario} {}

  [[nodiscard]] std::string of(Place place) const;  // "n5 gives n3:33 number 162"
  // "n1 and n2 crash". REQUIRES: all are the same.
  [[nodiscard]] std::string of_crowd(const std::vector<Place>& places) const;
  // The same happens to two nodes at the same time, so that one sentence tells it.
  [[nodiscard]] bool same(Place a, Place b) const;
  [[nodiscard]] std::string title(Place place) const;  // "How n3 comes to deliver n3:33 at number 162"

 private:
  [[nodiscard]] std::string submission(const core::Record& record) const;
  [[nodiscard]] std::string light(const core::Record& record) const;
  [[nodiscard]] std::string role(Place place) const;
  [[nodiscard]] std::string arrival(Place place) const;

  const Chronicle& chronicle_;
  const sim::Scenario& scenario_;
};

}  // namespace tools
