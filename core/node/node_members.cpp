// Who votes. A change of the voters is an entry of the log and counts as soon as it is there, one member at a time,
// and only after the leader has an entry of its own epoch committed and the change before it (Ongaro: "Bug in
// single-server membership changes", raft-dev 2015): so two quorums always meet.
#include "core/node/node.hpp"

namespace core {

// The only way into the log.
void Node::write(Step s, const std::vector<Entry>& entries) {
  voters_.cut(entries.front().seq);
  log_.write(entries);
  s.out.persist(LogWritten{entries});
  note_voters(entries);
  for (const Entry& entry : entries)
    if (changes_voters(*entry.event)) learn(s, memories_in(entry.event->payload, config_->size()));
  if (voters_.has(self_)) joining_ = false;
  if (role_ == Role::follower || role_ == Role::learner) rest(s);
}

void Node::note_voters(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries)
    if (changes_voters(*entry.event)) voters_.change(entry.seq, voters_in(entry.event->payload, config_->size()));
}

bool Node::may_change_voters() const {
  if (role_ != Role::leader || commit_ > log_.size()) return false;
  return log_.point_at(commit_).epoch == promised_ && voters_.since() <= commit_;
}

// Not if those who stay could not go on by themselves: some may be away, or without memory.
void Node::change_voters(Step s, MemberSet voters) {
  if (presence_.two_way_count(voters) < config_->quorum_of(voters.count())) return;
  append(s, {own_entry(kVotersChanged, to_text(voters, config_->size(), memories_), {})});
  replicate(s);
  commit_held(s);
}

// A learner with the whole log asks for a vote; a voter that wants to leave asks to be rid of its own, and so does a
// learner that wants to leave and may be getting one.
void Node::ask_for_change(Step s) {
  if (!following_.trusted || role_ == Role::leader) return;
  const bool level = catch_up_.matched != 0 && catch_up_.matched >= catch_up_.wanted;
  if (role_ == Role::learner && !retiring_ && level) {
    joining_ = true;
    send(s, following_.leader, Join{following_.epoch});
  }
  const bool has_vote = role_ == Role::follower || (role_ == Role::learner && joining_);
  if (has_vote && leaving_ && outbox_.empty()) send(s, following_.leader, Leave{following_.epoch});
}

void Node::on(Step s, Member from, const Join& m) {
  if (m.epoch != following_.epoch || voters_.has(from) || !may_change_voters()) return;
  if (leading_->replication.of(from).matched < commit_ || peers_[from].abstains) return;  // it will ask again
  MemberSet voters = voters_.now();
  voters.insert(from);
  change_voters(s, std::move(voters));
}

void Node::on(Step s, Member from, const Leave& m) {
  if (m.epoch != following_.epoch) return;
  if (role_ != Role::leader) {  // the leader's word that this node has no vote and gets none
    if (from == following_.leader && !voters_.has(self_)) joining_ = false;
    if (has_left()) stop_having_left(s);
    return;
  }
  if (!voters_.has(from)) return send(s, from, m);
  if (from == self_ || !may_change_voters()) return;
  MemberSet voters = voters_.now();
  voters.erase(from);
  change_voters(s, std::move(voters));
}

void Node::leave(Instant now, Effects& out) {
  if (halted_ || leaving_) return;
  const Step s{now, out};
  leaving_ = true;
  s.out.fact(Record{.kind = Kind::leave, .node = self_});
  if (has_left()) return stop_having_left(s);
  hand_over(s);
}

void Node::retire(Instant now, Effects& out) {
  if (!halted_) hand_over({now, out});
}

void Node::hand_over(Step s) {
  retiring_ = true;
  if (may_run()) return;
  if (role_ == Role::leader) return step_down(s);
  if (role_ != Role::electing && role_ != Role::claiming) return;
  rest(s);
  seek(s, s.now + config_->timing.answer_timeout);
}

// It wanted to go and has no vote any more, neither by its log nor by what is committed of it; or it has the only one,
// and nobody is there whom it still has to tell so.
bool Node::has_left() const {
  if (!leaving_ || recovering_) return false;
  if (!voters_.has(self_)) return !voters_.at(delivered_).has(self_) && outbox_.empty() && !joining_;
  return voters_.count() == 1 && outbox_.empty() && presence_.hears().empty();
}

// Retiring nodes leave the lead to others, while there are any that could win it.
bool Node::nobody_stays() const {
  for (Member peer = 0; peer < peers_.size(); ++peer) {
    const bool fit = peers_[peer].sees_quorum && !peers_[peer].abstains;
    if (fit && voters_.has(peer) && presence_.two_way(peer)) return false;
  }
  return retiring_;
}

void Node::stop_having_left(Step s) {
  halted_ = true;
  s.out.fact(Record{.kind = Kind::crash, .node = self_, .left = true});
}

}  // namespace core
