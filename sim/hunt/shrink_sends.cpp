// Loads that submit less, and events of the simplest kind.
#include <algorithm>
#include <array>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"

namespace sim {
namespace {

constexpr std::int64_t kMostEventsOfLoad = 1'000;

// The nodes that a load is dealt to; empty if that is known only while the run goes on.
std::vector<Member> dealt_to(const SubmitLoad& load, std::size_t nodes) {
  std::vector<Member> out;
  for (const Atom& atom : load.from) {
    if (atom.who == Atom::Who::member) out.push_back(atom.member);
    if (atom.who == Atom::Who::all)
      for (std::size_t i = 0; i < nodes; ++i) out.push_back(static_cast<Member>(i));
    if (atom.who != Atom::Who::member && atom.who != Atom::Who::all) return {};
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Each submission of the load as an event of its own, if there are not too many.
std::optional<Scenario> as_events(const Scenario& scenario, std::size_t which) {
  const SubmitLoad& load = scenario.workload[which];
  const std::vector<Member> from = dealt_to(load, scenario.group.size());
  if (from.empty() || (load.stop - load.start).ns / load.interval.ns > kMostEventsOfLoad) return std::nullopt;
  Scenario out = scenario;
  out.workload.erase(out.workload.begin() + static_cast<std::ptrdiff_t>(which));
  std::size_t turn = 0;
  for (Duration at = load.start; at < load.stop; at = at + load.interval, ++turn) {
    PlannedEvent event{
        "load" + std::to_string(which) + "_" + std::to_string(turn), from[turn % from.size()], at, {}, load.size};
    if (turn % load.chain != 0 && from.size() > 1) event.after = {static_cast<std::uint32_t>(out.events.size() - 1)};
    out.events.push_back(event);
  }
  return out;
}

// Ways to make one load less, the most drastic first.
std::vector<Scenario> less(const Scenario& scenario, std::size_t which) {
  std::vector<Scenario> out;
  const auto with = [&](auto change) {
    Scenario changed = scenario;
    change(changed.workload[which]);
    if (changed.workload[which].start < changed.workload[which].stop) out.push_back(changed);
  };
  const SubmitLoad& load = scenario.workload[which];
  for (const std::int64_t part : {8, 4, 2}) {
    const Duration length = (load.stop - load.start) / part;
    with([&](SubmitLoad& changed) { changed.stop = load.start + length; });
    with([&](SubmitLoad& changed) { changed.start = load.stop - length; });
  }
  for (const std::int64_t factor : {10, 5, 2})
    with([&](SubmitLoad& changed) { changed.interval = load.interval * factor; });
  with([](SubmitLoad& changed) { changed.size = SubmitLoad{}.size; });
  with([](SubmitLoad& changed) { changed.chain = 1; });
  for (std::size_t i = 0; i < scenario.group.size(); ++i)
    with([&](SubmitLoad& changed) { changed.from = {Atom{Atom::Who::member, static_cast<Member>(i), 1}}; });
  if (const auto events = as_events(scenario, which)) out.insert(out.begin(), *events);
  return out;
}

template <class Change>
Scenario with_each_event(Scenario scenario, Change change) {
  std::for_each(scenario.events.begin(), scenario.events.end(), change);
  return scenario;
}

}  // namespace

void thin_loads(ShrinkSearch& search) {
  search.begin("loads");
  for (std::size_t i = search.best().workload.size(); i-- > 0;)
    while (i < search.best().workload.size() && search.take_one_of(less(search.best(), i))) {
    }
}

void simplify_events(ShrinkSearch& search) {
  search.begin("events");
  search.take_one_of({with_each_event(search.best(), [](PlannedEvent& event) { event.after.clear(); })});
  search.take_one_of({with_each_event(search.best(), [](PlannedEvent& event) { event.size = PlannedEvent{}.size; })});
  for (std::size_t i = 0; i < search.best().events.size(); ++i) {
    for (std::size_t k = search.best().events[i].after.size(); k-- > 0;) {
      Scenario fewer = search.best();
      fewer.events[i].after.erase(fewer.events[i].after.begin() + static_cast<std::ptrdiff_t>(k));
      search.take_one_of({fewer});
    }
    Scenario plain = search.best();
    plain.events[i].size = PlannedEvent{}.size;
    search.take_one_of({plain});
  }
}

}  // namespace sim
