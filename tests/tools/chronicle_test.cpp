// What could have caused what: along a node's records and over messages, by the shortest way.
#include "tools/explain/chronicle.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/records.hpp"

namespace {

using core::Kind;
using core::MessageType;
using tools::Chronicle;
using tools::kNowhere;
using tools::Place;
using tools_test::record;

constexpr core::Member n1 = 0, n2 = 1, n3 = 2;

struct Run {
  Chronicle chronicle;

  Place add(Kind kind, core::Member node, std::uint64_t message = 0, MessageType type = MessageType::order) {
    core::Record made = record(kind, node);
    made.number = message;
    made.type = type;
    chronicle.on(made);
    return chronicle.size() - 1;
  }
};

using Way = std::vector<Place>;

}  // namespace

TEST_CASE("a way goes along a node and over messages, never against time") {
  Run run;
  const Place submit = run.add(Kind::submit, n1), send = run.add(Kind::send, n1, 1);
  const Place other = run.add(Kind::submit, n2), recv = run.add(Kind::recv, n2, 1);
  const Place deliver = run.add(Kind::deliver, n2);
  CHECK(run.chronicle.path(submit, deliver) == Way{submit, send, recv, deliver});
  CHECK(run.chronicle.path(other, deliver) == Way{other, recv, deliver});
  CHECK(run.chronicle.path(deliver, submit).empty());
  CHECK(run.chronicle.path(submit, other).empty());
  CHECK(run.chronicle.path(submit, submit) == Way{submit});
  CHECK(run.chronicle.path(kNowhere, submit).empty());
  CHECK(run.chronicle.sent(recv) == send);
}

TEST_CASE("the shortest way has the fewest messages, then those that carry events, then the fewest records") {
  Run run;
  const Place submit = run.add(Kind::submit, n1), direct = run.add(Kind::send, n1, 1);
  run.add(Kind::send, n1, 2);
  run.add(Kind::recv, n3, 2);
  run.add(Kind::send, n3, 3);
  run.add(Kind::send, n1, 4, MessageType::heartbeat);
  const Place arrival = run.add(Kind::recv, n2, 1);
  for (int i = 0; i < 50; ++i) run.add(Kind::commit, n2);
  run.add(Kind::recv, n2, 4, MessageType::heartbeat);
  run.add(Kind::recv, n2, 3);
  const std::vector<Place> way = run.chronicle.path(submit, run.add(Kind::deliver, n2));
  REQUIRE(way.size() > 3);
  CHECK(Way(way.begin(), way.begin() + 3) == Way{submit, direct, arrival});
}

TEST_CASE("faults, lost messages and violations belong to no node") {
  Run run;
  const Place first = run.add(Kind::commit, n2);
  const core::Details details;
  for (const Kind kind : {Kind::fault, Kind::violation}) {
    core::Record outside = record(kind, core::kNobody);
    outside.more = &details;
    run.chronicle.on(outside);
  }
  const Place drop = run.add(Kind::drop, n2, 7), next = run.add(Kind::commit, n2);
  CHECK(run.chronicle.before(drop) == kNowhere);
  CHECK(run.chronicle.before(next) == first);
  CHECK(run.chronicle.sent(drop) == kNowhere);
}
