// Which links a fault closes, as plain functions. All results are ascending, without repeats and without
// links of a node to itself, which nothing closes.
#pragma once

#include <vector>

#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

using Links = std::vector<core::Link>;
using Members = std::vector<Member>;

// Members 0..size-1 can talk inside a group only; a member of no group is alone; one in several counts in the first.
Links closed_by_groups(std::size_t size, const std::vector<Members>& groups);

// Each of them is alone.
Links closed_by_isolating(std::size_t size, const Members& members);

// Every link from one of `from` to one of `to`, and back if `both`: what a cut closes and what a link fault changes.
Links links_between(const Members& from, const Members& to, bool both);

// `order`: all members 0..n-1 as a permutation, usually drawn; who comes first decides who plays which part.
//   halves  the first n/2 (rounded down) against the rest
//   one     the first alone
//   bridge  the first hears both halves of the others, which do not hear each other; the smaller half comes first
//   ring    each hears as many of its nearest on either side as it takes to see a majority: the same number on
//           both sides, so that hearing is mutual; up to three members all hear each other
Links closed_by_shape(Shape shape, const Members& order);

}  // namespace sim
