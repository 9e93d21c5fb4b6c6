#include "sim/world/targets.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sim {

Targets::Targets(const core::Config& config, const std::vector<Standing>& standings, Member it, core::Rng rng)
    : config_{config}, standings_{standings}, it_{it}, rng_{rng}, drawn_{standings.size()} {}

std::vector<Member> Targets::find(const Target& target) {
  core::MemberSet found(size());
  for (const Atom& atom : target) find(atom, found);
  std::vector<Member> members;
  for (std::size_t i = 0; i < size(); ++i)
    if (found.has(static_cast<Member>(i))) members.push_back(static_cast<Member>(i));
  return members;
}

void Targets::find(const Atom& atom, core::MemberSet& found) {
  using Who = Atom::Who;
  const auto insert = [&](Member member) {
    if (member != core::kNobody) found.insert(member);
  };
  const auto insert_if = [&](auto fits) {
    for (std::size_t i = 0; i < size(); ++i)
      if (fits(static_cast<Member>(i))) found.insert(static_cast<Member>(i));
  };
  switch (atom.who) {
    case Who::member:
      return insert(atom.member);
    case Who::it:
      return insert(it_);
    case Who::leader:
      return insert(leader());
    case Who::highest:
      return insert(outermost(true));
    case Who::lowest:
      return insert(outermost(false));
    case Who::random:
      return draw(atom.count, found);
    case Who::all:
      return insert_if([](Member) { return true; });
    case Who::crashed:
      return insert_if([&](Member m) { return life(m) == Life::down && standings_[m].present; });
    case Who::followers:
      return insert_if([&, boss = leader()](Member m) { return live(m) && m != boss; });
    case Who::minority:
      for (std::size_t i = 0; i + 1 < (present() + 1) / 2; ++i) insert(shuffled()[i]);
      return;
    case Who::majority:
      for (std::size_t i = present() - (present() / 2 + 1); i < present(); ++i) insert(shuffled()[i]);
      return;
  }
}

const std::vector<Member>& Targets::shuffled() {
  if (!shuffled_.empty()) return shuffled_;
  std::vector<Member> all(size());
  std::iota(all.begin(), all.end(), Member{0});
  for (std::size_t i = size(); i > 1; --i) std::swap(all[i - 1], all[rng_.below(i)]);
  for (const bool present : {true, false})
    for (const Member member : all)
      if (standings_[member].present == present) shuffled_.push_back(member);
  return shuffled_;
}

std::size_t Targets::present() const {
  const auto count = std::count_if(standings_.begin(), standings_.end(), [](const Standing& s) { return s.present; });
  return static_cast<std::size_t>(count);
}

// Those that no random atom has drawn yet come first; the others only when these do not suffice.
void Targets::draw(std::uint32_t count, core::MemberSet& found) {
  std::vector<Member> fresh, again;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto member = static_cast<Member>(i);
    if (live(member)) (drawn_.has(member) ? again : fresh).push_back(member);
  }
  draw_from(std::move(fresh), count, found);
  draw_from(std::move(again), count, found);
}

void Targets::draw_from(std::vector<Member> pool, std::uint32_t& count, core::MemberSet& found) {
  for (; count > 0 && !pool.empty(); --count) {
    std::swap(pool[rng_.below(pool.size())], pool.back());
    drawn_.insert(pool.back());
    found.insert(pool.back());
    pool.pop_back();
  }
}

Member Targets::leader() const {
  Member best = core::kNobody;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!live(static_cast<Member>(i)) || standings_[i].leads == 0) continue;
    if (best == core::kNobody || standings_[i].leads > standings_[best].leads) best = static_cast<Member>(i);
  }
  return best;
}

Member Targets::outermost(bool highest) const {
  Member best = core::kNobody;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto member = static_cast<Member>(i);
    if (live(member) && (best == core::kNobody || config_.outranks(member, best) == highest)) best = member;
  }
  return best;
}

}  // namespace sim
