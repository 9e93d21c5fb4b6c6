// Amnesia. A node whose memory is gone must not vote: it may have promised what it does not know any more. It asks
// all, and takes part again once a quorum, the current leader included, has said what they know, and it has the log
// which that leader had then (Liskov, Cowling: "Viewstamped replication revisited", 2012, section 4.3). The answers
// make known that it forgot, which voids what it promised before: see memories.hpp.
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

void Node::ask_for_memory(Step s) {
  Following nobody;
  nobody.not_before = following_.not_before;
  following_ = nobody;
  catch_up_ = {};
  recovering_ = Recovering{.nonce = rng_.next(), .answers = {}};
  for (const Timer timer : {Timer::trust, Timer::nack, Timer::candidacy, Timer::heartbeat}) stop(timer);
  rest(s);
  note_leader(s);
  ask_all(s);
}

void Node::ask_all(Step s) {
  if (!recovering_ || recovering_->epoch != 0) return;
  set(Timer::recover, s.now + config_->timing.heartbeat_interval);
  send_all(s, Recover{recovering_->nonce, begins(memories_, self_)});
}

void Node::learn(Step s, const Memories& memories) {
  for (const auto& [member, incarnation] : memories) {
    if (member >= config_->size() || incarnation <= begins(memories_, member)) continue;
    memories_[member] = incarnation;
    s.out.persist(MemoryLost{member, incarnation});
  }
}

void Node::on(Step s, Member from, const Recover& m) {
  if (config_->quorum == Quorum::none) return;
  presence_.told(from, false);  // it knows nobody
  PeerView& peer = peers_[from];
  peer.leader = kNobody, peer.sees_quorum = false, peer.abstains = true;
  if (begins(memories_, from) < m.incarnation) {
    learn(s, {{from, m.incarnation}});
    if (role_ == Role::leader) leading_->replication.lost(from, log_.size() + 1);
    if (following_.leader == from && role_ != Role::leader) {
      gone_ = std::max(gone_, following_.epoch);
      if (following_.trusted) lose_leader(s);
    }
  }
  watch_answerers(s);
  watch_quorum(s);
  if (recovering_) return;
  send(s, from,
       Recovery{m.nonce, promised_, role_ == Role::leader ? promised_ : 0, following_.beat, log_.last(), voters_.now(),
                memories_});
}

void Node::on(Step s, Member from, const Recovery& m) {
  if (!recovering_ || recovering_->epoch != 0 || m.nonce != recovering_->nonce) return;
  learn(s, m.memories);
  recovering_->answers[from] = m;
  adopt_answers(s);
}

// Enough are a quorum of the leader's voters, the leader of the highest epoch promised among them.
void Node::adopt_answers(Step s) {
  auto& answers = recovering_->answers;
  std::erase_if(answers,
                [&](const auto& a) { return begins(a.second.memories, a.first) < begins(memories_, a.first); });
  const auto leader = std::ranges::max_element(answers, {}, [](const auto& a) { return a.second.epoch; });
  if (leader == answers.end() || leader->second.epoch == 0) return;
  const Recovery said = leader->second;
  std::size_t count = 0;
  for (const auto& [member, answer] : answers) {
    if (answer.promised > said.epoch) return;
    if (said.voters.has(member)) ++count;
  }
  if (count < config_->quorum_of(said.voters.count())) return;
  recovering_->epoch = said.epoch;
  recovering_->wanted = said.last.seq;
  stop(Timer::recover);
  set(Timer::heartbeat, s.now);
  follow(s, leader->first, said.epoch, said.beat);
}

void Node::check_recovered(Step s) {
  if (!recovering_ || recovering_->epoch == 0 || catch_up_.matched < recovering_->wanted) return;
  recovering_.reset();
  s.out.persist(Recovered{});
  rest(s);
  if (has_left()) stop_having_left(s);
}

}  // namespace core
