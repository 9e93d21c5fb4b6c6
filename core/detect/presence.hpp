// The failure detector over all peers: whom this node hears, who hears it, and when the next one would be
// suspected. A deadline is computed from the peer's heartbeat gaps, so one timer does for all and nothing is polled.
// It does not know what leaders and epochs are.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/member_set.hpp"
#include "core/detect/arrivals.hpp"
#include "core/group/config.hpp"

namespace core {

// The silence after which somebody with these gaps is suspected: fixed_timeout, or the point at which phi
// crosses the threshold: mean + acceptable pause + k deviations, k in millionths.
Duration bound_of(const Arrivals& arrivals, const Timing& timing, std::int64_t k);

class Presence {
 public:
  Presence() = default;
  Presence(const Config& config, Member self, std::int64_t k);

  void start(const Config& config, Instant now);

  // A message came. Only gaps between heartbeats are learnt, and none that a suspicion had ended or that is no sample;
  // any message is a sign of life. True if the peer was suspected until now.
  bool heard(const Config& config, Instant now, Member peer, bool heartbeat);
  void told(Member peer, bool hears_me);
  // The connection broke. True if the peer was not suspected until now.
  bool broke(Member peer);
  // Nobody is suspected before `until`, and the gaps under way are not learnt: this node was asleep itself.
  void forgive(Instant until) {
    not_before_ = until;
    for (Peer& peer : peers_) peer.last_heartbeat = Instant::never();
  }
  // Suspects all whose deadline has come and gives them to `suspected(peer, silence)`; moves due().
  void expire(const Config& config, Instant now, auto&& suspected) {
    due_ = Instant::never();
    for (Member peer = 0; peer < peers_.size(); ++peer) {
      if (peer == self_ || peers_[peer].suspected) continue;
      const Instant deadline = deadline_of(config, peer);
      if (deadline > now) {
        due_ = std::min(due_, deadline);
      } else if (broke(peer)) {
        suspected(peer, now - peers_[peer].last);
      }
    }
  }

  // Something of `peer` is about to come: fetches what is known of it into the cache.
  void expect(Member peer) const {
    __builtin_prefetch(&peers_[peer].last, 1);
    __builtin_prefetch(&peers_[peer].arrivals, 1);
  }

  [[nodiscard]] Instant due() const { return due_; }
  [[nodiscard]] bool suspects(Member peer) const { return peers_[peer].suspected; }
  [[nodiscard]] bool hears(Member peer) const { return hears_.has(peer); }
  [[nodiscard]] const MemberSet& hears() const { return hears_; }
  [[nodiscard]] bool two_way(Member peer) const { return hears_.has(peer) && hear_me_.has(peer); }
  // How many of these it hears and is heard by, itself included if it is one of them.
  [[nodiscard]] std::size_t two_way_count(const MemberSet& voters) const {
    return (voters.has(self_) ? 1 : 0) + hears_.count_common(hear_me_, voters);
  }
  [[nodiscard]] std::int64_t deviations() const { return k_; }
  // A gap that is longer than the bound of regular heartbeats tells of an outage, not of how the peer beats: learnt,
  // one would widen a young window to many times its length.
  [[nodiscard]] bool is_sample(Duration gap) const { return gap <= longest_sample_; }
  [[nodiscard]] Instant last_heard(Member peer) const { return peers_[peer].last; }
  [[nodiscard]] const Arrivals& arrivals(Member peer) const { return peers_[peer].arrivals; }

  static void fields(auto& m, auto&& visit) {
    visit("peers", m.peers_), visit("hears", m.hears_), visit("hear_me", m.hear_me_);
    visit("not_before", m.not_before_), visit("due", m.due_);
  }

 private:
  struct Peer {
    Instant last;            // of its last message
    Instant last_heartbeat;  // never: none since it was suspected
    bool suspected = false;
    Arrivals arrivals;
    static void fields(auto& m, auto&& visit) {
      visit("last", m.last), visit("last_heartbeat", m.last_heartbeat), visit("suspected", m.suspected);
      visit("arrivals", m.arrivals);
    }
  };

  [[nodiscard]] Instant deadline_of(const Config& config, Member peer) const;

  Member self_ = kNobody;
  std::int64_t k_ = 0;
  Duration longest_sample_;
  std::vector<Peer> peers_;
  MemberSet hears_, hear_me_;
  Instant not_before_;
  Instant due_ = Instant::never();
};

}  // namespace core
