#include "tools/live/live_lamps.hpp"

namespace tools {

core::LampReport LiveLamps::obey(const core::LampOrder& order) {
  const core::LampReport answer = machines_.obey(board_.now(), order);
  const std::uint32_t place = machines_.place_of(order.lamp);
  changes_[place] = machines_.next_change(place);
  return answer;
}

void LiveLamps::look(std::vector<core::LampReport>& said) {
  const core::Instant now = board_.now();
  for (std::uint32_t place = 0; place < changes_.size(); ++place) {
    if (changes_[place] > now) continue;
    if (const auto report = machines_.wake(now, place)) said.push_back(*report);
    changes_[place] = machines_.next_change(place);
  }
}

}  // namespace tools
