// CLAIM, PROMISE and the fetch of the best log: what makes a bully's victory safe. Every committed entry is on a
// quorum, two quorums meet, hence the best log among a quorum of promises has it, and the winner takes that log
// before it leads. (Raft instead refuses leaders whose log is behind, and so cannot prefer the highest id.)
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

void Node::promise(Step s, Epoch epoch, Member to) {
  promised_ = epoch;
  promised_to_ = to;
  known_ = std::max(known_, epoch);
  s.out.persist(PromiseMade{epoch, to});
}

void Node::claim(Step s) {
  if (role_ == Role::leader) gone_ = std::max(gone_, following_.epoch);
  following_.trusted = false;
  promise(s, std::max(known_, promised_) + 1, self_);
  become(s, Role::claiming);
  note_leader(s);
  stop(Timer::candidacy);
  stop(Timer::nack);
  catch_up_ = {};  // its log may become another's: it holds nothing of the old epoch for others any more
  claiming_.emplace();
  claiming_->refused = claiming_->trusting = MemberSet{config_->size()};
  claiming_->promises[self_] = {log_.last(), begins(memories_, self_)};
  set(Timer::claim, s.now + config_->timing.answer_timeout);
  claiming_->repeat.restart(s.now, config_->timing.retransmit);
  set(Timer::claim_repeat, claiming_->repeat.due);
  send_all(s, Claim{promised_});
  count_promises(s);
}

void Node::on(Step s, Member from, const Claim& m) {
  if (recovering_) return;
  known_ = std::max(known_, m.epoch);
  const auto refuse = [&](Refusal why) { send(s, from, Refuse{m.epoch, why, std::max(known_, promised_)}); };
  const bool again = m.epoch == promised_ && promised_to_ == from;
  if (m.epoch < promised_ || (m.epoch == promised_ && !again)) return refuse(Refusal::promised);
  if (!again) {
    if (following_.trusted && following_.leader != from && config_->outranks(following_.leader, from))
      return refuse(Refusal::trusts_leader);
    if (config_->outranks(self_, from) && sees_quorum() && may_run()) {
      refuse(Refusal::outranks);
      if (following_.trusted || role_ != Role::follower) return;
      round_.lost_leader = true;
      return seek(s, s.now);
    }
    if (role_ == Role::leader) gone_ = std::max(gone_, following_.epoch);
    promise(s, m.epoch, from);
    following_.trusted = false;
    round_.lost_leader = false;
    rest(s);
    note_leader(s);
    seek(s, s.now + config_->timing.answer_timeout);
  }
  send(s, from, Promise{m.epoch, log_.last(), memories_});
}

void Node::on(Step s, Member from, const Promise& m) {
  if (role_ != Role::claiming || m.epoch != promised_) return;
  learn(s, m.memories);
  claiming_->promises[from] = {m.last, begins(m.memories, from)};
  count_promises(s);
}

// The peer has a vote by the log as it is here, has given it, and has not lost its memory since.
bool Node::holds_promise(Member peer) const {
  const auto found = claiming_->promises.find(peer);
  return found != claiming_->promises.end() && voters_.has(peer) && found->second.memory >= begins(memories_, peer);
}

// With promises of a quorum whose logs are no better than this one: lead. With a quorum of any: fetch the best log
// first. That may bring other voters with it, so the promises are counted once more then.
void Node::count_promises(Step s) {
  if (claiming_->source != kNobody) return;
  std::size_t count = 0, level = 0;
  Member best = self_;
  for (const auto& [peer, promised] : claiming_->promises) {
    if (!holds_promise(peer)) continue;
    ++count;
    if (promised.last <= log_.last()) ++level;
    if (promised.last > claiming_->promises[best].last) best = peer;
  }
  if (level >= quorum_size()) return voters_.has(self_) ? lead(s) : give_up_claim(s);
  if (count < quorum_size()) return;
  claiming_->source = best;
  claiming_->best = claiming_->promises[best].last;
  set(Timer::claim, s.now + config_->timing.answer_timeout);
  fetch(s);
}

