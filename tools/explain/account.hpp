// The account of one violation: its witnesses, and what led to each of them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "tools/explain/chronicle.hpp"

namespace tools {

struct Branch {
  std::string title;
  Place witness = kNowhere;  // kNowhere: of none in particular
  std::set<Place> places;
};

// REQUIRES: `violation` is the place of a `violation` record. What several branches have in common stands in a branch
// of its own, before them and not in them.
std::vector<Branch> account_of(const Chronicle& chronicle, Place violation, const sim::Scenario& scenario);

}  // namespace tools
