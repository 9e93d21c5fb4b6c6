// Following: taking the order as it comes, asking for what is missing, delivering what is committed.
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

// Appends what is new of entries that connect, cutting this log at the first that conflicts. False: it must not.
bool Node::take(Step s, const std::vector<Entry>& entries) {
  const std::size_t first = log_.first_new(entries);
  if (first == entries.size()) return true;
  const Seq seq = entries[first].seq;
  if (seq <= std::min(commit_, log_.size()) && config_->quorum == Quorum::majority) {
    halt(s, "durability", "entry " + std::to_string(seq) + " is committed here and would be replaced");
    return false;
  }
  const std::vector<Entry> fresh(entries.begin() + static_cast<std::ptrdiff_t>(first), entries.end());
  write(s, fresh);
  return true;
}

void Node::on(Step s, Member /*from: the leader or a holder*/, const Order& m) {
  if (m.epoch < promised_ || !Log::follow(m.previous, m.entries)) return;
  if (m.epoch > following_.epoch) consider(s, m.leader, m.epoch, 0, false);
  if (role_ == Role::leader || m.epoch != following_.epoch || m.leader != following_.leader) return;
  const Seq before = catch_up_.matched;
  take_order(s, m);
  for (Order next; !halted_ && catch_up_.take(log_, next);) take_order(s, next);
  if (halted_ || !log_.has(m.previous)) return;
  if (!m.entries.empty() || catch_up_.matched > before) acknowledge(s);
  if (catch_up_.matched == before || catch_up_.early.empty()) return;
  catch_up_.nack.stop();  // one piece of a gap is filled: the next
  ask_missing(s, way_to_leader(), log_.point_at(catch_up_.matched));
}

void Node::take_order(Step s, const Order& m) {
  const Seq end = m.previous.seq + m.entries.size();
  catch_up_.wanted = std::max(catch_up_.wanted, end);
  if (!log_.has(m.previous)) {
    catch_up_.keep(m);
    return ask_missing(s, way_to_leader(), log_.floor(m.previous));
  }
  if (!take(s, m.entries)) return;
  match(s, end);
  told_commit(s, m.commit);
}

// This log equals the leader's up to `seq`.
void Node::match(Step s, Seq seq) {
  seq = std::max(seq, log_.base().seq);  // what was dropped is committed
  if (seq <= catch_up_.matched) return;
  catch_up_.matched = seq;
  catch_up_.moved = s.now;
  if (catch_up_.matched >= catch_up_.wanted)
    catch_up_.nack.stop();
  else if (catch_up_.nack.due != Instant::never())
    catch_up_.nack.restart(s.now, config_->timing.retransmit);
  set(Timer::nack, catch_up_.nack.due);
  check_recovered(s);
}

void Node::acknowledge(Step s) {
  const Member way = way_to_leader();
  if (way != kNobody) send(s, way, Ack{following_.epoch, self_, 0, catch_up_.matched});
}

void Node::told_commit(Step s, Seq told) {
  told = std::min(told, catch_up_.matched);
  if (told <= commit_) return;
  commit_ = told;
  s.out.fact(Record{.kind = Kind::commit, .node = self_, .epoch = following_.epoch, .seq = commit_});
  deliver(s);
}

void Node::deliver(Step s) {
  while (delivered_ < std::min(commit_, log_.size())) {
    const Entry& entry = log_.at(++delivered_);
    decided_.apply(*entry.event);
    s.out.fact(
        Record{.kind = Kind::deliver, .node = self_, .epoch = entry.epoch, .seq = entry.seq, .id = entry.event->id},
        entry.event);
    apply_to_city(s, *entry.event);
    decide_own(s, *entry.event, entry.seq);
    if (snapshot_due()) take_snapshot(s);
  }
  if (incoming_.at().seq <= delivered_) incoming_.drop();
  if (has_left()) return stop_having_left(s);
  push_out(s);
}

// What a heartbeat tells about the log: the end of the leader's own, or that a neighbour has more.
void Node::learn_from(Step s, Member from, const Heartbeat& m) {
  if (role_ == Role::leader || m.epoch != following_.epoch || m.epoch != promised_ || m.epoch == 0) return;
  const bool direct = from == following_.leader && m.leader == from;
  catch_up_.wanted = std::max(catch_up_.wanted, direct ? m.last.seq : std::min(m.commit, m.last.seq));
  if (direct && m.last.seq > catch_up_.matched && log_.has(m.last)) {
    match(s, m.last.seq);
    acknowledge(s);
  }
  told_commit(s, m.commit);
  const bool stuck = catch_up_.matched < catch_up_.wanted && s.now >= catch_up_.moved + config_->timing.retransmit;
  if (!stuck) return;
  const Member way = way_to_leader();
  if (way == from && !direct) catch_up_.nack.stop();  // it has more than when it was last asked
  ask_missing(s, way, catch_up_.matched != 0 ? log_.point_at(catch_up_.matched) : log_.floor({m.epoch, log_.size()}));
}

// NACK: names the last place at which this log may still equal the leader's. Not again while one is under way,
// unless it can say more: the place has moved back (the logs have yet to find where they part), or the gap has an end
// now. The wait doubles in silence only: while entries come that do not connect, the answer is lost, not the link.
void Node::ask_missing(Step s, Member whom, Point have) {
  const Duration first = config_->timing.retransmit;
  Backoff& nack = catch_up_.nack;
  const bool armed = nack.due != Instant::never();
  const bool under_way = armed && s.now < nack.begun() + first * 4 && s.now < nack.due;
  const bool says_more = have < catch_up_.asked || (catch_up_.asked_until == 0 && catch_up_.gap_end(have.seq) != 0);
  if (whom == kNobody || (under_way && !says_more)) return;
  nack.restart(s.now, armed ? nack.wait : first);
  ask(s, whom, have);
}

void Node::ask_again_for_missing(Step s) {
  if (role_ == Role::leader || catch_up_.matched >= catch_up_.wanted) return catch_up_.nack.stop();
  catch_up_.nack.again(s.now);
  const Point have = catch_up_.matched != 0 ? log_.point_at(catch_up_.matched) : log_.floor(catch_up_.asked);
  ask(s, way_to_leader(), have);
}

void Node::ask(Step s, Member whom, Point have) {
  set(Timer::nack, catch_up_.nack.due);
  if (whom == kNobody) return;
  if (incoming_.ask_to_go_on()) return send(s, whom, StateWanted{following_.epoch, incoming_.at(), incoming_.offset()});
  catch_up_.asked = have;
  catch_up_.asked_until = catch_up_.gap_end(have.seq);
  send(s, whom, Nack{following_.epoch, have, catch_up_.asked_until, peers_[whom].heard});
}

}  // namespace core
