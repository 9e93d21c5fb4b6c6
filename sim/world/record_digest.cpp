#include "sim/world/record_digest.hpp"

namespace sim {
namespace {

void absorb(core::Hasher& hasher, const core::EventId& id) {
  hasher.word(id.origin);
  hasher.word(id.number);
}

void absorb(core::Hasher& hasher, const core::Event& event) {
  absorb(hasher, event.id);
  hasher.word(event.depends_on.size());
  for (const core::EventId& cause : event.depends_on) absorb(hasher, cause);
  hasher.text(event.type);
  absorb(hasher, event.rejects);
}

void absorb(core::Hasher& hasher, const core::Details& more) {
  hasher.text(more.text);
  hasher.text(more.detail);
  hasher.word(more.nodes.size());
  for (const core::Member member : more.nodes) hasher.word(member);
  hasher.word(more.closed.size());
  for (const core::Link link : more.closed) hasher.word(std::uint64_t{link.from} << 16 | link.to);
}

void absorb(core::Hasher& hasher, const core::DispatchFact& fact) {
  hasher.text(fact.crash);
  hasher.word(static_cast<std::uint64_t>(fact.step));
  hasher.text(fact.ambulance);
  hasher.text(fact.hospital);
  hasher.word(static_cast<std::uint64_t>(fact.beds_free));
}

void absorb(core::Hasher& hasher, const core::LightFact& fact) {
  hasher.word(std::uint64_t{fact.lamp.intersection} << 32 | fact.lamp.approach);
  hasher.word(static_cast<std::uint64_t>(fact.colour));
  hasher.word(static_cast<std::uint64_t>(fact.until.ns));
}

}  // namespace

void absorb(core::Hasher& hasher, const core::Record& record) {
  hasher.word(static_cast<std::uint64_t>(record.at.ns));
  hasher.word(static_cast<std::uint64_t>(record.kind) | static_cast<std::uint64_t>(record.type) << 8 |
              static_cast<std::uint64_t>(record.role) << 16 | std::uint64_t{record.node} << 32 |
              std::uint64_t{record.peer} << 48);
  hasher.word(record.number);
  if (record.forgot || record.left) hasher.word(1);
  if (record.kind == core::Kind::recv) return;
  hasher.word(record.epoch);
  if (record.kind == core::Kind::send) return;
  hasher.word(record.seq);
  absorb(hasher, record.id);
  if (record.event != nullptr) absorb(hasher, *record.event);
  if (record.kind == core::Kind::dispatch) return absorb(hasher, record.more->dispatch);
  if (record.kind == core::Kind::light) return absorb(hasher, record.more->light);
  if (record.more != nullptr) absorb(hasher, *record.more);
}

}  // namespace sim
