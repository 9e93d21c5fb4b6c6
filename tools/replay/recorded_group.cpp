#include "tools/replay/recorded_group.hpp"

#include <algorithm>

namespace tools {
namespace {

using core::Instant;
using core::Member;

// Of the run, or of the earliest life.
Instant origin_of(const std::vector<Past>& lives) {
  Instant origin = Instant::never();
  for (const Past& life : lives)
    origin = std::min(origin, life.birth.origin == Instant{} ? life.rerun.begun : life.birth.origin);
  return origin;
}

}  // namespace

RecordedGroup::RecordedGroup(const std::vector<Past>& lives, const Troubles* troubles)
    : config_{&lives.front().birth.config},
      troubles_{troubles},
      origin_{origin_of(lives)},
      lives_(lives.front().birth.config.size()) {
  for (const Past& past : lives) lives_[past.birth.self].push_back({&past});
  for (auto& of_one : lives_)
    std::sort(of_one.begin(), of_one.end(),
              [](const RecordedLife& a, const RecordedLife& b) { return a.past->rerun.begun < b.past->rerun.begun; });
  for (const Past& past : lives) end_ = std::max(end_, since_start(past.rerun.ended));
  Instant known = end_;
  for (Member member = 0; member < lives_.size(); ++member)
    for (std::size_t place = 0; place < lives_[member].size(); ++place) {
      RecordedLife& life = lives_[member][place];
      life.fate = fate_of(member, place);
      if (life.fate == Fate::unknown) known = std::min(known, ended(life));
    }
  end_ = known;
}

Fate RecordedGroup::fate_of(Member member, std::size_t place) const {
  const RecordedLife& life = lives_[member][place];
  const bool last = place + 1 == lives_[member].size();
  if (life.past->left) return Fate::left;
  if (life.past->rerun.ending == net::Ending::full || life.past->rerun.ending == net::Ending::damaged)
    return Fate::unknown;
  if (!last) return Fate::killed;
  if (troubles_ == nullptr) return falls_silent(member, life) ? Fate::killed : Fate::lives;
  const auto crashes = troubles_->crashes.find(member);
  if (crashes != troubles_->crashes.end() && place < crashes->second) return Fate::killed;
  return falls_silent(member, life) ? Fate::unknown : Fate::lives;
}

// A node that is not stopped does something in every heartbeat interval.
bool RecordedGroup::falls_silent(Member member, const RecordedLife& life) const {
  const bool stopped = troubles_ != nullptr && troubles_->paused_at_end.count(member) != 0;
  const core::Duration slack = config_->timing.heartbeat_interval * 2 + core::Duration::ms(100);
  return !stopped && ended(life) + slack < end_;
}

}  // namespace tools
