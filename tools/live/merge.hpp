// The records of all processes of a live run, and its own, as one sequence in the order of time.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "tools/live/board.hpp"
#include "tools/live/record_bytes.hpp"

namespace tools {

// Sees a node's records as soon as they are read, before they are put in order, and what it orders between them.
struct Early {
  virtual void see(core::Record& record) = 0;
  virtual void command(const core::LampOrder& order) = 0;

 protected:
  ~Early() = default;
};

class Merge final : public core::RecordSink {
 public:
  // REQUIRES: the board outlives it.
  Merge(std::size_t members, Board& board) : board_{board}, queues_(members + 1), floors_(members) {}

  // A record of the run itself; it is stamped here, but a `light`, which says when the lamp changed: just now. After a
  // member's `crash`, `pause` or `resume` no record of that member is earlier: what a node had stamped and not yet
  // written when it was stopped has had no effect yet.
  void on(const core::Record& record) override;

  // Takes in what the nodes have written; `early` is shown each record as it comes.
  // `running`: who may be writing.
  void collect(std::span<const core::Member> running, Early& early);
  // As collect(), of one node that is gone, with all that it has written.
  void collect_last(core::Member member, Early& early);

  // Up to when all records are here.
  [[nodiscard]] core::Instant complete_until() const { return complete_until_; }
  // The earliest of them, up to that time.
  std::optional<OwnedRecord> next();

 private:
  void read(core::Member member, Early& early);
  void name_message(core::Record& record);

  Board& board_;
  std::vector<std::deque<OwnedRecord>> queues_;  // by member; the run's own last
  std::vector<core::Instant> floors_;            // by member
  core::Instant complete_until_;
  std::map<std::tuple<core::Member, core::Member, std::uint64_t>, std::uint64_t> messages_;  // from, to, its number
  std::string bytes_;
};

}  // namespace tools
