// Joining, leaving, memory, and settings of one node.
#include <catch2/catch.hpp>

#include "core/group/settings.hpp"
#include "tests/sim/decode_support.hpp"

using decode_support::good;
using decode_support::with_nodes;
using decode_support::wrong;

TEST_CASE("who joins and has not left before is no founder") {
  const sim::Scenario s = good(with_nodes(
      "duration: 60s\nworkload:\n  - {join: [n4, n5], at: 10s}\n  - {leave: n1, at: 5s}\n  - {join: n1, at: 20s}\n"));
  REQUIRE(s.membership.size() == 3);
  const auto founder = [&](std::size_t i) { return s.group.members[i].founder; };
  CHECK((founder(0) && founder(1) && founder(2) && !founder(3) && !founder(4)));
  CHECK(s.membership[0].at == core::Duration::s(10));
}

TEST_CASE("memory, snapshots and drift bounds of a group") {
  const std::string drift = "timing: {clock_drift_max: 200ppm}\n";
  const sim::Scenario s = good(with_nodes("group: {storage: volatile, snapshot_every: 50}\n" + drift));
  CHECK(s.group.storage == core::Storage::memory);
  CHECK(s.group.snapshot_every == 50);
  CHECK(s.group.timing.clock_drift_max_ppm == 200);
}

TEST_CASE("a node with settings of its own has another digest, the others have one") {
  const sim::Scenario s =
      good("version: 1\ntiming: {retransmit: 100ms}\nnodes: [{name: a}, {name: b, timing: {retransmit: 300ms}}]\n");
  REQUIRE(s.own_settings.size() == 1);
  CHECK(s.own_settings.at(1).digest != s.group.digest);
  CHECK(s.own_settings.at(1).timing.retransmit == core::Duration::ms(300));
  CHECK(s.group.timing.retransmit == core::Duration::ms(100));
  CHECK(core::difference(core::settings_of(s.group), core::settings_of(s.own_settings.at(1))) ==
        "timing.retransmit is 100ms here and 300ms there");
}

TEST_CASE("wrong joins and leaves") {
  wrong("workload: [{join: n5}]\n", "3:12: workload: 'at' is missing");
  wrong("workload: [{join: n9, at: 1s}]\n", "3:19: join: unknown node 'n9'; did you mean 'n1'?");
  wrong("workload: [{join: all, at: 1s}]\n", "3:19: join: name the nodes that join; somebody must be there before");
  wrong("workload: [{chain: 3}]\n",
        "3:12: workload: it is not said what happens; give submit, event, dispatch, lights, join or leave");
  wrong("workload: [{join: [n1, n2, n3, n4, n5], at: 1s}]\n",
        "1:1: workload: every node joins; a group needs somebody who is there from the beginning");
}
