// All states of a small group that its bounds allow, depth first. Of steps that commute one order is enough: a step
// that was tried before a sibling sleeps below that sibling until something comes that it does not commute with
// (Godefroid: "Partial-order methods for the verification of concurrent systems", 1996, chapter 5; states that are
// seen again with fewer steps asleep are taken up again for those).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/explore/model.hpp"
#include "sim/explore/visited.hpp"

namespace sim {

struct SearchLimits {
  std::uint64_t states = UINT64_MAX;
  std::uint32_t depth = UINT32_MAX - 2;
  bool reduce = true;  // false: every order of everything, to check the reduction against
};

struct Found {
  Breach breach;
  std::vector<Step> path;  // from the beginning to it
};

class Search {
 public:
  // REQUIRES: the model outlives the search.
  Search(Model& model, State start, SearchLimits limits);

  // Goes on for about so many steps. False: there is nothing left to do.
  bool go_on(std::uint64_t steps);

  [[nodiscard]] const std::optional<Found>& found() const { return found_; }
  [[nodiscard]] std::uint64_t states() const { return visited_.size(); }
  [[nodiscard]] std::size_t bytes() const { return visited_.bytes(); }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }  // taken
  [[nodiscard]] std::uint32_t deepest() const { return deepest_; }
  [[nodiscard]] std::uint64_t beyond() const { return beyond_; }  // steps that led out of the bounds
  // States not followed: at the depth limit, or with steps left when the search ended.
  [[nodiscard]] std::uint64_t frontier() const;
  // Everything was followed.
  [[nodiscard]] bool exhausted() const { return path_.empty() && cut_off_ == 0 && !found_; }

 private:
  struct Frame {
    State state;
    Step by;                  // how it was reached
    std::vector<Step> steps;  // to be taken
    std::size_t next = 0;
    std::uint64_t asleep = 0;
  };

  [[nodiscard]] bool reduces() const { return limits_.reduce && in_any_order_; }
  [[nodiscard]] core::Digest key_of(const State& state) const;
  void enter(State state, const Step& by, std::uint64_t asleep);
  void advance(Frame& frame);
  [[nodiscard]] std::uint64_t bit(const State& state, const Step& step) const;
  [[nodiscard]] std::uint64_t still_asleep(std::uint64_t asleep, std::uint64_t step) const;
  void report(const State& state, const Step& last);

  Model& model_;
  SearchLimits limits_;
  std::size_t size_;
  bool in_any_order_;  // else the order of sending decides, and no two steps commute
  Visited visited_;
  std::vector<Step> commuting_;         // by bit
  std::vector<std::uint64_t> commute_;  // by bit: the bits of what commutes with it
  std::vector<Frame> path_;
  std::optional<Found> found_;
  std::uint64_t steps_ = 0, beyond_ = 0, cut_off_ = 0;
  std::uint32_t deepest_ = 0;
};

}  // namespace sim
