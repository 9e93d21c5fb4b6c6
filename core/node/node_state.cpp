// Snapshots bound the log. Who needs what the log has dropped gets the state instead, in pieces that it asks for one by
// one, so that a slow link is never flooded and any holder can go on where another stopped.
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

// Not if a later one follows at once. Under `quorum: none` logs may differ in what is committed, so none can be dropped
// as equal everywhere.
bool Node::snapshot_due() const {
  const Seq every = config_->snapshot_every;
  if (every == 0 || config_->quorum == Quorum::none || delivered_ % every != 0) return false;
  return delivered_ + every > std::min(commit_, log_.size());
}

// One snapshot's worth of entries stays behind for those who lag a little.
void Node::take_snapshot(Step s) {
  const Point base = snapshot_ == nullptr ? Point{} : snapshot_->state.at;
  snapshot_ = keep({.at = log_.point_at(delivered_),
                    .voters = voters_.at(delivered_),
                    .decided = decided_,
                    .city = city_ ? encode(city_->state(), config_->city) : ""});
  voters_.settle(delivered_, snapshot_->state.voters);
  log_.begin_after(base);
  s.out.persist(SnapshotTaken{snapshot_, base});
}

void Node::send_state(Step s, Member to, Epoch epoch, std::uint64_t offset) const {
  if (snapshot_ == nullptr) return;
  const std::string& bytes = snapshot_->bytes;
  std::string piece = bytes.substr(std::min<std::uint64_t>(offset, bytes.size()), kPieceBytes);
  const std::uint64_t sum = checksum(piece);
  send(s, to, StateSync{epoch, snapshot_->state.at, bytes.size(), snapshot_->checksum, offset, std::move(piece), sum});
}

void Node::on(Step s, Member from, const StateWanted& m) {
  const bool claimed = m.epoch == promised_ && promised_to_ == from;
  if (!claimed && m.epoch != following_.epoch) return;
  const bool same = snapshot_ != nullptr && snapshot_->state.at == m.at;
  send_state(s, from, m.epoch, same ? m.offset : 0);
}

void Node::on(Step s, Member from, const StateSync& m) {
  const bool claimant = role_ == Role::claiming;
  if (role_ == Role::leader || (claimant && from != claiming_->source)) return;
  if (m.epoch != (claimant ? promised_ : following_.epoch)) return;
  if (m.at.seq > delivered_ && !take_piece(s, from, m)) return;
  if (halted_) return;
  if (claimant) return fetch(s);
  match(s, m.at.seq);
  acknowledge(s);
  catch_up_.nack.stop();
  if (catch_up_.matched < catch_up_.wanted) ask_missing(s, from, log_.point_at(catch_up_.matched));
}

// True when the state is here and installed. Only a piece that brings something has the next one asked for at once.
bool Node::take_piece(Step s, Member from, const StateSync& m) {
  const bool resumed = m.offset == 0 && m.at == incoming_.at() && incoming_.offset() > 0;
  if (!incoming_.take(m) && !resumed) return false;
  if (!incoming_.complete()) {
    if (role_ == Role::claiming) {
      set(Timer::claim, s.now + config_->timing.answer_timeout);
      claiming_->repeat.restart(s.now, claiming_->repeat.wait);
      set(Timer::claim_repeat, claiming_->repeat.due);
    } else {
      catch_up_.nack.restart(s.now, config_->timing.retransmit);
      set(Timer::nack, catch_up_.nack.due);
    }
    send(s, from, StateWanted{m.epoch, incoming_.at(), incoming_.offset()});
    return false;
  }
  std::optional<Snapshot> state = incoming_.finish(config_->size());
  std::optional<CityState> city = state ? decode_city(state->city, config_->city) : std::nullopt;
  if (city) install(s, std::move(*state), std::move(*city));
  return city.has_value();  // damaged: from the beginning, when it asks again
}

// The state takes the place of what this node had delivered, and of its log as far as that does not go on from it.
void Node::install(Step s, Snapshot state, CityState city) {
  const Point at = state.at;
  snapshot_ = keep(std::move(state));
  log_.begin_after(at);
  s.out.persist(SnapshotTaken{snapshot_, at});
  voters_ = Voters{snapshot_->state.voters};
  note_voters(log_.piece(at.seq, log_.size(), SIZE_MAX));
  commit_ = delivered_ = at.seq;
  decided_ = snapshot_->state.decided;
  if (city_) {
    city_->restore(std::move(city));
    set(Timer::city, s.now);
  }
  learn(s, decided_.memories());
  s.out.fact(Record{.kind = Kind::snapshot, .node = self_, .epoch = at.epoch, .seq = at.seq});
  settle_covered(s);
  if (has_left()) return stop_having_left(s);
  if (role_ == Role::follower || role_ == Role::learner) rest(s);
}

// Own events that the state has decided. Where they stand it does not tell, so no acknowledgement is recorded for
// those that were ordered.
void Node::settle_covered(Step s) {
  const std::uint64_t last = decided_.last_of(origin());
  const std::deque<EventRef> pending = outbox_.pending();
  if (!outbox_.settle(last)) return;
  s.out.persist(Settled{last});
  for (const EventRef& event : pending)
    if (event->id.number <= last && decided_.rejected(event->id))
      s.out.fact(Record{.kind = Kind::reject, .node = self_, .id = event->id},
                 Details{"rejected while this node was away", {}, {}, {}});
}

}  // namespace core
