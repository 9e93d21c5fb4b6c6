// Half-broken networks: random links work both ways, one way or not at all, from 10 s on and for good. As long as some
// node hears a quorum both ways and the two-way links hold all nodes together, there is a leader and every event of
// every node is ordered and delivered everywhere, over relays where it must be.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "sim/world/replay.hpp"

using namespace sim;

namespace {

struct Topology {
  std::vector<std::vector<bool>> open;  // [from][to]

  [[nodiscard]] std::size_t size() const { return open.size(); }
  [[nodiscard]] bool two_way(std::size_t a, std::size_t b) const { return open[a][b] && open[b][a]; }
};

Topology random_topology(core::Rng& rng) {
  const std::size_t nodes = 4 + rng.below(4);
  Topology out{std::vector<std::vector<bool>>(nodes, std::vector<bool>(nodes, true))};
  const std::uint64_t percent = 20 + rng.below(70);
  for (std::size_t i = 0; i < nodes; ++i)
    for (std::size_t j = i + 1; j < nodes; ++j) {
      out.open[i][j] = rng.below(100) < percent;
      out.open[j][i] = rng.below(100) < percent;
    }
  return out;
}

bool serves(const Topology& topology) {
  std::vector<std::size_t> found{0};
  std::vector<bool> seen(topology.size(), false);
  seen[0] = true;
  bool quorum = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::size_t heard = 1;
    for (std::size_t peer = 0; peer < topology.size(); ++peer) {
      if (peer == found[i] || !topology.two_way(found[i], peer)) continue;
      ++heard;
      if (!seen[peer]) found.push_back(peer);
      seen[peer] = true;
    }
    quorum = quorum || heard > topology.size() / 2;
  }
  return quorum && found.size() == topology.size();
}

Target just(std::size_t index) {
  return {{.who = Atom::Who::member, .member = static_cast<Member>(index)}};
}

Scenario broken_to(const Topology& topology) {
  Scenario out;
  out.duration = Duration::s(80);
  for (std::size_t i = 0; i < topology.size(); ++i)
    out.group.members.push_back({"n" + std::to_string(i + 1), {0, i + 1}, 0});
  out.workload.push_back({.interval = Duration::ms(100),
                          .from = {{.who = Atom::Who::all}},
                          .start = Duration::s(2),
                          .stop = Duration::s(65),
                          .chain = 2});
  for (std::size_t from = 0; from < topology.size(); ++from)
    for (std::size_t to = 0; to < topology.size(); ++to)
      if (from != to && !topology.open[from][to])
        out.faults.push_back({At{Duration::s(10)}, Cut{just(from), just(to), false}, {}, 0});
  out.expect.settle = Duration::s(15);
  out.expect.delivered_all = true;
  out.expect.leader_within = Duration::s(12);
  return out;
}

}  // namespace

TEST_CASE("half-broken links: whoever can be reached both ways is served") {
  std::size_t ran = 0;
  for (std::uint64_t seed = 100; seed < 260; ++seed) {
    CAPTURE(seed);
    core::Rng rng = core::Rng::stream(seed, core::Purpose::fault, {99});
    const Topology topology = random_topology(rng);
    if (!serves(topology)) continue;
    ++ran;
    const Outcome outcome = replay(broken_to(topology), seed);
    std::string broken;
    for (const Violation& violation : outcome.judgement.violations) broken += violation.detail + "\n";
    for (const Expectation& expectation : outcome.judgement.expectations)
      if (!expectation.held) broken += expectation.name + ": " + expectation.detail + "\n";
    REQUIRE(broken == "");
    REQUIRE(outcome.count(core::Kind::reject) < 10);
  }
  CHECK(ran > 30);
}
