// A node's copy of the total order. It only ever grows at its end or is cut from the first entry that conflicts
// with one given by a leader; a prefix that ends in an equal (epoch, seq) on two nodes is equal on both.
#pragma once

#include <span>
#include <vector>

#include "core/event/event.hpp"

namespace core {

class Log {
 public:
  Log() = default;
  explicit Log(std::vector<Entry> entries) : entries_{std::move(entries)} {}

  [[nodiscard]] Point last() const { return entries_.empty() ? Point{} : entries_.back().point(); }
  [[nodiscard]] Seq size() const { return entries_.size(); }
  // REQUIRES: 1 <= seq <= size().
  [[nodiscard]] const Entry& at(Seq seq) const { return entries_[seq - 1]; }
  // The place of entry `seq`; the beginning for 0. REQUIRES: seq <= size().
  [[nodiscard]] Point point_at(Seq seq) const { return {epoch_at(seq), seq}; }
  // True if the log has this very entry; {0, 0} is the beginning, which every log has.
  [[nodiscard]] bool has(Point point) const { return point.seq <= size() && epoch_at(point.seq) == point.epoch; }
  // The latest place at which this log may still equal another that reaches `point`: at most its seq and its epoch.
  // Asking each other for floors, two logs find their last common place within one round per epoch.
  [[nodiscard]] Point floor(Point point) const;
  // What follows `after`, up to `last` and about `bytes` bytes, one entry at least if there is any.
  [[nodiscard]] std::vector<Entry> piece(Seq after, Seq last, std::size_t bytes) const;

  // True if the entries come one after another from `previous` on, as a message must have them.
  [[nodiscard]] static bool follow(Point previous, std::span<const Entry> entries);
  // The first of `entries` that this log lacks or has otherwise: index into `entries`, their count if all are here.
  [[nodiscard]] std::size_t first_new(std::span<const Entry> entries) const;
  // Cuts at the first of `entries` and appends them. REQUIRES: consecutive, and connecting: first seq <= size() + 1.
  void write(std::span<const Entry> entries);

  static void fields(auto& m, auto&& visit) { visit("entries", m.entries_); }

 private:
  [[nodiscard]] Epoch epoch_at(Seq seq) const { return seq == 0 ? 0 : at(seq).epoch; }

  std::vector<Entry> entries_;  // entries_[i].seq == i + 1, epochs never fall
};

}  // namespace core
