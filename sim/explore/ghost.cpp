#include "sim/explore/ghost.hpp"

#include <algorithm>

#include "sim/explore/state.hpp"

namespace sim {
namespace {

std::string name(core::Member member) {
  return "n" + std::to_string(member + 1);
}

}  // namespace

bool Ghost::chosen(core::EventId id) const {
  return std::any_of(chosen_.begin(), chosen_.end(), [&](const Chosen& c) { return c.id == id; });
}

void Ghost::broken(std::string invariant, std::string detail) {
  if (!breach_) breach_ = Breach{std::move(invariant), std::move(detail)};
}

void Ghost::on(const core::Record& fact, const core::Node& node) {
  switch (fact.kind) {
    case core::Kind::role:
      if (fact.role == core::Role::leader) on_leader(fact, node);
      return;
    case core::Kind::submit:
      accept(fact.id);
      return;
    case core::Kind::commit:
      committing_ = fact.epoch;
      return;
    case core::Kind::deliver:
      return on_deliver(fact);
    case core::Kind::violation:
      return broken(fact.more->text, fact.more->detail);
    default:
      return;
  }
}

bool Ghost::accept(core::EventId id) {
  if (std::find(submitted_.begin(), submitted_.end(), id) != submitted_.end()) return false;
  submitted_.push_back(id);
  return true;
}

void Ghost::on_leader(const core::Record& fact, const core::Node& node) {
  const auto same = std::find_if(leaders_.begin(), leaders_.end(), [&](auto& l) { return l.first == fact.epoch; });
  if (same != leaders_.end() && same->second != fact.node)
    broken("epoch_leader", name(fact.node) + " leads epoch " + std::to_string(fact.epoch) + ", which " +
                               name(same->second) + " has led");
  if (same == leaders_.end()) {
    leaders_.emplace_back(fact.epoch, fact.node);
    std::sort(leaders_.begin(), leaders_.end());
  }
  for (core::Seq seq = node.log().base().seq + 1; seq <= chosen_.size(); ++seq)
    if (chosen_[seq - 1].committed < fact.epoch &&
        (seq > node.log().size() || node.log().at(seq).event->id != chosen_[seq - 1].id))
      return broken("durability", name(fact.node) + " leads epoch " + std::to_string(fact.epoch) + " without number " +
                                      std::to_string(seq) + ", which was delivered");
}

void Ghost::on_deliver(const core::Record& fact) {
  if (fact.seq != next_[fact.node])
    broken("no_gap", name(fact.node) + " delivers number " + std::to_string(fact.seq) + " in place of " +
                         std::to_string(next_[fact.node]));
  next_[fact.node] = fact.seq + 1;
  if (fact.seq > chosen_.size()) return on_first(fact);
  if (chosen_[fact.seq - 1].id != fact.id)
    broken("prefix_agreement", name(fact.node) + " delivers another event at number " + std::to_string(fact.seq) +
                                   " than was delivered there before");
}

// The first to deliver a number fixes what is there.
void Ghost::on_first(const core::Record& fact) {
  const core::EventId id = fact.id;
  const bool known = std::find(submitted_.begin(), submitted_.end(), id) != submitted_.end();
  if (chosen(id)) broken("integrity", "an event is delivered at a second number");
  if (!id.internal() && !known) broken("integrity", "an event is delivered that nobody submitted");
  for (const core::EventId cause : fact.event->depends_on)
    if (!chosen(cause)) broken("causal", "an event is delivered before one that it depends on");
  for (const Chosen& other : chosen_)
    if (!id.internal() && other.id.origin == id.origin && other.id.number > id.number)
      broken("fifo", "an event is delivered after a later one of its origin");
  chosen_.push_back({id, committing_});
}

void Ghost::inspect(const std::vector<std::shared_ptr<const Process>>& processes, std::size_t quorum) {
  for (core::Seq seq = 1; seq <= chosen_.size(); ++seq) {
    const auto holds = [&](const auto& process) {
      const core::Log& log = process->disk.log;
      return seq <= log.base().seq || (seq <= log.size() && log.at(seq).event->id == chosen_[seq - 1].id);
    };
    if (static_cast<std::size_t>(std::count_if(processes.begin(), processes.end(), holds)) < quorum)
      return broken("durability",
                    "number " + std::to_string(seq) + " was delivered and is left on fewer disks than a quorum");
  }
}

}  // namespace sim
