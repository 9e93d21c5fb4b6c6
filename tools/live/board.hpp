// Memory that the processes of a live run share, made before the first of them is forked. It outlives any of them, so
// what a node has written here counts even if it is killed in the next instant.
//
// - Each node writes its records into a ring of its own; only the run that watches it reads them, and every byte is
//   written before its count, which tells the reader that it is there.
// - While a node is making a record, `pending` holds a time that the record cannot be earlier than. So the reader
//   knows up to which time it has seen everything: up to the earliest pending, or up to the moment in which it looked
//   before it found nothing pending.
// - The journal is what faults have done to links, clocks and disks, in order; nodes read it before every message.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace tools {

class Board {
 public:
  static constexpr std::size_t kRingBytes = 8 << 20, kJournalBytes = 4 << 20;

  // Throws std::system_error if there is no memory.
  explicit Board(std::size_t members);
  ~Board();
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  // The run's time 0, by the machine's clock; set once, before the nodes go.
  void set_origin(core::Instant origin);
  [[nodiscard]] core::Instant origin() const;
  // The time of the run.
  [[nodiscard]] core::Instant now() const;

  // By the node: the next record will not be earlier than now. Returns now.
  core::Instant begin(core::Member member);
  // By the node: it is there. Waits while the reader is behind by a whole ring.
  void publish(core::Member member, std::string_view record);

  // By the reader: no record before this will come any more (of `members`, who are running).
  [[nodiscard]] core::Instant complete_until(std::span<const core::Member> members) const;
  // By the reader: the next record, if there is one.
  bool take(core::Member member, std::string& record);
  // By the reader, when the node's process is gone: it is making no record.
  void forget_pending(core::Member member);

  // By the run alone.
  void write_journal(std::string_view entry);
  // The entry at a place, and the place of the next; nothing: there is none yet.
  [[nodiscard]] std::string_view journal_at(std::size_t& place) const;

 private:
  struct Shared;
  struct Ring;
  [[nodiscard]] Ring& ring(core::Member member) const;
  [[nodiscard]] char* journal() const;

  std::size_t members_, size_;
  Shared* shared_;
};

}  // namespace tools
