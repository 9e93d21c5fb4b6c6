// A group in trouble: random submissions, lost, late and repeated messages, broken links, crashes and restarts.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/base/rng.hpp"
#include "tests/core/cluster.hpp"

namespace tests {

class Chaos {
 public:
  Chaos(std::size_t n, std::uint64_t seed, core::Quorum quorum = core::Quorum::majority)
      : rng{seed}, cluster{config_of(n, quorum), seed} {
    cluster.route = [this](const Flight& flight) { return latency(flight); };
    cluster.start_all();
  }

  void run(Duration span) {
    const Instant end = cluster.now() + span;
    while (cluster.now() < end) {
      trouble();
      cluster.run(std::min(Duration::us(static_cast<std::int64_t>(rng.below(60'000))), end - cluster.now()));
    }
  }

  // All start that are down, and the network works from now on.
  void calm() {
    cluster.route = nullptr;
    for (Member member = 0; member < cluster.size(); ++member) {
      cluster.doom(member, std::nullopt);
      if (!cluster.up(member)) start(member);
    }
  }

  core::Rng rng;
  Cluster cluster;
  std::function<void(Member)> on_start;  // called before a restart

 private:
  void start(Member member) {
    if (on_start) on_start(member);
    cluster.start(member);
  }

  static core::Config config_of(std::size_t n, core::Quorum quorum) {
    core::Config config = group_of(n);
    config.quorum = quorum;
    config.timing.hold_timeout = Duration::ms(300);
    config.timing.retransmit = Duration::ms(50);
    config.timing.answer_timeout = Duration::ms(200);
    config.timing.election_timeout = Duration::s(1);
    return config;
  }

  std::optional<Duration> latency(const Flight& flight) {
    if (rng.below(20) == 0) return std::nullopt;
    if (flight.to == behind_ && flight.message.type() == core::MessageType::order) return std::nullopt;
    return Duration::us(static_cast<std::int64_t>(rng.below(rng.below(20) == 0 ? 300'000 : 5'000)));
  }

  void trouble() {
    const auto member = static_cast<Member>(rng.below(cluster.size()));
    const auto peer = static_cast<Member>(rng.below(cluster.size()));
    const std::uint64_t dice = rng.below(100);
    if (rng.below(30) == 0) behind_ = peer;
    if (!cluster.up(member)) {
      if (dice < 30) start(member);
    } else if (dice < 3) {
      cluster.crash(member);
    } else if (dice < 6) {
      constexpr std::array kWhen{core::MessageType::order, core::MessageType::ack, core::MessageType::promise,
                                 core::MessageType::coordinator, core::MessageType::submit};
      cluster.doom(member, kWhen[rng.below(kWhen.size())]);
    } else if (dice < 10 && peer != member) {
      cluster.link_down(member, peer);
    } else if (dice < 15 && !cluster.in_flight().empty()) {
      cluster.in_flight().push_back(cluster.in_flight()[rng.below(cluster.in_flight().size())]);
    } else if (dice < 60) {
      std::vector<core::EventId> causes;
      if (rng.below(3) == 0) causes.push_back(core::EventId::of(peer, 1 + rng.below(6)));
      cluster.submit(member, causes);
    }
  }

  Member behind_ = core::kNobody;  // gets no ORDER for a while, so that its log ends earlier than others'
};

}  // namespace tests
