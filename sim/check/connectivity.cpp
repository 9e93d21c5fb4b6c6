#include "sim/check/connectivity.hpp"

#include <algorithm>

namespace sim {

using core::Kind;
using core::Link;
using core::Member;

Connectivity::Connectivity(const core::Config& group, const Electorate& electorate)
    : group_{&group}, electorate_{&electorate}, nodes_(group.size()) {}

void Connectivity::on(const core::Record& record) {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
      forgive(record.node);
      enter(record.node, State::live, record.at);
      break;
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
    case Kind::refused:
      refuse(record.node, record.peer);
      break;
    case Kind::leave:
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
  if (record.more->text == "link") take_link_fault(record);
  if (record.more->text == "calm") calm_links(record.more->nodes);
  faulted_ = record.more->closed;
  std::erase_if(faulted_, [&](Link link) { return link.from >= nodes_.size() || link.to >= nodes_.size(); });
  close_links();
}

void Connectivity::take_link_fault(const core::Record& record) {
  const LinkFault fault{record.number, record.more->nodes};
  if (record.kind == Kind::fault) return link_faults_.push_back(fault);
  const auto found = std::find(link_faults_.begin(), link_faults_.end(), fault);
  if (found != link_faults_.end()) link_faults_.erase(found);
}

// The links between two of them are as at the start; so what changed none but those is over.
void Connectivity::calm_links(std::vector<Member> members) {
  std::sort(members.begin(), members.end());
  std::erase_if(link_faults_, [&](const LinkFault& fault) {
    return std::all_of(fault.nodes.begin(), fault.nodes.end(),
                       [&](Member node) { return std::binary_search(members.begin(), members.end(), node); });
  });
}

void Connectivity::refuse(Member a, Member b) {
  if (a >= nodes_.size() || b >= nodes_.size()) return;
  refused_.insert({{a, b}, {b, a}});
  close_links();
}

void Connectivity::forgive(Member node) {
  if (std::erase_if(refused_, [&](Link link) { return link.from == node || link.to == node; }) != 0) close_links();
}

void Connectivity::close_links() {
  closed_ = faulted_;
  closed_.insert(closed_.end(), refused_.begin(), refused_.end());
  std::sort(closed_.begin(), closed_.end());
}

Bits Connectivity::live_nodes() const {
  Bits all;
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    if (live(static_cast<Member>(node))) all.insert(node);
  }
  return all;
}

bool Connectivity::open(Link link) const {
  return !std::binary_search(closed_.begin(), closed_.end(), link);
}

void Connectivity::compute_sides() {
  sides_.clear();
  clean_ = true;
  hears_quorum_.clear();
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
    if (live(from) && live(to) && open({to, from})) clean_ = false;
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
  const Bits& voters = electorate_->remembering();
  const bool together = reach.empty() && electorate_->is_quorum(side.members);
  for (const std::size_t node : found) {
    const auto member = static_cast<Member>(node);
    const bool quorum = reach.empty() ? together : electorate_->is_quorum(reach[node]);
    if (quorum) hears_quorum_.insert(node);
    side.majority = side.majority || (quorum && voters.has(node));
    clean_ = clean_ && (reach.empty() || reach[node].count() == found.size());
    if (!electorate_->may_lead(member)) continue;
    if (side.highest == core::kNobody || group_->outranks(member, side.highest)) side.highest = member;
  }
  sides_.push_back(std::move(side));
}

}  // namespace sim
