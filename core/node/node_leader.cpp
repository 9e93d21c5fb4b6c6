// Leading: events into the order, the order to the followers, commit when a quorum holds it.
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

void Node::lead(Step s) {
  Decided decided = decided_;
  for (Seq seq = delivered_ + 1; seq <= log_.size(); ++seq) decided.apply(*log_.at(seq).event);
  following_ = {.leader = self_,
                .epoch = promised_,
                .beat = 1,
                .trusted = true,
                .grown = s.now,
                .beats = Arrivals{config_->timing.heartbeat_interval},
                .not_before = following_.not_before};
  catch_up_ = {};
  round_.lost_leader = false;
  round_.broke_word.clear();
  for (const Timer timer : {Timer::candidacy, Timer::trust, Timer::nack, Timer::submit}) stop(timer);
  become(s, Role::leader);
  note_leader(s);
  leading_.emplace(Leading{.buffer = CausalBuffer{std::move(decided)},
                           .replication = Replication{config_->size(), log_.size() + 1},
                           .asked = {},
                           .since = s.now,
                           .moved = s.now});
  send_all(s, Coordinator{promised_, following_.beat});
  append(s, {own_entry(kEpochStarted, "", {})});
  replicate(s);
  commit_held(s);
  outbox_.rewind();
  push_out(s);
  if (city_) set(Timer::city, s.now);
}

void Node::on(Step s, Member from, const Coordinator& m) {
  consider(s, from, m.epoch, m.beat, true);
}

// Leads no more, and tells everybody that nobody leads this epoch ever again.
void Node::step_down(Step s) {
  gone_ = std::max(gone_, following_.epoch);
  following_.trusted = false;
  rest(s);
  note_leader(s);
  send_all(s, heartbeat());
  seek(s, s.now + config_->timing.answer_timeout);
}

EventRef Node::own_entry(std::string_view type, std::string payload, EventId rejects) {
  return std::make_shared<const Event>(Event{.id = EventId::made_in(promised_, ++leading_->own_entries),
                                             .depends_on = {},
                                             .type = std::string{type},
                                             .payload = std::move(payload),
                                             .rejects = rejects});
}

// Gives events their places. A rejection has a place too, so that no later leader decides otherwise.
void Node::order(Step s, const std::vector<CausalBuffer::Verdict>& verdicts) {
  std::vector<EventRef> events;
  for (const auto& [event, reason] : verdicts)
    events.push_back(reason.empty() ? event : own_entry(kRejected, reason, event->id));
  set(Timer::hold, leading_->buffer.due(config_->timing.hold_timeout));
  if (events.empty()) return;
  append(s, events);
  replicate(s);
  commit_held(s);
}

void Node::expire_held(Step s) {
  std::vector<CausalBuffer::Verdict> verdicts;
  leading_->buffer.expire(s.now, config_->timing.hold_timeout, verdicts);
  order(s, verdicts);
}

void Node::append(Step s, const std::vector<EventRef>& events) {
  if (commit_ >= log_.size()) leading_->moved = s.now;
  std::vector<Entry> entries;
  for (const EventRef& event : events) entries.push_back({log_.size() + entries.size() + 1, promised_, event});
  write(s, entries);
  for (const Entry& entry : entries) {
    const Record placed{
        .kind = Kind::order, .node = self_, .epoch = entry.epoch, .seq = entry.seq, .id = entry.event->id};
    if (changes_voters(*entry.event))
      s.out.fact(placed, entry.event);  // it counts from here on
    else
      s.out.fact(placed);
  }
  if (due(Timer::progress) == Instant::never()) set(Timer::progress, s.now + nominal_bound() * 2);
}

// Sends each follower what it has not been sent, as far as its window allows. Followers at the same place share
// one message.
void Node::replicate(Step s) {
  struct Made {
    Seq next = 0, after = 0;
    std::size_t bytes = 0;
    std::uint32_t message = 0;
  } made;
  for (Member to = 0; to < config_->size(); ++to) {
    if (to == self_) continue;
    Replication::Progress& p = leading_->replication.of(to);
    while (p.next <= log_.size() && p.next > log_.base().seq && p.in_flight < kWindowBytes) {
      if (made.next != p.next) {
        Order order{promised_, self_, log_.point_at(p.next - 1), log_.piece(p.next - 1, log_.size(), kPieceBytes),
                    commit_};
        made = {p.next, p.next + order.entries.size(), 0, 0};
        for (const Entry& entry : order.entries) made.bytes += size_of(*entry.event);
        made.message = s.out.make({.from = self_, .body = std::move(order), .sent = s.now});
      }
      s.out.send(to, made.message);
      p.next = made.after;
      p.in_flight += made.bytes;
      p.repeat.arm(s.now, config_->timing.retransmit);
      set(Timer::replicate, std::min(due(Timer::replicate), p.repeat.due));
    }
  }
}

