// A cluster with a ledger, and what directed tests ask of it.
#pragma once

#include <algorithm>
#include <set>

#include "tests/core/ledger.hpp"

namespace tests {

inline core::Config group_with_joiners(std::size_t founders, std::size_t joiners, std::uint64_t snapshot_every = 8) {
  core::Config config = group_of(founders + joiners);
  for (std::size_t i = founders; i < config.size(); ++i) config.members[i].founder = false;
  config.snapshot_every = snapshot_every;
  return config;
}

struct Watched {
  explicit Watched(core::Config config) : cluster{std::move(config)} {
    cluster.watch = [this](const Step& step) { ledger.step(step); };
  }

  void start(Member member) {
    ledger.restarted(member, cluster.disk(member));
    cluster.start(member);
  }
  void forget(Member member) {
    ledger.forgot(member, cluster.disk(member));
    cluster.forget(member);
  }
  // So many events, one after another, at `member`.
  void submit(Member member, int count) {
    for (int i = 0; i < count; ++i) {
      cluster.submit(member);
      cluster.run(Duration::ms(5));
    }
  }
  // All that are up have the same log, committed to its end, nothing undecided, and `voters` vote.
  bool agree(std::size_t voters, Duration within = Duration::s(30)) {
    return cluster.run_until(within, [&] {
      const Member leader = cluster.leader_of_all();
      if (leader == core::kNobody || cluster.node(leader).voters().count() != voters) return false;
      for (Member member = 0; member < cluster.size(); ++member) {
        if (!cluster.up(member)) continue;
        const core::Node& node = cluster.node(member);
        const bool level = node.log().last() == cluster.node(leader).log().last() && node.commit() == node.log().size();
        if (!level || cluster.disk(member).recovering || !cluster.disk(member).pending.empty()) return false;
      }
      return true;
    });
  }
  // Loses whatever comes from or goes to these.
  void cut_off(std::set<Member> members) {
    cluster.route = [members](const Flight& flight) -> std::optional<Duration> {
      if (members.contains(flight.from) != members.contains(flight.to)) return std::nullopt;
      return Duration::ms(1);
    };
  }
  void heal() { cluster.route = nullptr; }

  Cluster cluster;
  Ledger ledger;
};

// The bodies of this kind on their way to `to`.
template <class Body>
std::vector<Flight*> flights(Cluster& cluster, Member to) {
  std::vector<Flight*> found;
  for (Flight& flight : cluster.in_flight())
    if (flight.to == to && std::holds_alternative<Body>(flight.message.body)) found.push_back(&flight);
  return found;
}

}  // namespace tests
