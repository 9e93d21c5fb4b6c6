#include "core/store/durable.hpp"

#include "core/base/check.hpp"

namespace core {
namespace {

void apply_to(Durable& durable, const PromiseMade& record) {
  durable.promised = record.epoch;
  durable.promised_to = record.to;
}

void apply_to(Durable& durable, const LogWritten& record) {
  check(!record.entries.empty() && record.entries.front().seq <= durable.log.size() + 1, "a log has no gaps");
  durable.log.resize(record.entries.front().seq - 1);
  durable.log.insert(durable.log.end(), record.entries.begin(), record.entries.end());
}

void apply_to(Durable& durable, const Accepted& record) {
  durable.last_number = record.event->id.number;
  durable.pending.push_back(record.event);
}

void apply_to(Durable& durable, const Settled& record) {
  while (!durable.pending.empty() && durable.pending.front()->id.number <= record.number) durable.pending.pop_front();
}

void apply_to(Durable& durable, const RestraintSet& record) {
  durable.restraint = record.restraint;
}

}  // namespace

void Durable::apply(const Persist& record) {
  std::visit([&](const auto& change) { apply_to(*this, change); }, record);
}

}  // namespace core
