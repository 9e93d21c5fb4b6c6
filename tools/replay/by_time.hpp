// Sorts by time and leaves what happens at the same time in its order.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace tools {

template <class T>
void sort_by_time(std::vector<T>& values, auto&& time_of) {
  std::vector<std::pair<decltype(time_of(values.front())), std::size_t>> places;
  for (const T& value : values) places.emplace_back(time_of(value), places.size());
  std::sort(places.begin(), places.end());
  std::vector<T> sorted;
  for (const auto& [time, place] : places) sorted.push_back(std::move(values[place]));
  values = std::move(sorted);
}

}  // namespace tools
