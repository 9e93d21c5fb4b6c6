#include "sim/world/carrier.hpp"

#include <utility>

namespace sim {

Carrier::Carrier(Post& post, Recorder& recorder, Lamps& lamps) : post_{post}, recorder_{recorder}, lamps_{lamps} {}

Carrier::Then Carrier::carry_out_next(OpenStep& step, Host& host) {
  const core::Effect& effect = step.effects.list()[step.next++];
  switch (effect.kind) {
    case core::Effect::Kind::persist:
      return persist(step, host);
    case core::Effect::Kind::send:
      send(step, effect, host.node->epoch());
      break;
    case core::Effect::Kind::fact:
      return note(host, step.effects.facts()[effect.index]);
    case core::Effect::Kind::order:
      lamps_.obey(step.effects.orders()[effect.index]);
      break;
  }
  return Then::goes_on;
}

// Where syncs take time, one does for all that the step writes. Only a snapshot waits for its turn: it tells of
// deliveries, which come before it in the step and are not made yet.
Carrier::Then Carrier::persist(OpenStep& step, Host& host) {
  const std::vector<core::Effect>& effects = step.effects.list();
  if (step.next <= step.written) return Then::goes_on;
  if (host.disk.full()) return Then::stops;
  const auto write = [&](const core::Effect& effect) { host.disk.write(step.effects.persists()[effect.index]); };
  write(effects[step.next - 1]);
  if (host.disk.instant()) return Then::goes_on;
  for (step.written = step.next; step.written < effects.size(); ++step.written) {
    const core::Effect& effect = effects[step.written];
    if (effect.kind != core::Effect::Kind::persist) continue;
    if (std::holds_alternative<core::SnapshotTaken>(step.effects.persists()[effect.index])) break;
    write(effect);
  }
  return Then::after_sync;
}

// Some facts are also news about the host.
Carrier::Then Carrier::note(Host& host, core::Record fact) {
  if (fact.kind == core::Kind::crash) {
    host.left = fact.left;
    return Then::stops;
  }
  if (fact.kind == core::Kind::role) host.standing.leads = fact.role == core::Role::leader ? fact.epoch : 0;
  if (fact.kind == core::Kind::submit) host.submitted = fact.id;
  recorder_.on(fact);
  return Then::goes_on;
}

// A message moves into the post with its first send; all its receivers share it there.
void Carrier::send(OpenStep& step, const core::Effect& effect, core::Epoch epoch) {
  std::vector<core::Message>& messages = step.effects.messages();
  step.slots.resize(messages.size(), MessagePool::kNone);
  MessagePool::Slot& slot = step.slots[effect.index];
  if (slot == MessagePool::kNone) slot = post_.take_in(std::move(messages[effect.index]));
  post_.send({step.node, effect.to}, slot, epoch);
}

void Carrier::let_go(OpenStep& step) {
  for (const MessagePool::Slot slot : step.slots)
    if (slot != MessagePool::kNone) post_.release(slot);
  step.clear();
}

}  // namespace sim
