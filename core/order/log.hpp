// A node's copy of the total order, from where its snapshot leaves off or somewhat before. It only ever grows at its
// end or is cut from the first entry that conflicts with one given by a leader; a prefix that ends in an equal
// (epoch, seq) on two nodes is equal on both. What was dropped at the front is committed, so every leader has it too.
#pragma once

#include <span>
#include <vector>

#include "core/event/event.hpp"

namespace core {

class Log {
 public:
  Log() = default;
  explicit Log(std::vector<Entry> entries) : entries_{std::move(entries)} {}

  [[nodiscard]] Point last() const { return entries_.empty() ? base_ : entries_.back().point(); }
  // The number of its last entry.
  [[nodiscard]] Seq size() const { return base_.seq + entries_.size(); }
  // The place before its first entry; {0, 0} unless entries were dropped.
  [[nodiscard]] Point base() const { return base_; }
  // REQUIRES: base().seq < seq <= size().
  [[nodiscard]] const Entry& at(Seq seq) const { return entries_[seq - base_.seq - 1]; }
  // The place of entry `seq`. REQUIRES: base().seq <= seq <= size().
  [[nodiscard]] Point point_at(Seq seq) const { return {epoch_at(seq), seq}; }
  // True if the log has this very entry, or had it: what was dropped is equal everywhere.
  [[nodiscard]] bool has(Point point) const {
    return point.seq < base_.seq || (point.seq <= size() && epoch_at(point.seq) == point.epoch);
  }
  // Somewhere from base() on this log may meet another that reaches `point`. False: it needs the state at base().
  [[nodiscard]] bool may_meet(Point point) const { return point.seq >= base_.seq && point.epoch >= base_.epoch; }
  // The latest place at which this log may still equal another that reaches `point`: at most its seq and its epoch,
  // base() if there is none. Asking each other for floors, two logs find their last common place within one round per
  // epoch.
  [[nodiscard]] Point floor(Point point) const;
  // What follows `after`, up to `last` and about `bytes` bytes, one entry at least if there is any.
  // REQUIRES: after >= base().seq.
  [[nodiscard]] std::vector<Entry> piece(Seq after, Seq last, std::size_t bytes) const;

  // True if the entries come one after another from `previous` on, as a message must have them.
  [[nodiscard]] static bool follow(Point previous, std::span<const Entry> entries);
  // The first of `entries` that this log lacks or has otherwise: index into `entries`, their count if all are here.
  [[nodiscard]] std::size_t first_new(std::span<const Entry> entries) const;
  // Cuts at the first of `entries` and appends them. REQUIRES: consecutive, and connecting: first seq <= size() + 1.
  void write(std::span<const Entry> entries);
  // A snapshot stands for everything up to `base`: drops that, or the whole log if it does not have that very entry.
  void begin_after(Point base);

  friend bool operator==(const Log&, const Log&) = default;
  static void fields(auto& m, auto&& visit) { visit("base", m.base_), visit("entries", m.entries_); }

 private:
  [[nodiscard]] Epoch epoch_at(Seq seq) const { return seq == base_.seq ? base_.epoch : at(seq).epoch; }

  Point base_;
  std::vector<Entry> entries_;  // entries_[i].seq == base_.seq + i + 1, epochs never fall
};

}  // namespace core
