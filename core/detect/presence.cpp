#include "core/detect/presence.hpp"

#include <algorithm>

namespace core {

namespace {

// `k` millionths of `deviation`.
Duration times(Duration deviation, std::int64_t k) {
  return {deviation.ns / 1'000 * k / 1'000};
}

}  // namespace

Duration bound_of(const Arrivals& arrivals, const Timing& timing, std::int64_t k) {
  if (timing.detector == DetectorKind::fixed) return timing.fixed_timeout;
  const Duration deviation = std::max(arrivals.stddev(), timing.phi_min_stddev);
  return arrivals.mean() + timing.phi_acceptable_pause + times(deviation, k);
}

Presence::Presence(const Config& config, Member self, std::int64_t k)
    : self_{self},
      k_{k},
      longest_sample_{bound_of(Arrivals{config.timing.heartbeat_interval}, config.timing, k)},
      peers_(config.size()),
      hears_{config.size()},
      hear_me_{config.size()} {}

void Presence::start(const Config& config, Instant now) {
  for (std::size_t i = 0; i < peers_.size(); ++i)
    peers_[i] = {.last = now,
                 .last_heartbeat = Instant::never(),
                 .suspected = !config.members[i].founder,  // who joins later is not there yet
                 .arrivals = Arrivals{config.timing.heartbeat_interval}};
  due_ = now;
}

bool Presence::heard(const Config& config, Instant now, Member peer, bool heartbeat) {
  Peer& p = peers_[peer];
  p.last = now;
  hears_.insert(peer);
  const bool back = std::exchange(p.suspected, false);
  if (back) due_ = std::min(due_, deadline_of(config, peer));
  if (!heartbeat) return back;
  if (p.last_heartbeat != Instant::never() && is_sample(now - p.last_heartbeat))
    p.arrivals.add(now - p.last_heartbeat, config.timing.phi_window);
  p.last_heartbeat = now;
  // A calmer peer has a narrower bound: its deadline may now be the first. The least it can be is cheap to know.
  const Timing& timing = config.timing;
  const Duration least = timing.phi_acceptable_pause + times(timing.phi_min_stddev, k_);
  if (timing.detector == DetectorKind::phi && now + least < due_) due_ = std::min(due_, deadline_of(config, peer));
  return back;
}

void Presence::told(Member peer, bool hears_me) {
  if (hears_me)
    hear_me_.insert(peer);
  else
    hear_me_.erase(peer);
}

bool Presence::broke(Member peer) {
  Peer& p = peers_[peer];
  p.last_heartbeat = Instant::never();
  hears_.erase(peer);
  hear_me_.erase(peer);
  return !std::exchange(p.suspected, true);
}

Instant Presence::deadline_of(const Config& config, Member peer) const {
  return std::max(peers_[peer].last + bound_of(peers_[peer].arrivals, config.timing, k_), not_before_);
}

}  // namespace core
