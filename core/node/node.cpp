#include "core/node/node.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/base/hash.hpp"
#include "core/detect/phi.hpp"

namespace core {
namespace {

CityState city_of(const Config& config, const SnapshotRef& snapshot) {
  if (snapshot == nullptr) return CityState::of(config.city);
  auto city = decode_city(snapshot->state.city, config.city);
  check(city.has_value(), "a snapshot is of a group with the same applications");
  return *std::move(city);
}

}  // namespace

Node::Node(const Config& config, Member self, Durable durable, Rng rng)
    : config_{&config},
      self_{self},
      rng_{rng},
      promised_{durable.promised},
      promised_to_{durable.promised_to},
      log_{std::move(durable.log)},
      outbox_{std::move(durable.pending), durable.last_number},
      restraint_{.wait = durable.restraint, .not_before = {}},
      snapshot_{std::move(durable.snapshot)},
      voters_{snapshot_ == nullptr ? founders_of(config) : snapshot_->state.voters},
      memories_{std::move(durable.memories)},
      presence_{config, self, deviations_at(config.timing.phi_threshold_milli)},
      peers_(config.size()),
      known_{promised_} {
  timers_.fill(Instant::never());
  round_.asked = round_.answered = round_.broke_word = strangers_ = MemberSet{config.size()};
  if (durable.recovering && config.quorum != Quorum::none) recovering_.emplace();
  if (snapshot_ != nullptr) {
    commit_ = delivered_ = snapshot_->state.at.seq;
    decided_ = snapshot_->state.decided;
  }
  note_voters(log_.piece(delivered_, log_.size(), SIZE_MAX));
  if (!config.city.empty()) city_.emplace(config, self, city_of(config, snapshot_));
}

void Node::start(Instant now, Effects& out) {
  const Step s{now, out};
  const Duration interval = config_->timing.heartbeat_interval;
  presence_.start(*config_, now);
  set(Timer::heartbeat, now + Duration{static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(interval.ns)))});
  set(Timer::detector, now);
  rest(s);
  if (city_)
    for (const LampOrder& order : city_->ask_lamps()) out.order(order);
  const bool first = restraint_.wait == Duration{};
  restrain(s, first ? interval : restraint_.wait * 2);
  settle_covered(s);
  if (recovering_) return ask_for_memory(s);
  const bool led = promised_to_ == self_ && log_.last().epoch == promised_;  // else its claim came to nothing
  if (led) gone_ = promised_;
  seek(s, now + config_->timing.answer_timeout);
  watch_quorum(s);
}

void Node::receive(Instant now, const Message& message, Effects& out) {
  if (halted_) return;
  const Step s{now, out};
  if (stranger(s, message.from, message)) return;
  hear(s, message.from, message.type() == MessageType::heartbeat);
  peers_[message.from].heard = std::max(peers_[message.from].heard, message.sent);
  if (overtaken(message)) return;
  const bool asking = recovering_ && recovering_->epoch == 0;
  const auto type = message.type();
  if (asking && type != MessageType::recovery && type != MessageType::recover && type != MessageType::settings) return;
  std::visit([&](const auto& body) { on(s, message.from, body); }, message.body);
}

void Node::link_down(Instant now, Member peer, Effects& out) {
  if (halted_) return;
  const Step s{now, out};
  if (presence_.broke(peer)) suspect(s, peer, Duration{});
  if (role_ != Role::leader && following_.trusted && following_.leader == peer) lose_leader(s);
  watch_answerers(s);
  watch_quorum(s);
  watch_way(s);
}

void Node::wake(Instant now, Effects& out) {
  if (halted_) return;
  const Step s{now, out};
  const Instant earliest = next_wake();
  if (earliest + config_->timing.heartbeat_interval < now) {  // asleep itself: blame nobody yet
    const Instant until = now + config_->timing.heartbeat_interval * 2;
    presence_.forgive(until);
    following_.not_before = until;
  }
  for (std::size_t i = 0; i < kTimers && !halted_; ++i) {
    if (timers_[i] > now) continue;
    timers_[i] = Instant::never();
    fire(s, static_cast<Timer>(i));
  }
}

void Node::expire(Instant now, Timer timer, Effects& out) {
  if (halted_) return;
  stop(timer);
  fire({now, out}, timer);
}

void Node::fire(Step s, Timer timer) {
  switch (timer) {
    case Timer::heartbeat:
      return beat(s);
    case Timer::detector:
      presence_.expire(*config_, s.now, [&](Member peer, Duration silence) { suspect(s, peer, silence); });
      set(Timer::detector, presence_.due());
      watch_answerers(s);
      watch_quorum(s);
      return watch_way(s);
    case Timer::trust:
      if (!following_.trusted || role_ == Role::leader) return;
      if (trust_ends() > s.now) return set(Timer::trust, trust_ends());
      return lose_leader(s);
    case Timer::candidacy:
      return candidacy(s);
    case Timer::round:
      return end_round(s);
    case Timer::claim:
      return give_up_claim(s);
    case Timer::claim_repeat:
      return repeat_claim(s);
    case Timer::submit:
      return repeat_own(s);
    case Timer::nack:
      return ask_again_for_missing(s);
    case Timer::replicate:
      return repeat_to_silent(s);
    case Timer::hold:
      return expire_held(s);
    case Timer::progress:
      return check_progress(s);
    case Timer::reclaim:
      if (role_ == Role::leader && known_ > promised_) claim(s);
      return;
    case Timer::recover:
      return ask_all(s);
    case Timer::city:
      return tend_city(s);
  }
}

Instant Node::next_wake() const {
  if (halted_) return Instant::never();
  Instant earliest = Instant::never();
  for (const Instant due : timers_) earliest = std::min(earliest, due);
  return earliest;
}

void Node::send_all(Step s, Body body) const {
  const std::uint32_t message = s.out.make({.from = self_, .body = std::move(body), .sent = s.now});
  for (Member to = 0; to < config_->size(); ++to)
    if (to != self_) s.out.send(to, message);
}

// The only writer of role_.
void Node::become(Step s, Role role) {
  if (role_ == Role::electing && role != role_) {
    round_.asked.clear();
    round_.answered.clear();
    stop(Timer::round);
  }
  if (role_ == Role::claiming && role != role_) {
    claiming_.reset();
    stop(Timer::claim);
    stop(Timer::claim_repeat);
  }
  if (role_ == Role::leader && role != role_) {
    leading_.reset();
    for (const Timer timer : {Timer::replicate, Timer::hold, Timer::progress, Timer::reclaim}) stop(timer);
  }
  role_ = role;
  if (noted_role_ == std::pair{role, promised_}) return;
  noted_role_ = {role, promised_};
  s.out.fact(Record{.kind = Kind::role, .role = role, .node = self_, .epoch = promised_});
}

void Node::note_leader(Step s) {
  if (noted_leader_ == std::pair{leader(), following_.epoch}) return;
  noted_leader_ = {leader(), following_.epoch};
  s.out.fact(Record{.kind = Kind::leader, .node = self_, .peer = leader(), .epoch = following_.epoch});
}

// A rule of safety is broken inside this node: it stops at once and says so.
void Node::halt(Step s, std::string invariant, std::string detail) {
  halted_ = true;
  s.out.fact(Record{.kind = Kind::violation, .node = self_}, Details{std::move(invariant), std::move(detail), {}, {}});
  s.out.fact(Record{.kind = Kind::crash, .node = self_});
}

Digest Node::digest() const {
  Hasher out;
  hash(out, *this);
  return out.digest();
}

}  // namespace core
