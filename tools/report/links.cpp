#include "tools/report/links.hpp"

#include <algorithm>
#include <map>

namespace tools {
namespace {

using core::Link;
using core::Member;
using Members = std::vector<Member>;

constexpr std::size_t kNamed = 6, kLinksNamed = 4;

// The sides of a clean partition, or nothing: in one, the nodes of a side cannot reach exactly those outside it.
std::vector<Members> sides(const std::vector<Link>& closed, std::size_t size) {
  std::vector<Members> unreachable(size);
  for (const Link& link : closed) unreachable.at(link.from).push_back(link.to);
  std::map<Members, Members> by_unreachable;
  for (std::size_t i = 0; i < size; ++i) by_unreachable[unreachable[i]].push_back(static_cast<Member>(i));
  std::vector<Members> found;
  for (const auto& [others, side] : by_unreachable) {
    Members both;
    std::set_intersection(others.begin(), others.end(), side.begin(), side.end(), std::back_inserter(both));
    if (others.size() + side.size() != size || !both.empty()) return {};
    found.push_back(side);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string side_in_words(const Members& side, const core::Config& group) {
  std::string out;
  const std::size_t shown = side.size() <= kNamed ? side.size() : kNamed - 2;
  for (std::size_t i = 0; i < shown; ++i) out += (i > 0 ? " " : "") + group.members.at(side[i]).name;
  return shown == side.size() ? out : out + " … " + std::to_string(side.size() - shown) + " more";
}

std::string each_link(const std::vector<Link>& closed, const core::Config& group) {
  std::string out = "closed: ";
  std::size_t told = 0, shown = 0;
  for (const Link& link : closed) {
    const bool both = std::binary_search(closed.begin(), closed.end(), Link{link.to, link.from});
    if (both && link.to < link.from) continue;  // told with its other direction
    if (++told > kLinksNamed) continue;
    out += (shown++ > 0 ? ", " : "") + group.members.at(link.from).name + (both ? " ↔ " : " → ") +
           group.members.at(link.to).name;
  }
  return told <= kLinksNamed ? out : out + " … " + std::to_string(told - kLinksNamed) + " more";
}

}  // namespace

std::string members_in_words(const Members& members, const core::Config& group) {
  const std::size_t total = members.size();
  const std::size_t shown = total <= kNamed ? total : kNamed - 2;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i)
    out += (i == 0 ? "" : i + 1 == total ? " and " : ", ") + group.members.at(members[i]).name;
  return shown == total ? out : out + " and " + std::to_string(total - shown) + " more";
}

std::string links_in_words(const std::vector<Link>& closed, const core::Config& group) {
  if (closed.empty()) return "all links are open";
  const std::vector<Members> parts = sides(closed, group.size());
  if (parts.empty()) return each_link(closed, group);
  std::string out;
  for (std::size_t i = 0; i < std::min(parts.size(), kNamed); ++i)
    out += (i > 0 ? " | " : "") + side_in_words(parts[i], group);
  return parts.size() <= kNamed ? out : out + " | … " + std::to_string(parts.size() - kNamed) + " more";
}

}  // namespace tools