// The next piece of the best log, until this one ends where that does.
void Node::fetch(Step s) {
  if (log_.last() == claiming_->best) {
    claiming_->source = kNobody;
    return count_promises(s);
  }
  fetch_after(s, log_.floor(claiming_->best));
}

void Node::fetch_after(Step s, Point have) {
  claiming_->asked = have;
  send(s, claiming_->source, Fetch{promised_, have});
}

void Node::on(Step s, Member from, const Refuse& m) {
  known_ = std::max(known_, m.promised);
  if (role_ != Role::claiming || m.epoch != promised_ || claiming_->source != kNobody) return;
  if (m.why == Refusal::trusts_leader && !claiming_->refused.has(from)) claiming_->trusting.insert(from);
  claiming_->refused.insert(from);
  if (may_still_promise() < quorum_size()) give_up_claim(s);
}

// Itself, and those within reach who have promised or may yet.
std::size_t Node::may_still_promise() const {
  std::size_t count = 1;
  for (Member peer = 0; peer < config_->size(); ++peer) {
    if (peer == self_ || !voters_.has(peer)) continue;
    const bool no = claiming_->refused.has(peer) && !claiming_->trusting.has(peer);
    if (claiming_->promises.contains(peer) || (!no && presence_.two_way(peer))) ++count;
  }
  return count;
}

// Who refused since it trusted a leader has now lost it: once for each refuser and claim.
void Node::ask_again(Step s, Member refuser) {
  if (role_ != Role::claiming || claiming_->source != kNobody || !claiming_->trusting.has(refuser)) return;
  claiming_->trusting.erase(refuser);
  send(s, refuser, Claim{promised_});
}

void Node::repeat_claim(Step s) {
  if (role_ != Role::claiming) return;
  claiming_->repeat.again(s.now);
  set(Timer::claim_repeat, claiming_->repeat.due);
  if (claiming_->source != kNobody && incoming_.ask_to_go_on())
    return send(s, claiming_->source, StateWanted{promised_, incoming_.at(), incoming_.offset()});
  if (claiming_->source != kNobody) return fetch(s);
  for (Member peer = 0; peer < config_->size(); ++peer)
    if (!claiming_->promises.contains(peer) && !claiming_->refused.has(peer)) send(s, peer, Claim{promised_});
}

void Node::give_up_claim(Step s) {
  if (role_ != Role::claiming) return;
  round_.lost_leader = false;
  rest(s);
  draw_next_round(s);  // whoever was promised instead may be about to lead
  seek(s, s.now);
}

void Node::on(Step s, Member from, const Fetch& m) {
  if (m.epoch != promised_ || promised_to_ != from) return;
  if (!log_.may_meet(m.have)) return send_state(s, from, m.epoch, 0);
  const Point previous = log_.floor(m.have);
  send(s, from, Entries{m.epoch, previous, log_.piece(previous.seq, log_.size(), kPieceBytes)});
}

void Node::on(Step s, Member from, const Entries& m) {
  if (role_ != Role::claiming || m.epoch != promised_ || from != claiming_->source) return;
  if (!Log::follow(m.previous, m.entries)) return;
  if (!log_.has(m.previous)) return fetch_after(s, log_.floor(m.previous));
  if (m.entries.empty() || !take(s, m.entries)) return;
  set(Timer::claim, s.now + config_->timing.answer_timeout);
  if (m.entries.back().point() <= claiming_->asked) return;  // a repeat; what follows it is on its way
  claiming_->repeat.restart(s.now, claiming_->repeat.wait);
  set(Timer::claim_repeat, claiming_->repeat.due);
  if (log_.last() == claiming_->best) return fetch(s);
  fetch_after(s, m.entries.back().point());
}

}  // namespace core
