// Who is live and who can talk to whom, as the records tell it.
#pragma once

#include <map>
#include <vector>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"
#include "sim/check/bits.hpp"

namespace sim {

// The start of the run and these are what `settle` counts from.
constexpr bool is_disturbance(core::Kind kind) {
  using core::Kind;
  return kind == Kind::start || kind == Kind::restart || kind == Kind::crash || kind == Kind::pause ||
         kind == Kind::resume || kind == Kind::fault || kind == Kind::heal;
}

// Live nodes that reach one another over open two-way links, directly or through others of the side.
struct Side {
  Bits members;
  core::Member highest = core::kNobody;  // (rank, id) of its members
  bool majority = false;                 // a member of it makes a quorum with those whom it reaches directly
};

// REQUIRES: the configuration outlives it.
class Connectivity {
 public:
  explicit Connectivity(const core::Config& group);

  // Takes disturbances; other kinds change nothing here. Nodes and links outside the group are ignored.
  void on(const core::Record& record);

  [[nodiscard]] bool live(core::Member node) const { return nodes_[node].state == State::live; }
  // Crashed or paused (not: never started), since when.
  [[nodiscard]] bool stopped(core::Member node) const { return !live(node) && nodes_[node].started; }
  [[nodiscard]] core::Instant stopped_at(core::Member node) const { return nodes_[node].stopped_at; }
  [[nodiscard]] Bits live_nodes() const;
  // No fault closes the link, in either direction.
  [[nodiscard]] bool open(core::Member a, core::Member b) const;

  [[nodiscard]] const std::vector<Side>& sides() const { return sides_; }
  // Live, and makes a quorum with the live nodes to which it has open two-way links.
  [[nodiscard]] bool hears_quorum(core::Member node) const { return live(node) && reached_[node] >= quorum_; }
  // No link fault is in force, and the live nodes fall into sides within which everybody reaches everybody.
  [[nodiscard]] bool calm() const { return link_faults_.empty() && clean_; }

 private:
  enum class State : std::uint8_t { down, live, paused };
  struct Node {
    State state = State::down;
    bool started = false;
    core::Instant stopped_at;
  };

  void enter(core::Member node, State state, core::Instant at);
  void take_fault(const core::Record& record);
  void compute_sides();
  std::vector<Bits> reach();
  void add_side(core::Member first, const std::vector<Bits>& reach, Bits& placed);

  const core::Config* group_;
  std::size_t quorum_;
  std::vector<Node> nodes_;
  std::vector<core::Link> closed_;                      // ascending
  std::map<std::uint64_t, std::uint64_t> link_faults_;  // in force: the fault's number, how many times
  std::vector<Side> sides_;
  std::vector<std::size_t> reached_;  // by node: itself and those directly reached; 0 when not live
  bool clean_ = true;                 // no link is open in one direction only, and every side is a clique
};

}  // namespace sim
