#include "sim/hunt/shrink.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"

namespace sim {
namespace {

using Pass = void (*)(ShrinkSearch&);

// The cheap ones that throw out much come first.
constexpr std::array<Pass, 5> kRough{expect_no_more, cut_duration, leave_out_parts, thin_loads, leave_out_nodes};
constexpr std::array<Pass, 18> kAll{expect_no_more,        cut_duration,     leave_out_parts, strike_at_times,
                                    thin_dispatch,         leave_out_nodes,  thin_loads,      simplify_lights,
                                    simplify_group,        simplify_network, simplify_faults, leave_out_pairs,
                                    leave_out_and_recount, join_faults,      simplify_events, shorten_gaps,
                                    round_times,           cut_duration};

void run_passes(ShrinkSearch& search) {
  for (bool smaller = true; smaller && !search.over();) {
    const Order before = order_of(search.best());
    for (const Pass pass : kAll) pass(search);
    smaller = order_of(search.best()) < before;
  }
}

// When a fault strikes first, for a reader; those that wait for a record stand last.
Duration moment(const Fault& fault) {
  if (const auto* at = std::get_if<At>(&fault.trigger)) return at->at;
  if (const auto* every = std::get_if<Every>(&fault.trigger)) return every->from;
  return Duration::forever();
}

std::string letters(std::size_t number) {
  const std::string last(1, static_cast<char>('a' + number % 26));
  return number < 26 ? last : letters(number / 26 - 1) + last;
}

// Names and places in a file change nothing in a run.
Scenario named(Scenario scenario) {
  for (Fault& fault : scenario.faults) fault.line = 0;
  for (std::size_t i = 0; i < scenario.events.size(); ++i) scenario.events[i].name = letters(i);
  return scenario;
}

// Faults by their time, and as they stood where that is equal.
Scenario sorted(const Scenario& scenario) {
  std::vector<std::pair<Duration, std::size_t>> places;
  for (const Fault& fault : scenario.faults) places.emplace_back(moment(fault), places.size());
  std::sort(places.begin(), places.end());
  Scenario out = scenario;
  out.faults.clear();
  for (const auto& [time, place] : places) out.faults.push_back(scenario.faults[place]);
  return out;
}

// Until every single one has been tried in vain. False: there was no time for that.
bool leave_out_last(ShrinkSearch& search) {
  search.begin("nothing can be left out");
  while (search.take_one_of(one_less(search.best()))) run_passes(search);
  return !search.over();
}

// Steps say who does what, so their nodes stay.
Shrunk shrink_steps(ShrinkSearch& search) {
  expect_no_more(search);
  leave_out_steps(search);
  search.allow_more();
  while (search.take_one_of(one_less(search.best()))) {
  }
  return {search.best(), search.tried(), !search.over()};
}

}  // namespace

std::vector<Scenario> one_less(const Scenario& scenario) {
  std::vector<Scenario> out;
  const auto add = [&](const Scenario& candidate) {
    if (std::optional<Scenario> complete = completed(candidate)) out.push_back(std::move(*complete));
  };
  for (const Part& part : parts_of(scenario, PartKind::step))
    if (scenario.steps.size() > 1) add(without(scenario, {part}));
  if (!scenario.steps.empty()) return out;
  for (std::size_t i = 0; i < scenario.group.size() && scenario.group.size() > 1; ++i)
    add(without_nodes(scenario, {static_cast<Member>(i)}));
  for (const Part& part : parts_of(scenario)) add(without(scenario, {part}));
  for (const Part& part : parts_of(scenario, PartKind::fate)) add(without(scenario, {part}));
  return out;
}

Shrunk shrink(Scenario failing, Laboratory& laboratory, Effort effort) {
  ShrinkSearch search(std::move(failing), laboratory, effort == Effort::rough);
  if (!search.best().steps.empty()) return shrink_steps(search);
  search.take_equal(cut_to(search.best(), search.best().duration));
  if (effort == Effort::rough) {
    for (const Pass pass : kRough) pass(search);
    return {named(search.best()), search.tried(), false};
  }
  run_passes(search);
  search.take_equal(sorted(search.best()));
  search.allow_more();
  const bool minimal = leave_out_last(search);
  return {named(search.best()), search.tried(), minimal};
}

}  // namespace sim
