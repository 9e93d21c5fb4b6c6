#include "sim/network/geometry.hpp"

#include <algorithm>
#include <numeric>

namespace sim {
namespace {

// Every ordered pair of different members that `is_closed`.
Links closed_where(std::size_t size, auto&& is_closed) {
  Links closed;
  for (std::size_t from = 0; from < size; ++from)
    for (std::size_t to = 0; to < size; ++to)
      if (from != to && is_closed(from, to)) closed.push_back({static_cast<Member>(from), static_cast<Member>(to)});
  return closed;
}

Links closed_by_bridge(const Members& place) {
  const std::size_t smaller = (place.size() - 1) / 2;  // places 1..smaller are one half
  return closed_where(place.size(), [&](std::size_t from, std::size_t to) {
    return place[from] != 0 && place[to] != 0 && (place[from] <= smaller) != (place[to] <= smaller);
  });
}

Links closed_by_ring(const Members& place) {
  const std::size_t size = place.size(), others = size / 2;  // whom one must hear for a majority with oneself
  const std::size_t reach = (others + 1) / 2;
  return closed_where(size, [&](std::size_t from, std::size_t to) {
    const std::size_t ahead = (place[to] + size - place[from]) % size;
    return std::min(ahead, size - ahead) > reach;
  });
}

}  // namespace

Links closed_by_groups(std::size_t size, const std::vector<Members>& groups) {
  std::vector<std::size_t> group_of(size);
  for (std::size_t i = 0; i < size; ++i) group_of[i] = groups.size() + i;  // a group of its own
  for (std::size_t g = groups.size(); g-- > 0;)
    for (const Member member : groups[g]) group_of.at(member) = g;
  return closed_where(size, [&](std::size_t from, std::size_t to) { return group_of[from] != group_of[to]; });
}

Links closed_by_isolating(std::size_t size, const Members& members) {
  Members everybody(size);
  std::iota(everybody.begin(), everybody.end(), Member{0});
  return links_between(members, everybody, true);
}

Links links_between(const Members& from, const Members& to, bool both) {
  Links links;
  for (const Member a : from)
    for (const Member b : to) {
      if (a == b) continue;
      links.push_back({a, b});
      if (both) links.push_back({b, a});
    }
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  return links;
}

Links closed_by_shape(Shape shape, const Members& order) {
  if (shape == Shape::one) return order.empty() ? Links{} : closed_by_isolating(order.size(), {order.front()});
  if (shape == Shape::halves) {
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    return closed_by_groups(order.size(), {Members(order.begin(), middle), Members(middle, order.end())});
  }
  Members place(order.size());  // place[member]: where it stands in `order`
  for (std::size_t i = 0; i < order.size(); ++i) place.at(order[i]) = static_cast<Member>(i);
  return shape == Shape::bridge ? closed_by_bridge(place) : closed_by_ring(place);
}

}  // namespace sim
