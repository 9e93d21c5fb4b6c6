// Who votes, as the log has it: each entry that changes the voters counts as soon as it is in the log, and no more
// once it is cut from it (Ongaro: "Consensus: bridging theory and practice", 2014, chapter 4: one member at a time).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/member_set.hpp"
#include "core/event/event.hpp"
#include "core/group/config.hpp"
#include "core/group/memories.hpp"

namespace core {

constexpr std::string_view kVotersChanged = "voters_changed";  // type of an entry; its payload lists the voters

// Made by the group itself: an application may call its events what it likes.
inline bool changes_voters(const Event& event) {
  return event.id.internal() && event.type == kVotersChanged;
}

// "0 1~3 4", ascending: the payload of such an entry. The memory of member 1 begins with its incarnation 3, as far as
// the leader knows: so who joins hears of it too, and counts no older promise of that member (see memories.hpp).
std::string to_text(const MemberSet& voters, std::size_t size, const Memories& memories = {});
Memories memories_in(std::string_view text, std::size_t size);
// Members beyond `size` and what is no number are left out.
MemberSet voters_in(std::string_view text, std::size_t size);
// Those of the configuration who vote from the beginning.
MemberSet founders_of(const Config& config);

class Voters {
 public:
  Voters() = default;
  explicit Voters(MemberSet first) : changes_{{0, std::move(first)}} {}

  [[nodiscard]] const MemberSet& now() const { return changes_.back().second; }
  [[nodiscard]] bool has(Member member) const { return now().has(member); }
  [[nodiscard]] std::size_t count() const { return now().count(); }
  // The entry that made them; 0: the beginning, or before the snapshot.
  [[nodiscard]] Seq since() const { return changes_.back().first; }
  // Who voted by the log up to `seq`. REQUIRES: not before the snapshot.
  [[nodiscard]] const MemberSet& at(Seq seq) const;

  // The log has such an entry now. REQUIRES: ascending.
  void change(Seq seq, MemberSet voters) { changes_.emplace_back(seq, std::move(voters)); }
  // The log is cut before `seq`.
  void cut(Seq seq);
  // A snapshot at `seq` stands for all that was before.
  void settle(Seq seq, MemberSet voters);

  static void fields(auto& m, auto&& visit) { visit("changes", m.changes_); }

 private:
  std::vector<std::pair<Seq, MemberSet>> changes_;  // ascending; the first is the base, and stays
};

}  // namespace core
