// Fewer clients of dispatch, fewer crashes, and everything else about them as usual.
#include "sim/hunt/shrink_passes.hpp"

namespace sim {

void thin_dispatch(ShrinkSearch& search) {
  search.begin("fewer clients");
  const auto change = [&](auto edit) {
    Scenario candidate = search.best();
    if (!candidate.dispatch) return false;
    edit(*candidate.dispatch);
    return search.take_one_of({std::move(candidate)});
  };
  const DispatchLoad usual;
  change([](DispatchLoad& load) { load.away.clear(); });
  for (std::size_t i = 0; search.best().dispatch && i < search.best().dispatch->away.size();)
    if (!change([&](DispatchLoad& load) { load.away.erase(load.away.begin() + static_cast<std::ptrdiff_t>(i)); })) ++i;
  while (change([](DispatchLoad& load) { load.crash_every = load.crash_every * 2; })) {
  }
  for (std::uint32_t DispatchLoad::* const number :
       {&DispatchLoad::cars, &DispatchLoad::ambulances, &DispatchLoad::hospitals, &DispatchLoad::beds})
    change([&](DispatchLoad& load) { load.*number = usual.*number; });
  for (Duration DispatchLoad::* const time :
       {&DispatchLoad::leg, &DispatchLoad::handover, &DispatchLoad::stay, &DispatchLoad::patience})
    change([&](DispatchLoad& load) { load.*time = usual.*time; });
}

}  // namespace sim
