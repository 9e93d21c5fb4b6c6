// What a node does for the lights: as leader it proposes the next call or green, and as the keeper of lamps it tells
// the group what they report. Nothing here is agreed on; but that a green is proposed only when all earlier ones at the
// intersection are over is what keeps two conflicting greens apart:
//
//   a lamp said "ready" at L by its own clock, and is green until L + lease at most, by that clock;
//   this node learnt of the green later than that, and waits for the lease by its own clock, stretched by how much two
//   clocks may differ in rate; or for the lamp's word that it is red again for good; and then for all-red;
//   its own green then names the one before: if there was one of which it did not know, its own comes to nothing.
#pragma once

#include <map>
#include <vector>

#include "core/city/lights.hpp"
#include "core/city/proposals.hpp"

namespace core {

class LightsKeeper {
 public:
  LightsKeeper() = default;
  // `drift`: how wrong the rate of any clock may be, in millionths.
  LightsKeeper(const LightsPlan& plan, std::uint32_t drift);

  // The state may have changed: begins to wait for what is new in it. To be called before anything is proposed.
  void look(Instant now, const Lights& state, const LightsPlan& plan);
  // A lamp of this node has spoken; appends what to tell the group.
  void hear(const LampReport& report, const Lights& state, const LightsPlan& plan, std::vector<Proposal>& out);
  // What lamps reported before this node knew of their greens.
  void tell_red(const Lights& state, std::vector<Proposal>& out) const;
  // As leader: appends what to propose now. Returns when to ask again.
  Instant propose(Instant now, const Lights& state, const LightsPlan& plan, std::vector<Proposal>& out) const;

  static void fields(auto& m, auto&& visit) { visit("seen", m.seen_), visit("reports", m.reports_); }

 private:
  struct SeenApproach {
    std::uint64_t leased = 0;
    bool open = false;
    Instant clear;  // from then on nothing of it stands in the way of another green
    static void fields(auto& m, auto&& visit) {
      visit("leased", m.leased), visit("open", m.open), visit("clear", m.clear);
    }
  };
  struct Seen {
    std::uint64_t calls = 0;
    Instant called;  // when it learnt of the last call
    std::vector<SeenApproach> approaches;
    static void fields(auto& m, auto&& visit) {
      visit("calls", m.calls), visit("called", m.called), visit("approaches", m.approaches);
    }
  };

  [[nodiscard]] Duration stretched(Duration span) const;
  Instant propose_at(Instant now, std::uint32_t i, const Lights& state, const LightsPlan& plan,
                     std::vector<Proposal>& out) const;
  Instant propose_green(Instant now, std::uint32_t i, const Lights& state, const LightsPlan& plan,
                        std::vector<Proposal>& out) const;

  std::int64_t drift_ = 0;
  std::vector<Seen> seen_;                  // by intersection
  std::map<LampName, LampReport> reports_;  // the latest of own lamps
};

}  // namespace core