// A silent follower gets the last entry sent once more. Links keep order: when that arrives, what was late has arrived
// too, and what has not is lost. The follower says which it is, so a thin link is never choked with repeats.
void Node::repeat_to_silent(Step s) {
  for (Member to = 0; to < config_->size(); ++to) {
    Replication::Progress& p = leading_->replication.of(to);
    if (to == self_ || p.repeat.due > s.now) continue;
    if (p.matched + 1 >= p.next) {
      p.repeat.stop();
      continue;
    }
    if (presence_.hears(to)) repair(s, to, p.next - 2, p.next - 1, p.next - 1);
    p.repeat.again(s.now);
  }
  set(Timer::replicate, leading_->replication.due());
}

// What follows `after`, up to `until`; if these are small, what follows them goes along.
void Node::repair(Step s, Member to, Seq after, Seq until, Seq mine) const {
  if (after < log_.base().seq) return send_state(s, to, following_.epoch, 0);
  std::vector<Entry> entries = log_.piece(after, std::min(until, mine), kPieceBytes);
  if (std::vector<Entry> more = log_.piece(after, mine, kRepairBytes); more.size() > entries.size())
    entries = std::move(more);
  send(s, to, Order{following_.epoch, following_.leader, log_.point_at(after), std::move(entries), commit_});
}

void Node::on(Step s, Member from, const Ack& m) {
  if (role_ != Role::leader) {  // relayed for a voter that cannot reach the leader
    const Member way = way_to_leader();
    if (m.epoch == following_.epoch && m.hops < 255 && way != kNobody && way != from)
      send(s, way, Ack{m.epoch, m.voter, static_cast<std::uint8_t>(m.hops + 1), m.matched});
    return;
  }
  if (m.epoch != promised_ || m.voter >= config_->size() || m.voter == self_) return;
  if (!leading_->replication.acknowledge(log_, m.voter, m.matched)) return;
  Replication::Progress& p = leading_->replication.of(m.voter);
  if (p.matched + 1 < p.next)
    p.repeat.restart(s.now, config_->timing.retransmit);
  else
    p.repeat.stop();
  const Seq before = commit_;
  commit_held(s);
  if (role_ != Role::leader) return;
  if (commit_ == before && p.matched <= commit_) tell_commit(s, m.voter);
  replicate(s);
}

// An entry commits when it is of the leader's own epoch and on a quorum; everything before it commits with it.
void Node::commit_held(Step s) {
  const Seq held = leading_->replication.held_by(quorum_size(), voters_.now(), self_, log_.size());
  if (held > leading_->held) {
    leading_->held = held;
    leading_->moved = s.now;
  }
  if (held <= commit_ || log_.at(held).epoch != promised_) return;
  commit_ = held;
  s.out.fact(Record{.kind = Kind::commit, .node = self_, .epoch = promised_, .seq = commit_});
  for (Member to = 0; to < config_->size(); ++to)
    if (to != self_ && leading_->replication.of(to).matched >= commit_) tell_commit(s, to);
  deliver(s);
}

void Node::tell_commit(Step s, Member to) const {
  const Seq matched = leading_->replication.of(to).matched;
  if (matched < log_.base().seq) return;  // it lacks what is dropped here, and will ask for the state
  send(s, to, Order{promised_, self_, log_.point_at(matched), {}, commit_});
}

// Uncommitted entries that do not move for two bounds: somebody else may do better.
void Node::check_progress(Step s) {
  if (role_ != Role::leader || commit_ >= log_.size()) return;
  const Instant limit = leading_->moved + nominal_bound() * 2;
  if (limit > s.now) return set(Timer::progress, limit);
  restraint_.not_before = s.now + config_->timing.election_timeout;
  step_down(s);
}

// Not while the answer to the same question is still on its way.
bool Node::answer_now(Step s, Member from, const Nack& m) {
  const auto last = replied_.find(from);
  if (last != replied_.end() && m.have == last->second.have && m.until == last->second.until &&
      m.heard < last->second.at)
    return false;
  replied_[from] = {.have = m.have, .until = m.until, .at = s.now};
  return true;
}

void Node::on(Step s, Member from, const Nack& m) {
  if (m.epoch != following_.epoch) return;
  // A holder helps out with what it knows to be the leader's, and no further.
  const Seq mine = role_ == Role::leader ? log_.size() : catch_up_.matched;
  if (mine == 0 || !answer_now(s, from, m)) return;
  if (!log_.may_meet(m.have)) return send_state(s, from, m.epoch, 0);
  const Seq meet = log_.floor({m.have.epoch, std::min(m.have.seq, mine)}).seq;
  const bool gap = m.until > meet || meet < m.have.seq;
  const bool under_way = role_ == Role::leader && leading_->replication.under_way(from);
  if (gap || !under_way) return repair(s, from, meet, m.until > meet ? m.until : mine, mine);
  // It knows of no gap, only that there is more: late or lost, the last entry, sent once more, will tell.
  Replication::Progress& p = leading_->replication.of(from);
  p.repeat.restart(s.now, config_->timing.retransmit);
  repair(s, from, p.next - 2, p.next - 1, p.next - 1);
}

}  // namespace core
