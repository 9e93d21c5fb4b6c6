// Finds out whom a target means at the moment when it is needed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/member_set.hpp"
#include "core/base/rng.hpp"
#include "core/group/config.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

enum class Life : std::uint8_t { up, paused, down };

// What is known of a member from outside: all that targets look at.
struct Standing {
  Life life = Life::down;
  core::Epoch leads = 0;  // the epoch that it leads by its own `role` records; 0 = none
  bool present = true;    // it has started and not left for good
};

// For one strike of a fault, so that random atoms of one strike draw different nodes.
// REQUIRES: config and standings outlive it.
class Targets {
 public:
  // `it`: whose record set the fault off, or kNobody.
  Targets(const core::Config& config, const std::vector<Standing>& standings, Member it, core::Rng rng);

  // Ascending, each member once; empty when nobody fits.
  std::vector<Member> find(const Target& target);

  // All members in an order drawn once, who is not present last.
  const std::vector<Member>& shuffled();

  [[nodiscard]] Life life(Member member) const { return standings_[member].life; }
  [[nodiscard]] std::size_t size() const { return standings_.size(); }

 private:
  void find(const Atom& atom, core::MemberSet& found);
  void draw(std::uint32_t count, core::MemberSet& found);
  void draw_from(std::vector<Member> pool, std::uint32_t& count, core::MemberSet& found);
  [[nodiscard]] std::size_t present() const;  // at least one
  [[nodiscard]] Member leader() const;
  [[nodiscard]] Member outermost(bool highest) const;
  [[nodiscard]] bool live(Member member) const { return standings_[member].life == Life::up; }

  const core::Config& config_;
  const std::vector<Standing>& standings_;
  Member it_;
  core::Rng rng_;
  core::MemberSet drawn_;         // by the random atoms so far
  std::vector<Member> shuffled_;  // empty until needed
};

}  // namespace sim
