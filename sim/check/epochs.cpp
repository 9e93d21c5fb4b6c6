#include "sim/check/epochs.hpp"

#include <algorithm>

namespace sim {

using core::Kind;
using core::Record;

void EpochChecker::on(const Record& record) {
  Node& node = nodes_[record.node];
  switch (record.kind) {
    case Kind::role:
      check_epoch(record, node.promised, "is in epoch ");
      if (record.role == core::Role::leader) leads(record);
      break;
    case Kind::leader:
      if (record.peer != core::kNobody) check_epoch(record, node.followed, "follows a leader of epoch ");
      break;
    case Kind::order:
      leads(record);
      break;
    case Kind::commit:
      check_commit(record);
      break;
    case Kind::start:
    case Kind::restart:
      node.committed = 0;
      break;
    default:
      break;
  }
}

void EpochChecker::leads(const Record& record) {
  findings_->saw(Invariant::epoch_leader);
  const auto [known, fresh] = leader_of_.try_emplace(record.epoch, record.node);
  if (fresh || known->second == record.node) return;
  findings_->violated(Invariant::epoch_leader, record.at, [&] {
    return "epoch " + std::to_string(record.epoch) + " is led by " + names_.of(known->second) + " and by " +
           names_.of(record.node);
  });
}

void EpochChecker::check_epoch(const Record& record, core::Epoch& highest, const char* what) {
  findings_->saw(Invariant::monotone);
  if (record.epoch < highest) {
    findings_->violated(Invariant::monotone, record.at, [&] {
      return names_.of(record.node) + " " + what + std::to_string(record.epoch) + ", after epoch " +
             std::to_string(highest);
    });
  }
  highest = std::max(highest, record.epoch);
}

void EpochChecker::check_commit(const Record& record) {
  findings_->saw(Invariant::monotone);
  core::Seq& committed = nodes_[record.node].committed;
  if (record.seq < committed) {
    findings_->violated(Invariant::monotone, record.at, [&] {
      return names_.of(record.node) + " commits up to " + std::to_string(record.seq) + ", after " +
             std::to_string(committed);
    });
  }
  committed = std::max(committed, record.seq);
}

}  // namespace sim
