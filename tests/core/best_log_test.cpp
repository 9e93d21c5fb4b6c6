// A claimant with promises of a quorum takes the best log among them - the greatest (epoch, seq) at its end, not
// the longest and not the latest - in whatever order the promises come.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "core/node/node.hpp"
#include "tests/core/cluster.hpp"
#include "tests/core/logs.hpp"

using core::Duration;
using core::Effects;
using core::Instant;
using core::Log;
using core::Member;
using core::Node;
using core::Point;

namespace {

// The highest of n voters, once its CLAIM is out. The others only exist in what the test says.
struct Claimant {
  const core::Config& config;
  Member self = static_cast<Member>(config.size() - 1);
  core::Epoch known;
  Instant now{};
  Node node;

  Claimant(const core::Config& group, const Log& log, core::Epoch highest)
      : config{group}, known{highest}, node{group, self, disk_of(log), core::Rng{1}} {
    Effects out;
    node.start(now, out);
    while (node.role() != core::Role::claiming) {
      for (Member peer = 0; peer < self; ++peer) node.receive(now, heartbeat_of(peer), out);
      now = node.next_wake();
      node.wake(now, out);
    }
  }
  [[nodiscard]] core::Durable disk_of(const Log& log) const {
    core::Durable disk;
    disk.promised = known;
    disk.log = log;
    return disk;
  }
  [[nodiscard]] core::Message heartbeat_of(Member peer) const {
    core::Heartbeat heartbeat{.promised = known, .hears = core::MemberSet{config.size()}, .last = {}};
    heartbeat.hears.insert(self);
    return {peer, heartbeat};
  }
};

struct Fetched {
  Member source = core::kNobody;
  core::Fetch request;
  int coordinators = 0;
};

Fetched look_for_fetch(Effects& out) {
  Fetched found;
  for (const core::Effect& effect : out.list()) {
    if (effect.kind != core::Effect::Kind::send) continue;
    const core::Message& message = out.messages()[effect.index];
    if (message.type() == core::MessageType::coordinator) ++found.coordinators;
    if (message.type() != core::MessageType::fetch) continue;
    found.source = effect.to;
    found.request = std::get<core::Fetch>(message.body);
  }
  return found;
}

// Gives the claimant what it fetches from `log`, piece by piece, until it asks no more.
void serve(Node& node, Instant now, Fetched fetched, const Log& log, std::size_t bytes) {
  for (int pieces = 0; fetched.source != core::kNobody; ++pieces) {
    REQUIRE(pieces < 50);
    const Point previous = log.floor(fetched.request.have);
    const core::Entries entries{node.epoch(), previous, log.piece(previous.seq, log.size(), bytes)};
    Effects out;
    node.receive(now, {fetched.source, entries}, out);
    fetched = look_for_fetch(out);
  }
}

void check_log(const Node& node, const Log& taken) {
  REQUIRE(node.role() == core::Role::leader);
  REQUIRE(node.log().size() == taken.size() + 1);
  for (core::Seq seq = 1; seq <= taken.size(); ++seq) REQUIRE(node.log().at(seq) == taken.at(seq));
  REQUIRE(node.log().last() == Point{node.epoch(), taken.size() + 1});
  REQUIRE(node.log().at(taken.size() + 1).event->type == core::kEpochStarted);
}

// One order of arrival: who is asked, and does the log become its log?
void claim_in_order(const Claimant& claimant, const std::vector<Log>& logs, const std::vector<Member>& order,
                    std::size_t bytes) {
  Node node = claimant.node;
  Fetched fetched;
  Point best = logs[claimant.self].last();
  for (std::size_t i = 0; i < order.size(); ++i) {
    Effects out;
    node.receive(claimant.now, {order[i], core::Promise{node.epoch(), logs[order[i]].last()}}, out);
    const bool decides = i + 2 == claimant.config.quorum_of(claimant.config.size());  // with its own
    if (i + 2 <= claimant.config.quorum_of(claimant.config.size())) best = std::max(best, logs[order[i]].last());
    const Fetched now = look_for_fetch(out);
    REQUIRE((now.source != core::kNobody || now.coordinators > 0) == decides);
    if (decides) fetched = now;
  }
  if (best <= logs[claimant.self].last()) {
    REQUIRE(fetched.source == core::kNobody);
    return check_log(node, logs[claimant.self]);
  }
  REQUIRE(fetched.source < claimant.self);
  REQUIRE(logs[fetched.source].last() == best);
  serve(node, claimant.now, fetched, logs[fetched.source], bytes);
  check_log(node, logs[fetched.source]);
}

}  // namespace

TEST_CASE("the best log is chosen, not the longest and not the last") {
  const core::Config config = tests::group_of(3);
  const std::vector<Log> logs{Log{tests::entries({1, 1, 1, 1, 1, 1})}, Log{tests::entries({1, 1, 3})},
                              Log{tests::entries({1, 1, 2, 2, 2})}};
  const Claimant claimant{config, logs[2], 3};
  claim_in_order(claimant, logs, {0, 1}, SIZE_MAX);  // the longer one comes first and decides: its epoch is lower
  claim_in_order(claimant, logs, {1, 0}, SIZE_MAX);  // the shorter one is better: a tail of two epochs is cut
}

TEST_CASE("random logs, every order of the promises") {
  int fetches = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::size_t n = 3 + seed % 3;
    const core::Config config = tests::group_of(n);
    const std::vector<Log> logs = tests::random_logs(rng, n, 5);
    const Claimant claimant{config, logs.back(), 5};
    std::vector<Member> order(n - 1);
    std::iota(order.begin(), order.end(), Member{0});
    do {
      claim_in_order(claimant, logs, order, 1 + rng.below(400));
      fetches += logs[order[0]].last() > logs.back().last() ? 1 : 0;
    } while (std::ranges::next_permutation(order).found);
  }
  CHECK(fetches > 100);
}

TEST_CASE("a piece of another epoch, or from another voter, is not taken") {
  const core::Config config = tests::group_of(3);
  const Log mine, best{tests::entries({1, 1, 1})};
  const Claimant claimant{config, mine, 2};
  Node node = claimant.node;
  Effects out;
  const core::Epoch epoch = node.epoch();
  node.receive(claimant.now, {0, core::Promise{epoch - 1, best.last()}}, out);  // of an earlier claim
  CHECK(look_for_fetch(out).source == core::kNobody);
  node.receive(claimant.now, {0, core::Promise{epoch, best.last()}}, out);
  REQUIRE(look_for_fetch(out).source == 0);
  const std::vector<core::Entry> all = tests::entries({1, 1, 1});
  node.receive(claimant.now, {0, core::Entries{epoch - 1, {}, all}}, out);
  node.receive(claimant.now, {1, core::Entries{epoch, {}, all}}, out);
  CHECK(node.log().size() == 0);
  node.receive(claimant.now, {0, core::Entries{epoch, {1, 2}, {all[2]}}}, out);  // does not connect
  CHECK(node.log().size() == 0);
  node.receive(claimant.now, {0, core::Entries{epoch, {}, {all[0], all[1]}}}, out);  // ends before what was promised
  CHECK(node.role() == core::Role::claiming);
  node.receive(claimant.now, {0, core::Entries{epoch, {1, 2}, {all[2]}}}, out);
  check_log(node, best);
}
