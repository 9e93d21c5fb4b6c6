#include "tools/replay/likeness.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tools {
namespace {

// The longest common subsequence of sequences whose elements are told apart: those of `a` become their places in `b`,
// of which the longest ascending ones are counted (Schensted: "Longest increasing and decreasing subsequences", 1961).
std::size_t common(const std::vector<core::EventId>& a, const std::vector<core::EventId>& b) {
  std::map<std::pair<core::EventId, std::size_t>, std::size_t> places;  // of an event that comes for the nth time
  std::map<core::EventId, std::size_t> turns;
  for (std::size_t i = 0; i < b.size(); ++i) places[{b[i], ++turns[b[i]]}] = i;
  turns.clear();
  std::vector<std::size_t> ends;  // ends[k]: the least place at which an ascending run of k + 1 can end
  for (const core::EventId id : a) {
    const auto place = places.find({id, ++turns[id]});
    if (place == places.end()) continue;
    const auto longer = std::lower_bound(ends.begin(), ends.end(), place->second);
    if (longer == ends.end())
      ends.push_back(place->second);
    else
      *longer = place->second;
  }
  return ends.size();
}

}  // namespace

Likes likes_of(const std::vector<Past>& lives) {
  Likes likes;
  likes.delivered.resize(lives.front().birth.config.size());
  std::vector<const Past*> in_order;
  for (const Past& past : lives) in_order.push_back(&past);
  std::sort(in_order.begin(), in_order.end(),
            [](const Past* a, const Past* b) { return a->rerun.begun < b->rerun.begun; });
  std::vector<std::tuple<core::Instant, core::Member, core::Epoch>> led;
  for (const Past* past : in_order) {
    auto& delivered = likes.delivered[past->birth.self];
    delivered.insert(delivered.end(), past->delivered.begin(), past->delivered.end());
    for (const Past::Led& one : past->led) led.emplace_back(one.at, past->birth.self, one.epoch);
    likes.received += past->received.size();
  }
  std::sort(led.begin(), led.end());
  for (const auto& [at, member, epoch] : led) likes.leaders.emplace_back(member, epoch);
  return likes;
}

void LikesSink::on(const core::Record& record) {
  if (record.kind == core::Kind::deliver) likes_.delivered[record.node].push_back(record.id);
  if (record.kind == core::Kind::recv) ++likes_.received;
  if (record.kind == core::Kind::role && record.role == core::Role::leader)
    likes_.leaders.emplace_back(record.node, record.epoch);
}

std::size_t same_deliveries(const Likes& a, const Likes& b) {
  std::size_t same = 0;
  for (std::size_t member = 0; member < a.delivered.size(); ++member)
    same += common(a.delivered[member], b.delivered[member]);
  return same;
}

std::size_t deliveries(const Likes& likes) {
  std::size_t count = 0;
  for (const auto& of_one : likes.delivered) count += of_one.size();
  return count;
}

}  // namespace tools
