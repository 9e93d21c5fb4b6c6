#include "core/store/durable.hpp"

#include "core/base/check.hpp"

namespace core {
namespace {

void apply_to(Durable& durable, const PromiseMade& record) {
  durable.promised = record.epoch;
  durable.promised_to = record.to;
}

void apply_to(Durable& durable, const LogWritten& record) {
  durable.log.write(record.entries);
}

void apply_to(Durable& durable, const SnapshotTaken& record) {
  durable.snapshot = record.snapshot;
  durable.log.begin_after(record.base);
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

void apply_to(Durable& durable, const MemoryLost& record) {
  durable.memories[record.member] = record.incarnation;
}

void apply_to(Durable& durable, const Recovered&) {
  durable.recovering = false;
}

}  // namespace

Durable Durable::forgotten(Member self, std::uint64_t incarnation) {
  Durable durable;
  durable.memories[self] = incarnation;
  durable.recovering = true;
  return durable;
}

void Durable::apply(const Persist& record) {
  std::visit([&](const auto& change) { apply_to(*this, change); }, record);
}

std::vector<EventRef> Durable::accepted_after(Member self, EventId known) const {
  const std::uint64_t own = EventId::of(self, 0, begins(memories, self)).origin;
  std::uint64_t last = known.origin == own ? known.number : 0;
  std::vector<EventRef> found;
  const auto consider = [&](const EventRef& event) {
    if (event->id.origin != own || event->id.number <= last) return;
    last = event->id.number;
    found.push_back(event);
  };
  for (Seq seq = log.base().seq + 1; seq <= log.size(); ++seq) consider(log.at(seq).event);
  for (const EventRef& event : pending) consider(event);
  return found;
}

}  // namespace core
