#include "tools/replay/likeness.hpp"

#include <algorithm>
#include <tuple>

namespace tools {

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
  for (std::size_t member = 0; member < a.delivered.size(); ++member) {
    const auto& here = a.delivered[member];
    const auto& there = b.delivered[member];
    same += static_cast<std::size_t>(std::mismatch(here.begin(), here.end(), there.begin(), there.end()).first -
                                     here.begin());
  }
  return same;
}

std::size_t deliveries(const Likes& likes) {
  std::size_t count = 0;
  for (const auto& of_one : likes.delivered) count += of_one.size();
  return count;
}

}  // namespace tools
