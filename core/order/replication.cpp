#include "core/order/replication.hpp"

#include <algorithm>
#include <functional>

namespace core {

bool Replication::acknowledge(const Log& log, Member follower, Seq matched) {
  Progress& p = of_[follower];
  if (matched <= p.matched || matched > log.size()) return false;
  const Seq kept = log.base().seq + 1;
  const bool dropped = p.matched + 1 < kept;  // the sizes of some that were under way are no longer known: count anew
  for (Seq seq = std::max({p.matched + 1, p.base, kept}); !dropped && seq <= std::min(matched, p.next - 1); ++seq)
    p.in_flight -= std::min(p.in_flight, size_of(*log.at(seq).event));
  p.matched = matched;
  p.next = std::max(p.next, matched + 1);
  if (!dropped) return true;
  p.in_flight = 0;
  for (Seq seq = std::max({matched + 1, p.base, kept}); seq < p.next; ++seq) p.in_flight += size_of(*log.at(seq).event);
  return true;
}

Seq Replication::held_by(std::size_t quorum, const MemberSet& voters, Member self, Seq last) const {
  std::vector<Seq> held;
  held.reserve(of_.size());
  for (Member member = 0; member < of_.size(); ++member)
    if (voters.has(member)) held.push_back(member == self ? last : of_[member].matched);
  if (held.size() < quorum) return 0;
  const auto nth = held.begin() + static_cast<std::ptrdiff_t>(quorum - 1);
  std::nth_element(held.begin(), nth, held.end(), std::greater<>{});
  return *nth;
}

Instant Replication::due() const {
  Instant due = Instant::never();
  for (const Progress& p : of_) due = std::min(due, p.repeat.due);
  return due;
}

}  // namespace core
