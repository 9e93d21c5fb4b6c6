// Who is live and who can talk to whom, as the records tell it. Two nodes of which one has refused the other, because
// their settings differ, do not talk until one of them starts anew: so a node with other settings is alone on its
// side, and the others carry on without it.
#pragma once

#include <set>
#include <vector>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"
#include "sim/check/bits.hpp"
#include "sim/check/electorate.hpp"

namespace sim {

// Live nodes that reach one another over open two-way links, directly or through others of the side.
struct Side {
  Bits members;
  core::Member highest = core::kNobody;  // (rank, id) of those of its members that may lead
  bool majority = false;                 // a voter in it makes a quorum with the voters that it reaches directly
};

// REQUIRES: all that is given outlives it; the electorate has entered a record before this does.
class Connectivity {
 public:
  Connectivity(const core::Config& group, const Electorate& electorate);

  // Takes disturbances and refusals; other kinds change nothing here. Nodes and links outside the group are ignored.
  void on(const core::Record& record);
  // The electorate has changed otherwise.
  void compute_sides();

  [[nodiscard]] bool live(core::Member node) const { return nodes_[node].state == State::live; }
  // Crashed or paused (not: never started), since when.
  [[nodiscard]] bool stopped(core::Member node) const { return !live(node) && nodes_[node].started; }
  [[nodiscard]] core::Instant stopped_at(core::Member node) const { return nodes_[node].stopped_at; }
  [[nodiscard]] Bits live_nodes() const;
  // Nothing closes the link.
  [[nodiscard]] bool open(core::Link link) const;

  [[nodiscard]] const std::vector<Side>& sides() const { return sides_; }
  // Live, and makes a quorum with the live voters to which it has open two-way links.
  [[nodiscard]] bool hears_quorum(core::Member node) const { return live(node) && hears_quorum_.has(node); }
  // No link fault is in force, and the live nodes fall into sides within which everybody reaches everybody.
  [[nodiscard]] bool clean() const { return link_faults_.empty() && clean_; }

 private:
  enum class State : std::uint8_t { down, live, paused };
  struct Node {
    State state = State::down;
    bool started = false;
    core::Instant stopped_at;
  };

  struct LinkFault {
    std::uint64_t number = 0;         // the fault's
    std::vector<core::Member> nodes;  // each of them an end of a link that it changes

    friend bool operator==(const LinkFault&, const LinkFault&) = default;
  };

  void enter(core::Member node, State state, core::Instant at);
  void take_fault(const core::Record& record);
  void take_link_fault(const core::Record& record);
  void calm_links(std::vector<core::Member> members);
  void refuse(core::Member a, core::Member b);
  void forgive(core::Member node);
  void close_links();
  std::vector<Bits> reach();
  void add_side(core::Member first, const std::vector<Bits>& reach, Bits& placed);

  const core::Config* group_;
  const Electorate* electorate_;
  std::vector<Node> nodes_;
  std::vector<core::Link> faulted_;     // closed by faults
  std::set<core::Link> refused_;        // both directions
  std::vector<core::Link> closed_;      // either, ascending
  std::vector<LinkFault> link_faults_;  // in force
  std::vector<Side> sides_;
  Bits hears_quorum_;  // who is or was live and reaches one, itself included
  bool clean_ = true;  // no link is open in one direction only, and every side is a clique
};

}  // namespace sim
