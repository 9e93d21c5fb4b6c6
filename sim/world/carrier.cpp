#include "sim/world/carrier.hpp"

#include <utility>

namespace sim {

Carrier::Carrier(Post& post, Recorder& recorder) : post_{post}, recorder_{recorder} {}

bool Carrier::carry_out_next(Step& step, Host& host) {
  const core::Effect& effect = step.effects.list()[step.next++];
  switch (effect.kind) {
    case core::Effect::Kind::persist:
      host.durable.apply(step.effects.persists()[effect.index]);
      break;
    case core::Effect::Kind::send:
      send(step, effect, host.node->epoch());
      break;
    case core::Effect::Kind::fact:
      return note(host, step.effects.facts()[effect.index]);
  }
  return true;
}

// Some facts are also news about the host.
bool Carrier::note(Host& host, core::Record fact) {
  if (fact.kind == core::Kind::crash) {
    host.left = fact.left;
    return false;
  }
  if (fact.kind == core::Kind::role) host.standing.leads = fact.role == core::Role::leader ? fact.epoch : 0;
  if (fact.kind == core::Kind::submit) host.submitted = fact.id;
  recorder_.on(fact);
  return true;
}

// A message moves into the post with its first send; all its receivers share it there.
void Carrier::send(Step& step, const core::Effect& effect, core::Epoch epoch) {
  std::vector<core::Message>& messages = step.effects.messages();
  step.slots.resize(messages.size(), MessagePool::kNone);
  MessagePool::Slot& slot = step.slots[effect.index];
  if (slot == MessagePool::kNone) slot = post_.take_in(std::move(messages[effect.index]));
  post_.send({step.node, effect.to}, slot, epoch);
}

void Carrier::let_go(Step& step) {
  for (const MessagePool::Slot slot : step.slots)
    if (slot != MessagePool::kNone) post_.release(slot);
  step.clear();
}

}  // namespace sim
