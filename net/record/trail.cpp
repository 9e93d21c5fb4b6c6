#include "net/record/trail.hpp"

#include "core/base/hash.hpp"

namespace net {
namespace {

using core::Hasher;

void add(Hasher& out, const core::PromiseMade& record) {
  out.word(record.epoch), out.word(record.to);
}

void add(Hasher& out, const core::LogWritten& record) {
  core::hash(out, record.entries);
}

void add(Hasher& out, const core::SnapshotTaken& record) {
  out.word(record.snapshot->checksum), core::hash(out, record.base);
}

void add(Hasher& out, const core::Accepted& record) {
  core::hash(out, record.event);
}

void add(Hasher& out, const core::Settled& record) {
  out.word(record.number);
}

void add(Hasher& out, const core::RestraintSet& record) {
  core::hash(out, record.restraint);
}

void add(Hasher& out, const core::MemoryLost& record) {
  out.word(record.member), out.word(record.incarnation);
}

void add(Hasher&, const core::Recovered&) {}

std::uint64_t sum_of(std::string_view bytes) {
  Hasher hasher;
  hasher.text(bytes);
  return hasher.digest().low;
}

std::uint64_t packed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return a << 40 | b << 20 | c;
}

}  // namespace

Mark Trail::mark(core::Effect::Kind kind, std::size_t detail) {
  sums_.word(packed(1, static_cast<std::uint64_t>(kind), detail));
  return {kind, static_cast<std::uint8_t>(detail), static_cast<std::uint32_t>(sums_.digest().low)};
}

Mark Trail::persist(const core::Persist& record) {
  std::visit([&](const auto& one) { add(sums_, one); }, record);
  return mark(core::Effect::Kind::persist, record.index());
}

// A message that goes to many is summed up once.
Mark Trail::send(core::Member to, const core::Message& message, std::string_view written) {
  if (message.number != number_) number_ = message.number, bytes_ = sum_of(written);
  sums_.word(to), sums_.word(bytes_);
  return mark(core::Effect::Kind::send, static_cast<std::size_t>(message.type()));
}

// An event is summed up where it is persisted or sent; here its name does.
Mark Trail::fact(const core::Record& fact) {
  sums_.word(packed(static_cast<std::uint64_t>(fact.role), fact.forgot ? 1 : 0, fact.left ? 1 : 0));
  sums_.word(packed(fact.phi_milli, fact.node, fact.peer)), sums_.word(fact.epoch), sums_.word(fact.seq);
  sums_.word(fact.number), core::hash(sums_, fact.id);
  if (fact.more != nullptr) sums_.text(fact.more->text), sums_.text(fact.more->detail);
  return mark(core::Effect::Kind::fact, static_cast<std::size_t>(fact.kind));
}

}  // namespace net
