#include "sim/check/connectivity.hpp"

#include <algorithm>

#include "core/group/voters.hpp"

namespace sim {

using core::Kind;
using core::Link;
using core::Member;

Connectivity::Connectivity(const core::Config& group)
    : group_{&group},
      quorum_{group.quorum_of(core::founders_of(group).count())},
      nodes_(group.size()),
      reached_(group.size()) {}

void Connectivity::on(const core::Record& record) {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
    case Kind::resume:
      enter(record.node, State::live, record.at);
      break;
    case Kind::crash:
      enter(record.node, State::down, record.at);
      break;
    case Kind::pause:
      enter(record.node, State::paused, record.at);
      break;
    case Kind::fault:
    case Kind::heal:
      take_fault(record);
      break;
    default:
      return;
  }
  compute_sides();
}

void Connectivity::enter(Member member, State state, core::Instant at) {
  if (member >= nodes_.size()) return;
  Node& node = nodes_[member];
  if (node.state == State::live && state != State::live) node.stopped_at = at;
  if (state == State::live) node.started = true;
  node.state = state;
}

void Connectivity::take_fault(const core::Record& record) {
  if (record.more == nullptr) return;
  if (record.more->text == "heal") link_faults_.clear();
  if (record.more->text == "link" && record.kind == Kind::fault) ++link_faults_[record.number];
  if (record.more->text == "link" && record.kind == Kind::heal) {
    const auto found = link_faults_.find(record.number);
    if (found != link_faults_.end() && --found->second == 0) link_faults_.erase(found);
  }
  closed_ = record.more->closed;
  std::erase_if(closed_, [&](Link link) { return link.from >= nodes_.size() || link.to >= nodes_.size(); });
  std::sort(closed_.begin(), closed_.end());
}

Bits Connectivity::live_nodes() const {
  Bits all;
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    if (live(static_cast<Member>(node))) all.insert(node);
  }
  return all;
}

bool Connectivity::open(Member a, Member b) const {
  return !std::binary_search(closed_.begin(), closed_.end(), Link{a, b}) &&
         !std::binary_search(closed_.begin(), closed_.end(), Link{b, a});
}

void Connectivity::compute_sides() {
  sides_.clear();
  clean_ = true;
  std::fill(reached_.begin(), reached_.end(), 0);
  const std::vector<Bits> reached = reach();
  Bits placed;
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    if (live(static_cast<Member>(node)) && !placed.has(node)) add_side(static_cast<Member>(node), reached, placed);
  }
}

// Whom each live node reaches directly, itself included; empty when all reach all, which needs no table.
std::vector<Bits> Connectivity::reach() {
  const bool matters =
      std::any_of(closed_.begin(), closed_.end(), [&](Link link) { return live(link.from) && live(link.to); });
  if (!matters) return {};
  std::vector<Bits> table(nodes_.size(), live_nodes());
  for (const auto [from, to] : closed_) {
    table[from].erase(to);
    table[to].erase(from);
    if (live(from) && live(to) && !std::binary_search(closed_.begin(), closed_.end(), Link{to, from})) clean_ = false;
  }
  return table;
}

// The side of a node that is in none yet, found by following links from it.
void Connectivity::add_side(Member first, const std::vector<Bits>& reach, Bits& placed) {
  Side side;
  std::vector<std::size_t> found{first};
  if (reach.empty()) {
    side.members = live_nodes();
    found.clear();
    side.members.each([&](std::size_t node) { found.push_back(node); });
  }
  side.members.insert(first);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!reach.empty()) {
      reach[found[i]].minus(side.members).each([&](std::size_t next) {
        side.members.insert(next);
        found.push_back(next);
      });
    }
    placed.insert(found[i]);
  }
  side.highest = first;
  for (const std::size_t node : found) {
    reached_[node] = reach.empty() ? found.size() : reach[node].count();
    side.majority = side.majority || reached_[node] >= quorum_;
    clean_ = clean_ && reached_[node] == found.size();
    if (group_->outranks(static_cast<Member>(node), side.highest)) side.highest = static_cast<Member>(node);
  }
  sides_.push_back(std::move(side));
}

}  // namespace sim
