#include "sim/world/ailments.hpp"

#include <algorithm>
#include <utility>

namespace sim {

Ailments::Ailments(const Scenario& scenario) : scenario_{scenario}, slow_(scenario.faults.size()) {
  for (std::size_t i = 0; i < slow_.size(); ++i) {
    const auto* disk = std::get_if<DiskFault>(&scenario.faults[i].action);
    if (disk != nullptr && disk->what == DiskFault::What::slow) slow_[i].emplace(disk->latency);
  }
}

Ailments::Handle Ailments::begin(std::uint32_t fault, Members members) {
  in_force_.push_back({++last_handle_, fault, std::move(members)});
  return last_handle_;
}

void Ailments::end(Handle handle) {
  std::erase_if(in_force_, [handle](const Ailment& ailment) { return ailment.handle == handle; });
}

void Ailments::end_at(const Members& members) {
  for (Ailment& ailment : in_force_)
    std::erase_if(ailment.members, [&](Member m) { return std::binary_search(members.begin(), members.end(), m); });
}

// Calls `use` with the number of each fault in force at the member, oldest first.
void Ailments::each_of(Member member, auto use) const {
  for (const Ailment& ailment : in_force_)
    if (std::binary_search(ailment.members.begin(), ailment.members.end(), member)) use(ailment.fault);
}

std::int32_t Ailments::drift_ppm(Member member) const {
  std::int32_t ppm = 0;
  each_of(member, [&](std::uint32_t fault) {
    const auto* clock = std::get_if<ClockFault>(&scenario_.faults[fault].action);
    if (clock != nullptr) ppm = clock->drift_ppm.value_or(ppm);
  });
  return ppm;
}

Disk::Condition Ailments::disk(Member member) const {
  Disk::Condition condition;
  each_of(member, [&](std::uint32_t fault) {
    const auto* disk = std::get_if<DiskFault>(&scenario_.faults[fault].action);
    if (disk == nullptr) return;
    using What = DiskFault::What;
    if (disk->what == What::lose_unsynced) condition.crash = Disk::Crash::lose_unsynced;
    if (disk->what == What::torn_write) condition.crash = Disk::Crash::torn_write;
    if (disk->what == What::full) condition.full = true;
    if (disk->what == What::slow) condition.slow = &*slow_[fault], condition.slow_by = fault;
  });
  return condition;
}

}  // namespace sim
