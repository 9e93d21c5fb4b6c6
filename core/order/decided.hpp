// What the log has decided about each origin: replicated state, a pure function of the entries applied so far.
// It makes a repeated submission find its old place, after any fail-over.
#pragma once

#include <map>
#include <set>
#include <string_view>

#include "core/event/event.hpp"
#include "core/group/voters.hpp"

namespace core {

constexpr std::string_view kRejected = "rejected";           // type of the entry that turns an event down
constexpr std::string_view kEpochStarted = "epoch_started";  // type of the first entry of an epoch

class Decided {
 public:
  void apply(const Event& event);

  // The origin's numbers up to this one are ordered or rejected.
  [[nodiscard]] std::uint64_t last_of(std::uint64_t origin) const;
  [[nodiscard]] bool rejected(EventId id) const { return rejected_.contains(id); }
  [[nodiscard]] bool ordered(EventId id) const { return id.number <= last_of(id.origin) && !rejected(id); }

  // Losses of memory that came with the last change of voters.
  [[nodiscard]] const Memories& memories() const { return memories_; }

  static void fields(auto& m, auto&& visit) {
    visit("last", m.last_), visit("rejected", m.rejected_), visit("memories", m.memories_);
  }

 private:
  std::map<std::uint64_t, std::uint64_t> last_;  // by origin; numbers are contiguous
  std::set<EventId> rejected_;
  Memories memories_;
};

}  // namespace core
