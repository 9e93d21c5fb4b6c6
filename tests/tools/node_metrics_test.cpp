// What Prometheus is told of a member: before it takes part, and of what has happened.
#include <catch2/catch.hpp>

#include "tools/member/node_metrics.hpp"

namespace {

using core::Kind;
using core::Record;

TEST_CASE("node metrics: a node without a group says so, and little else", "[metrics]") {
  const std::string text = tools::metrics_of("demo", nullptr, nullptr, {}, core::Duration::ms(1'500));
  CHECK_THAT(text, Catch::Contains("\nbellwether_takes_part{node=\"\",group=\"demo\"} 0\n"));
  CHECK_THAT(text, Catch::Contains("\nbellwether_uptime_seconds{node=\"\",group=\"demo\"} 1.5\n"));
  CHECK_THAT(text, !Catch::Contains("bellwether_epoch"));
}

TEST_CASE("node metrics: facts are counted by what they mean", "[metrics]") {
  tools::FactCounts counts;
  counts.on({.kind = Kind::suspect, .node = 0, .peer = 1});
  counts.on({.kind = Kind::trust, .node = 0, .peer = 1});
  counts.on({.kind = Kind::role, .role = core::Role::follower, .node = 0});
  counts.on({.kind = Kind::role, .role = core::Role::leader, .node = 0});
  counts.on({.kind = Kind::leader, .node = 0, .peer = core::kNobody});
  for (int i = 0; i < 2; ++i) counts.on({.kind = Kind::leader, .node = 0, .peer = 1});
  for (int i = 0; i < 3; ++i) counts.on({.kind = Kind::ack, .node = 0});
  counts.on({.kind = Kind::reject, .node = 0});
  CHECK(counts.suspicions == 1);
  CHECK(counts.terms_led == 1);
  CHECK(counts.leaders_followed == 2);
  CHECK(counts.acknowledged == 3);
  CHECK(counts.rejected == 1);
}

}  // namespace
