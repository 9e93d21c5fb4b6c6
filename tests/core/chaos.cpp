#include "tests/core/chaos.hpp"

#include <algorithm>
#include <array>

namespace tests {
namespace {

core::Config config_of(std::size_t n, core::Quorum quorum, const Hardship& hardship) {
  core::Config config = group_of(n + hardship.joiners);
  for (std::size_t i = n; i < config.size(); ++i) config.members[i].founder = false;
  // The joiners are not all at the top of the ranking.
  for (std::size_t i = 0; i < config.size(); ++i) config.members[i].rank = static_cast<std::int64_t>(i % n);
  config.quorum = quorum;
  config.snapshot_every = hardship.snapshot_every;
  config.timing.hold_timeout = Duration::ms(300);
  config.timing.retransmit = Duration::ms(50);
  config.timing.answer_timeout = Duration::ms(200);
  config.timing.election_timeout = Duration::s(1);
  return config;
}

}  // namespace

Chaos::Chaos(std::size_t n, std::uint64_t seed, core::Quorum quorum, Hardship hardship)
    : rng{seed},
      cluster{config_of(n, quorum, hardship), seed},
      hardship_{hardship},
      side_{cluster.size()},
      leaving_{cluster.size()} {
  cluster.route = [this](const Flight& flight) { return latency(flight); };
  cluster.start_all();
}

void Chaos::run(Duration span) {
  const Instant end = cluster.now() + span;
  while (cluster.now() < end) {
    trouble();
    cluster.run(std::min(Duration::us(static_cast<std::int64_t>(rng.below(60'000))), end - cluster.now()));
  }
}

void Chaos::calm() {
  cluster.route = nullptr;
  for (Member member = 0; member < cluster.size(); ++member) {
    cluster.doom(member, std::nullopt);
    cluster.doom_after(member, 0);
  }
  start_all();
}

void Chaos::start_all() {
  for (Member member = 0; member < cluster.size(); ++member)
    if (!cluster.up(member)) start(member);
}

void Chaos::start(Member member) {
  leaving_.erase(member);
  if (on_start) on_start(member);
  cluster.start(member);
}

void Chaos::forget(Member member) {
  if (on_forget) on_forget(member);
  leaving_.erase(member);
  cluster.forget(member);
}

std::optional<Duration> Chaos::latency(const Flight& flight) {
  if (side_.has(flight.from) != side_.has(flight.to) || rng.below(20) == 0) return std::nullopt;
  if (flight.to == behind_ && flight.message.type() == core::MessageType::order) return std::nullopt;
  return Duration::us(static_cast<std::int64_t>(rng.below(rng.below(20) == 0 ? 300'000 : 5'000)));
}

void Chaos::trouble() {
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
  } else {
    more_trouble(member);
  }
}

void Chaos::more_trouble(Member member) {
  const std::uint64_t dice = rng.below(100);
  if (hardship_.partitions && dice < 12) {
    for (Member each = 0; each < cluster.size(); ++each)
      if (dice < 6 && rng.below(3) == 0)
        side_.insert(each);
      else
        side_.erase(each);
  } else if (hardship_.torn_steps && dice < 20) {
    cluster.doom_after(member, static_cast<unsigned>(1 + rng.below(10)));
  } else if (hardship_.leaving && dice < 28 && voters_to_spare() > 3) {
    leaving_.insert(member);
    cluster.leave(member);
  } else if (hardship_.amnesia && dice < 40 && voters_to_spare() > 2) {
    forget(member);
  }
}

std::size_t Chaos::voters_to_spare() {
  std::size_t fewest = cluster.size();
  for (Member member = 0; member < cluster.size(); ++member) {
    if (cluster.disk(member).recovering || leaving_.has(member)) return 0;
    if (cluster.up(member)) fewest = std::min(fewest, cluster.node(member).voters().count());
  }
  return fewest;
}

}  // namespace tests
