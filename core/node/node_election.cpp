// When to want to lead, and the Bully round: ELECTION to the higher voters, ANSWER from those who will run.
#include <algorithm>

#include "core/node/node.hpp"

namespace core {

// Wants a leader by `at`, if none is known by then.
void Node::seek(Step s, Instant at) {
  at = std::max({at, s.now, round_.next_round});
  set(Timer::candidacy, std::min(due(Timer::candidacy), at));
}

bool Node::quorum_reports_no_leader() const {
  std::size_t count = 1;
  for (Member peer = 0; peer < peers_.size(); ++peer)
    if (voters_.has(peer) && presence_.hears(peer) && peers_[peer].leader == kNobody) ++count;
  return count >= quorum_size();
}

void Node::candidacy(Step s) {
  if (role_ != Role::follower || following_.trusted) return;
  if (!may_run()) return seek(s, s.now + config_->timing.heartbeat_interval);
  if (sees_quorum() && (round_.lost_leader || quorum_reports_no_leader())) return start_round(s);
  seek(s, s.now + config_->timing.heartbeat_interval);
}

// The next round begins half to one heartbeat interval from now, at random, so that rivals drift apart.
void Node::draw_next_round(Step s) {
  const std::int64_t half = config_->timing.heartbeat_interval.ns / 2;
  const auto more = static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(half)));
  round_.next_round = s.now + Duration{half + more};
}

// A voter above this node that would lead.
bool Node::bullies(Member peer) const {
  return voters_.has(peer) && config_->outranks(peer, self_) && (retiring_ || !peers_[peer].abstains);
}

void Node::start_round(Step s) {
  draw_next_round(s);
  round_.asked.clear();
  round_.answered.clear();
  for (Member peer = 0; peer < config_->size(); ++peer)
    if (bullies(peer) && !presence_.suspects(peer) && !round_.broke_word.has(peer)) round_.asked.insert(peer);
  if (round_.asked.empty()) return claim(s);
  become(s, Role::electing);
  for (Member peer = 0; peer < config_->size(); ++peer)
    if (round_.asked.has(peer)) send(s, peer, Election{});
  set(Timer::round, s.now + config_->timing.answer_timeout);
}

void Node::on(Step s, Member from, const Election&) {
  if (!config_->outranks(self_, from) || !sees_quorum() || !may_run()) return;
  if (following_.trusted) {
    if (role_ == Role::leader) ++following_.beat;
    return send(s, from, heartbeat());  // names the leader
  }
  send(s, from, Answer{});
  if (role_ != Role::follower) return;
  round_.lost_leader = true;  // it has been asked to run
  seek(s, s.now);
}

void Node::on(Step s, Member from, const Answer&) {
  if (role_ != Role::electing) return;
  if (round_.answered.empty()) set(Timer::round, s.now + config_->timing.election_timeout);
  round_.answered.insert(from);
}

// Nobody answered: it may claim. Somebody did and led nobody: again, without those who broke their word.
void Node::end_round(Step s) {
  if (role_ != Role::electing) return;
  if (round_.answered.empty()) return claim(s);
  for (Member peer = 0; peer < config_->size(); ++peer)
    if (round_.answered.has(peer)) round_.broke_word.insert(peer);
  rest(s);
  seek(s, s.now);
}

// Waiting is vain once nobody is left who could answer, or no answerer sees a quorum any more.
void Node::watch_answerers(Step s) {
  if (role_ != Role::electing) return;
  const bool answered = !round_.answered.empty();
  for (Member peer = 0; peer < config_->size(); ++peer) {
    if (presence_.suspects(peer) || !bullies(peer)) continue;
    if (answered ? round_.answered.has(peer) && peers_[peer].sees_quorum : round_.asked.has(peer)) return;
  }
  stop(Timer::round);
  end_round(s);
}

// The bully's right: a live lower node leads, this one is higher and fit to lead.
void Node::consider_takeover(Step s) {
  if (config_->takeover == Takeover::never || role_ != Role::follower || !following_.trusted || retiring_) return;
  if (!config_->outranks(self_, following_.leader) || !sees_quorum()) return;
  for (Member peer = 0; peer < config_->size(); ++peer)
    if (bullies(peer) && presence_.two_way(peer) && peers_[peer].sees_quorum) return;  // its turn first
  if (config_->takeover == Takeover::caught_up) {
    const bool steady = s.now >= restraint_.quorum_since + restraint_.wait && s.now >= restraint_.not_before;
    if (!steady || catch_up_.matched == 0 || catch_up_.matched < catch_up_.wanted) return;
  }
  restrain(s, restraint_.wait * 2);
  claim(s);
}

void Node::restrain(Step s, Duration wait) {
  restraint_.wait = std::clamp(wait, config_->timing.heartbeat_interval, config_->timing.election_timeout * 2);
  s.out.persist(RestraintSet{restraint_.wait});
}

}  // namespace core
