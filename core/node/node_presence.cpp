// Heartbeats, suspicion, and trust in the leader.
#include <algorithm>

#include "core/detect/phi.hpp"
#include "core/node/node.hpp"

namespace core {

Heartbeat Node::heartbeat() const {
  return {.leader = leader(),
          .epoch = following_.epoch,
          .beat = following_.beat,
          .reached = role_ == Role::leader ? following_.beat : following_.reached,
          .promised = std::max(known_, promised_),
          .gone = gone_,
          .hears = presence_.hears(),
          .sees_quorum = sees_quorum(),
          .abstains = retiring_ || recovering_.has_value(),
          .last = log_.last(),
          .commit = commit_,
          .config = config_->digest};
}

void Node::beat(Step s) {
  set(Timer::heartbeat, s.now + config_->timing.heartbeat_interval);
  if (role_ == Role::leader) {
    ++following_.beat;
    const bool settled_in = s.now >= leading_->since + config_->timing.election_timeout * 2;
    if (settled_in && restraint_.wait != config_->timing.heartbeat_interval)
      restrain(s, config_->timing.heartbeat_interval);
  }
  if (has_left()) return stop_having_left(s);
  if (role_ == Role::leader && !may_run()) return step_down(s);  // it retires, and now somebody stays
  send_all(s, heartbeat());
  ask_for_change(s);
  consider_takeover(s);
}

// A member with other settings is kept out, and told ours, so that both can say in what they differ.
bool Node::stranger(Step s, Member from, const Message& message) {
  if (const auto* beat = std::get_if<Heartbeat>(&message.body)) {
    if (beat->config == config_->digest) {
      strangers_.erase(from);
    } else {
      strangers_.insert(from);
      send(s, from, SettingsTold{settings_of(*config_)});
    }
  }
  return strangers_.has(from) && message.type() != MessageType::settings;
}

void Node::on(Step s, Member from, const SettingsTold& m) {
  std::string text = difference(settings_of(*config_), m.settings);
  if (text.empty() || told_[from] == text) return;
  told_[from] = text;
  s.out.fact(Record{.kind = Kind::refused, .node = self_, .peer = from}, Details{std::move(text), {}, {}, {}});
}

void Node::hear(Step s, Member from, bool heartbeat) {
  const bool back = presence_.heard(*config_, s.now, from, heartbeat);
  if (presence_.due() < due(Timer::detector)) set(Timer::detector, presence_.due());
  if (!back) return;
  s.out.fact(Record{.kind = Kind::trust, .node = self_, .peer = from});
}

// What it tells of its peer is no news: later heartbeats of the same peer have come before it. (Its clock may begin
// anew where it does: that takes longer than to suspect it.)
bool Node::overtaken(const Message& message) {
  if (message.type() != MessageType::heartbeat && message.type() != MessageType::recover) return false;
  Instant& latest = peers_[message.from].sent;
  if (message.sent < latest) return true;
  latest = message.sent;
  return false;
}

double Node::surprise(Member peer, Duration silence) const {
  const Arrivals& gaps = presence_.arrivals(peer);
  const double pause = static_cast<double>(config_->timing.phi_acceptable_pause.ns);
  const double deviation = static_cast<double>(std::max(gaps.stddev(), config_->timing.phi_min_stddev).ns);
  return phi(static_cast<double>(silence.ns), static_cast<double>(gaps.mean().ns) + pause, deviation);
}

double Node::phi_of(Member peer, Instant now) const {
  return surprise(peer, now - presence_.last_heard(peer));
}

void Node::suspect(Step s, Member peer, Duration silence) {
  peers_[peer].sent = {};
  const double level = surprise(peer, silence);
  s.out.fact(Record{
      .kind = Kind::suspect, .node = self_, .peer = peer, .phi_milli = static_cast<std::uint32_t>(level * 1000)});
}

void Node::on(Step s, Member from, const Heartbeat& m) {
  presence_.told(from, m.hears.has(self_));
  PeerView& peer = peers_[from];
  peer.leader = m.leader, peer.sees_quorum = m.sees_quorum, peer.abstains = m.abstains;
  known_ = std::max({known_, m.promised, m.epoch});
  gone_ = std::max(gone_, m.gone);
  consider(s, m.leader, m.epoch, m.beat, m.leader == from);
  if (m.epoch == following_.epoch && presence_.two_way(from) && m.reached > following_.reached) {
    following_.reached = m.reached;
    following_.upstream = from;
  }
  if (role_ != Role::leader && following_.trusted && following_.epoch == gone_) lose_leader(s);
  if (role_ == Role::leader && known_ > promised_ && due(Timer::reclaim) == Instant::never())
    set(Timer::reclaim, s.now + config_->timing.answer_timeout);
  if (m.leader == kNobody) ask_again(s, from);
  watch_answerers(s);
  watch_quorum(s);
  watch_way(s);
  learn_from(s, from, m);
}

// Somebody says that `leader` leads `epoch` and has counted to `beat`. kNobody: it knows the beat and does not trust
// that leader any more, so the beat is old news, and nobody who passes it on later proves anything by it either.
// `direct`: the leader says so itself. Others may just have been on their way with a beat from before it died.
void Node::consider(Step s, Member leader, Epoch epoch, std::uint64_t beat, bool direct) {
  if (leader != kNobody && leader >= config_->size()) return;
  if (epoch == following_.epoch && epoch != 0) {
    const bool rival = leader != kNobody && leader != following_.leader;
    if (!rival && beat > following_.beat && role_ != Role::leader) {
      following_.beat = beat;
      if (leader == kNobody) return;
      const bool awake = s.now >= following_.not_before;  // else the gap is this node's own sleep
      if (following_.trusted && awake && presence_.is_sample(s.now - following_.grown))
        following_.beats.add(s.now - following_.grown, config_->timing.phi_window);
      following_.grown = s.now;
      if (following_.trusted)
        set(Timer::trust, trust_ends());
      else if (epoch >= promised_ && epoch != gone_ && (direct || beat >= following_.regain))
        trust(s);
    } else if (rival && config_->quorum == Quorum::majority) {
      halt(s, "epoch_leader", "told of a second leader in epoch " + std::to_string(epoch));
    } else if (rival && config_->outranks(leader, following_.leader)) {
      follow(s, leader, epoch, beat);
    }
  } else if (epoch > following_.epoch && epoch >= promised_ && leader != kNobody && leader != self_ && epoch != gone_) {
    follow(s, leader, epoch, beat);
  }
}

// Joins an epoch that has a leader. Whoever obeys it has no vote left in it, and obeys no lower one ever again.
void Node::follow(Step s, Member leader, Epoch epoch, std::uint64_t beat) {
  if (recovering_ && epoch != recovering_->epoch) return ask_for_memory(s);  // the answers are out of date
  if (epoch > promised_ || promised_to_ == self_) promise(s, epoch, kNobody);
  if (role_ == Role::leader && epoch != following_.epoch) gone_ = std::max(gone_, following_.epoch);
  following_ = {.leader = leader,
                .epoch = epoch,
                .beat = beat,
                .trusted = false,
                .grown = s.now,
                .beats = Arrivals{config_->timing.heartbeat_interval},
                .not_before = following_.not_before};
  catch_up_ = {};
  stop(Timer::nack);
  trust(s);
}

void Node::trust(Step s) {
  following_.trusted = true;
  round_.lost_leader = false;
  round_.broke_word.clear();
  stop(Timer::candidacy);
  rest(s);
  set(Timer::trust, trust_ends());
  note_leader(s);
  outbox_.rewind();  // what was sent while there was no trust may have gone nowhere
  push_out(s);
}

Instant Node::trust_ends() const {
  const Duration bound = bound_of(following_.beats, config_->timing, presence_.deviations());
  return std::max(following_.grown + bound + config_->timing.heartbeat_interval, following_.not_before);
}

Duration Node::nominal_bound() const {
  return bound_of(Arrivals{config_->timing.heartbeat_interval}, config_->timing, presence_.deviations());
}

// The followed leader is not trusted any more, by this node's own evidence: it says so at once and seeks another.
void Node::lose_leader(Step s) {
  if (recovering_) return ask_for_memory(s);
  following_.trusted = false;
  following_.regain = following_.beat + 2;
  stop(Timer::trust);
  note_leader(s);
  round_.lost_leader = true;
  send_all(s, heartbeat());
  seek(s, s.now);
}

void Node::watch_quorum(Step s) {
  if (!sees_quorum()) {
    restraint_.quorum_since = Instant::never();
    if (role_ == Role::leader) step_down(s);
  } else if (restraint_.quorum_since == Instant::never()) {
    restraint_.quorum_since = s.now;
  }
}

}  // namespace core
