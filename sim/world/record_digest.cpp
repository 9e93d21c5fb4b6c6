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
  if (record.more != nullptr) absorb(hasher, *record.more);
}

}  // namespace sim
