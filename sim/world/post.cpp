#include "sim/world/post.hpp"

namespace sim {
namespace {

core::Details reason(const char* text) {
  return {.text = text, .detail = {}, .nodes = {}, .closed = {}};
}

// A message is named by the insertion number of its arrival; its copy is queued right after.
std::uint64_t number_of(const Due& due) {
  return due.kind() == Due::Kind::deliver_copy ? due.order() - 1 : due.order();
}

}  // namespace

Post::Post(Timeline& timeline, Network& network, Recorder& recorder, Script* script)
    : timeline_{timeline},
      network_{network},
      recorder_{recorder},
      script_{script},
      lost_{reason("lost")},
      closed_{reason("closed")},
      down_{reason("down")} {}

void Post::send(core::Link link, MessagePool::Slot slot, core::Epoch epoch) {
  core::Record sent = record(core::Kind::send, link, slot);
  const Fate fate = network_.send(timeline_.now(), link.from, link.to, pool_.bytes(slot), sent.type);
  if (script_ != nullptr) script_->passages.push_back({link, sent.type, pool_.bytes(slot), timeline_.now(), fate});
  sent.epoch = epoch;
  if (fate.kind != Fate::Kind::arrives) {
    sent.number = timeline_.take_order();
    recorder_.on(sent);
    core::Record dropped = record(core::Kind::drop, link, slot);
    dropped.number = sent.number;
    dropped.more = fate.kind == Fate::Kind::lost ? &lost_ : &closed_;
    return recorder_.on(dropped);
  }
  pool_.share(slot);
  sent.number = timeline_.push({fate.at, Due::Kind::deliver, link.to, link.from, slot});
  if (fate.copy != core::Instant::never()) {
    pool_.share(slot);
    timeline_.push({fate.copy, Due::Kind::deliver_copy, link.to, link.from, slot});
  }
  recorder_.on(sent);
}

void Post::received(const Due& due) {
  core::Record got = record(core::Kind::recv, {due.peer(), due.node()}, due.arg);
  got.number = number_of(due);
  recorder_.on(got);
}

void Post::drop(const Due& due, const core::Details& why) {
  core::Record dropped = record(core::Kind::drop, {due.peer(), due.node()}, due.arg);
  dropped.number = number_of(due);
  dropped.more = &why;
  recorder_.on(dropped);
  pool_.release(due.arg);
}

// `send` is the sender's record, the others are the receiver's.
core::Record Post::record(core::Kind kind, core::Link link, MessagePool::Slot slot) const {
  const bool sent = kind == core::Kind::send;
  core::Record record;
  record.kind = kind;
  record.type = pool_.at(slot).type();
  record.node = sent ? link.from : link.to;
  record.peer = sent ? link.to : link.from;
  return record;
}

}  // namespace sim
