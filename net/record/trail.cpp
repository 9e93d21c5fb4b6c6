#include "net/record/trail.hpp"

#include <utility>

namespace net {
namespace {

void add(Sum& sum, const core::Event& event) {
  sum.words(event.id.origin, event.id.number, event.rejects.origin, event.rejects.number);
  sum.bytes(event.type), sum.bytes(event.payload);
  for (const core::EventId id : event.depends_on) sum.words(id.origin, id.number);
}

void add(Sum& sum, const core::PromiseMade& record) {
  sum.words(record.epoch, record.to);
}

void add(Sum& sum, const core::LogWritten& record) {
  for (const core::Entry& entry : record.entries)
    sum.words(entry.seq, entry.epoch, entry.event->id.origin, entry.event->id.number);
}

void add(Sum& sum, const core::SnapshotTaken& record) {
  sum.words(record.snapshot->checksum, record.base.epoch), sum.words(record.base.seq, 0);
}

void add(Sum& sum, const core::Accepted& record) {
  add(sum, *record.event);
}

void add(Sum& sum, const core::Settled& record) {
  sum.words(record.number, 0);
}

void add(Sum& sum, const core::RestraintSet& record) {
  sum.words(static_cast<std::uint64_t>(record.restraint.ns), 0);
}

void add(Sum& sum, const core::MemoryLost& record) {
  sum.words(record.member, record.incarnation);
}

void add(Sum&, const core::Recovered&) {}

void add(Sum& sum, const core::Details& details) {
  const core::DispatchFact& dispatch = details.dispatch;
  sum.bytes(details.text), sum.bytes(details.detail), sum.bytes(dispatch.crash);
  sum.bytes(dispatch.ambulance), sum.bytes(dispatch.hospital);
  sum.words(static_cast<std::uint64_t>(dispatch.step), static_cast<std::uint64_t>(dispatch.beds_free));
}

}  // namespace

Mark Trail::mark(core::Effect::Kind kind, std::size_t detail) {
  return {kind, static_cast<std::uint8_t>(detail), static_cast<std::uint16_t>(sum_.value())};
}

Mark Trail::persist(const core::Persist& record) {
  sum_.words(static_cast<std::uint64_t>(core::Effect::Kind::persist), record.index());
  std::visit([&](const auto& one) { add(sum_, one); }, record);
  return mark(core::Effect::Kind::persist, record.index());
}

// A message that goes to many is summed up once.
Mark Trail::send(core::Member to, const core::Message& message, std::string_view written) {
  if (std::exchange(number_, message.number) != message.number) bytes_ = sum_of(written);
  const auto type = static_cast<std::size_t>(message.type());
  sum_.words(static_cast<std::uint64_t>(core::Effect::Kind::send), type, to, bytes_);
  return mark(core::Effect::Kind::send, type);
}

// An event is summed up where it is persisted or sent; here its name does. All in one step: there are many of them.
Mark Trail::fact(const core::Record& fact) {
  const auto kind = static_cast<std::uint64_t>(fact.kind), role = static_cast<std::uint64_t>(fact.role);
  const std::uint64_t flags = (fact.forgot ? 1U : 0U) + (fact.left ? 2U : 0U);
  sum_.words(fact.epoch, fact.seq, fact.id.origin, fact.id.number);
  sum_.words(fact.number ^ kind << 56 ^ role << 48 ^ flags << 40,
             std::uint64_t{fact.phi_milli} << 32 | std::uint64_t{fact.node} << 16 | fact.peer);
  if (fact.more != nullptr) add(sum_, *fact.more);
  return mark(core::Effect::Kind::fact, kind);
}

Mark Trail::order(const core::LampOrder& order) {
  const auto what = static_cast<std::uint64_t>(order.what);
  const auto span = [](core::Duration duration) { return static_cast<std::uint64_t>(duration.ns); };
  sum_.words(static_cast<std::uint64_t>(core::Effect::Kind::order), what, order.number, order.boot);
  sum_.words(std::uint64_t{order.lamp.intersection} << 32 | order.lamp.approach,
             static_cast<std::uint64_t>(order.until.ns));
  sum_.words(span(order.green), span(order.yellow)), sum_.words(span(order.min_green), 0);
  return mark(core::Effect::Kind::order, what);
}

}  // namespace net
