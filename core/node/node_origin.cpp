// Events of this node on their way into the order, and the help it gives to those who cannot reach the leader.
#include <algorithm>
#include <utility>

#include "core/node/node.hpp"

namespace core {

EventId Node::submit(Instant now, const Submission& submission, Effects& out) {
  const Step s{now, out};
  if (halted_ || retiring_ || outbox_.full()) {
    out.fact(Record{.kind = Kind::reject, .node = self_}, Details{retiring_ ? "leaving" : "overloaded", {}, {}, {}});
    return {};
  }
  const EventId id{origin(), outbox_.next_number()};
  auto event = std::make_shared<const Event>(Event{.id = id,
                                                   .depends_on = submission.depends_on,
                                                   .type = submission.type,
                                                   .payload = submission.payload,
                                                   .rejects = {}});
  out.persist(Accepted{event});
  out.fact(Record{.kind = Kind::submit, .node = self_, .id = id}, event);
  outbox_.push(std::move(event));
  push_out(s);
  return id;
}

// Hands the leader what it has not been given yet; a leader hands it to itself.
void Node::push_out(Step s) {
  if (outbox_.empty() || !following_.trusted) return;
  const Member way = way_ = way_to_leader();
  for (std::vector<EventRef> events = outbox_.unsent(); !events.empty(); events = outbox_.unsent()) {
    if (role_ != Role::leader) {
      send(s, way, Submit{0, std::move(events)});
      continue;
    }
    std::vector<CausalBuffer::Verdict> verdicts;
    for (EventRef& event : events) leading_->buffer.offer(std::move(event), s.now, verdicts);
    order(s, verdicts);
  }
  if (role_ == Role::leader) return;
  outbox_.repeat.arm(s.now, config_->timing.retransmit);
  set(Timer::submit, outbox_.repeat.due);
}

// What went another way before may have been lost there: all of it goes again, at once.
void Node::watch_way(Step s) {
  const Member way = way_to_leader();
  if (way == kNobody || way == std::exchange(way_, way)) return;
  outbox_.rewind();
  push_out(s);
}

// No answer: the oldest events may be lost, and the others wait for them. All go again only when nothing has moved
// for long, lest a thin link be choked with what is merely late.
void Node::repeat_own(Step s) {
  if (outbox_.empty() || !following_.trusted || role_ == Role::leader) return outbox_.repeat.stop();
  const bool long_since = outbox_.repeat.wait >= Backoff::kMost;
  outbox_.repeat.again(s.now);
  if (!long_since) {
    send(s, way_to_leader(), Submit{0, outbox_.oldest()});
  } else {
    outbox_.rewind();
    push_out(s);
  }
  set(Timer::submit, outbox_.repeat.due);
}

void Node::on(Step s, Member from, const Submit& m) {
  if (role_ == Role::leader) {
    std::vector<CausalBuffer::Verdict> verdicts;
    for (const EventRef& event : m.events)
      if (!event->id.internal() && event->id.member() < config_->size()) leading_->buffer.offer(event, s.now, verdicts);
    order(s, verdicts);
    if (!m.events.empty()) ask_for_gap(s, m.events.back()->id);
    return;
  }
  const Member way = way_to_leader();
  if (way != kNobody && way != from && m.hops < 255)
    send(s, way, Submit{static_cast<std::uint8_t>(m.hops + 1), m.events});
}

// Links keep order: numbers that are missing before one that has come are lost, not late. Each gap is asked for at
// once, and again after `retransmit` if more of its origin's events come and it is still there.
void Node::ask_for_gap(Step s, EventId newest) {
  const auto [first, last] = leading_->buffer.gap(newest.origin);
  const Member who = newest.member();
  if (first == 0 || who == self_ || !presence_.two_way(who)) return;
  auto& [asked, at] = leading_->asked[newest.origin];
  if (asked == first && s.now < at + config_->timing.retransmit) return;
  asked = first;
  at = s.now;
  send(s, who, Resubmit{promised_, newest.origin, first, last});
}

void Node::on(Step s, Member from, const Resubmit& m) {
  if (m.epoch != following_.epoch || m.origin != origin()) return;
  if (from != following_.leader || from != way_to_leader()) return;
  if (std::vector<EventRef> events = outbox_.numbered(m.first, m.last); !events.empty())
    send(s, from, Submit{0, std::move(events)});
}

// An entry was delivered: if it decides an event of this node, the submitter is told, once.
void Node::decide_own(Step s, const Event& event, Seq seq) {
  const bool turned_down = event.id.internal() && event.type == kRejected;
  const EventId id = turned_down ? event.rejects : event.id;
  if (id.origin != origin() || !outbox_.settle(id.number)) return;
  s.out.persist(Settled{id.number});
  outbox_.repeat.restart(s.now, config_->timing.retransmit);
  set(Timer::submit, outbox_.repeat.due);
  if (turned_down)
    s.out.fact(Record{.kind = Kind::reject, .node = self_, .id = id}, Details{event.payload, {}, {}, {}});
  else
    s.out.fact(Record{.kind = Kind::ack, .node = self_, .seq = seq, .id = id});
}

// The leader itself if they hear each other; else the neighbour that was first to tell the newest beat that came over
// two-way links alone. Each hop has had that beat before the one behind it, so there is no loop
// (Perkins, Bhagwat: "Highly dynamic destination-sequenced distance-vector routing", SIGCOMM 1994).
Member Node::way_to_leader() const {
  if (!following_.trusted) return kNobody;
  const bool direct = following_.leader == self_ || presence_.two_way(following_.leader);
  const bool relayed = following_.upstream != kNobody && presence_.two_way(following_.upstream);
  return direct || !relayed ? following_.leader : following_.upstream;
}

}  // namespace core
