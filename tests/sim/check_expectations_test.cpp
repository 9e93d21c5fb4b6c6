#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Who = sim::Expect::FinalLeader::Who;

namespace {

constexpr EventId a1 = EventId::of(n1, 1), a2 = EventId::of(n1, 2), b1 = EventId::of(n2, 1);

const sim::Expectation& find(const sim::Judgement& judgement, const std::string& name) {
  const auto found = std::find_if(judgement.expectations.begin(), judgement.expectations.end(),
                                  [&](const sim::Expectation& expectation) { return expectation.name == name; });
  REQUIRE(found != judgement.expectations.end());
  return *found;
}

sim::Scenario with_final_leader(Who who, Member member = core::kNobody) {
  auto scenario = group_of(5);
  scenario.expect.final_leader = {who, member};
  return scenario;
}

Tape& all_follow(Tape& tape, const std::vector<Member>& nodes, Member leader) {
  for (const Member node : nodes) tape.believe(node, leader, 1);
  return tape;
}

}  // namespace

TEST_CASE("a quiet run passes and says what it did not exercise") {
  Tape tape{3};
  tape.start_all().lead(n3, 1);
  const auto judgement = tape.end_s(10);
  CHECK(judgement.passed);
  CHECK(judgement.expectations.empty());
  CHECK(judgement.leader == n3);
  CHECK(judgement.epoch == 1);
  CHECK(judgement.notes ==
        std::vector<std::string>{"not exercised: prefix_agreement", "not exercised: no_gap", "not exercised: integrity",
                                 "not exercised: fifo", "not exercised: causal", "not exercised: durability",
                                 "not exercised: bully", "not exercised: liveness", "no settled period"});
}

TEST_CASE("an invariant that is named must see something") {
  Tape tape{3};
  tape.scenario.expect.all_invariants = false;
  tape.scenario.expect.invariants = {"epoch_leader", "fifo"};
  tape.start_all().lead(n3, 1);
  SECTION("it did not") {
    const auto judgement = tape.end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK(find(judgement, "epoch_leader").held);
    CHECK_FALSE(find(judgement, "fifo").held);
    CHECK(judgement.notes == std::vector<std::string>{"no settled period"});
  }
  SECTION("it did") {
    tape.submit(a1).deliver(n1, 1, a1);
    CHECK(tape.end_s(10).passed);
  }
  SECTION("one that is not named is not judged") {
    tape.submit(a1).deliver(n1, 2, a1);
    const auto judgement = tape.end_s(10);
    CHECK(judgement.passed);
    CHECK(judgement.violations.empty());
  }
}

TEST_CASE("violations: asked for, tolerated, or neither") {
  Tape tape{3};
  tape.start_all().lead(n3, 1);
  SECTION("neither") {
    tape.lead(n2, 1);
    const auto judgement = tape.end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK(judgement.violation_count == 1);
  }
}

TEST_CASE("violations that are expected") {
  Tape tape{3};
  tape.scenario.expect.violations = {"epoch_leader"};
  tape.scenario.expect.tolerated = {"no_gap"};
  tape.start_all().lead(n3, 1);
  SECTION("must occur") {
    const auto judgement = tape.end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK_FALSE(find(judgement, "violations").held);
    CHECK(find(judgement, "violations").detail == "epoch_leader held, though it must be violated");
  }
  SECTION("and do") {
    CHECK(tape.lead(n2, 1).end_s(10).passed);
  }
  SECTION("tolerated ones may occur too") {
    CHECK(tape.lead(n2, 1).submit(a1).deliver(n1, 2, a1).end_s(10).passed);
  }
  SECTION("others may not") {
    CHECK_FALSE(tape.lead(n2, 1).deliver(n1, 1, a1).end_s(10).passed);
  }
}

TEST_CASE("a violation that a node reports itself fails the run, and is not sent to the trace again") {
  Tape tape{3};
  const core::Details breach{.text = "no_gap", .detail = "my log has a hole", .nodes = {}, .closed = {}};
  tape.start_all().put(Kind::violation, n1, {.more = &breach});
  tape.put(Kind::violation, core::kNobody, {.more = &breach});  // the judge's own, coming back
  const auto judgement = tape.end_s(10);
  CHECK_FALSE(judgement.passed);
  CHECK(judgement.violation_count == 1);
  CHECK(tape.fresh.empty());
}

TEST_CASE("many violations: some are told, all are counted, and none hides the others") {
  Tape tape{3};
  tape.start_all();
  for (core::Seq seq = 2; seq < 1002; seq += 2) tape.deliver(n1, seq, EventId::made_in(1, seq));
  tape.lead(n3, 1).lead(n2, 1);
  const auto judgement = tape.end_s(10);
  CHECK(judgement.violation_count == 501);
  CHECK(judgement.violations.size() == 21);
  CHECK(judgement.violations.back().invariant == "epoch_leader");
  CHECK(tape.fresh.size() == 21);
}

TEST_CASE("final_leader: a name") {
  Tape tape{with_final_leader(Who::member, n5)};
  tape.start_all();
  SECTION("all name it") {
    all_follow(tape, {n1, n2, n3, n4, n5}, n5);
    CHECK(tape.end_s(10).passed);
  }
  SECTION("one names another") {
    all_follow(tape, {n1, n2, n3, n4, n5}, n5).believe(n2, n4, 2);
    const auto judgement = tape.end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK(find(judgement, "final_leader").detail ==
          "n1 follows n5, n2 follows n4, n3 follows n5, n4 follows n5, n5 follows n5");
  }
  SECTION("one has not said since its restart") {
    all_follow(tape, {n1, n2, n3, n4, n5}, n5).crash(n2).restart(n2);
    CHECK_FALSE(tape.end_s(10).passed);
  }
  SECTION("the dead, the paused and the minority are not asked") {
    all_follow(tape, {n1, n2, n3, n4, n5}, n4);
    all_follow(tape, {n3, n4, n5}, n5).crash(n1).fault("isolate", 0, between({n2}, {n1, n3, n4, n5}));
    CHECK(tape.end_s(10).passed);
  }
  SECTION("nobody is live") {
    for (const Member node : {n1, n2, n3, n4, n5}) tape.crash(node);
    CHECK_FALSE(tape.end_s(10).passed);
  }
}

TEST_CASE("final_leader: highest, any, none") {
  SECTION("highest: of those that are live and connected") {
    Tape tape{with_final_leader(Who::highest)};
    all_follow(tape.start_all(), {n1, n2, n3, n4}, n4).crash(n5);
    CHECK(tape.end_s(10).passed);
  }
  SECTION("highest: not any other") {
    Tape tape{with_final_leader(Who::highest)};
    all_follow(tape.start_all(), {n1, n2, n3, n4, n5}, n4);
    CHECK_FALSE(tape.end_s(10).passed);
  }
  SECTION("any: the same for all") {
    Tape tape{with_final_leader(Who::any)};
    all_follow(tape.start_all(), {n1, n2, n3, n4, n5}, n2);
    CHECK(tape.end_s(10).passed);
  }
  SECTION("any: not two") {
    Tape tape{with_final_leader(Who::any)};
    all_follow(tape.start_all(), {n1, n2, n3, n4, n5}, n2).believe(n5, n5, 2);
    CHECK_FALSE(tape.end_s(10).passed);
  }
  SECTION("any: not nobody") {
    Tape tape{with_final_leader(Who::any)};
    CHECK_FALSE(tape.start_all().end_s(10).passed);
  }
  SECTION("none: where no majority is left") {
    Tape tape{with_final_leader(Who::none)};
    tape.start_all().crash(n3).crash(n4).crash(n5).believe(n1, core::kNobody, 1);
    CHECK(tape.end_s(10).passed);
  }
  SECTION("none: but one still believes") {
    Tape tape{with_final_leader(Who::none)};
    tape.start_all().crash(n3).crash(n4).crash(n5).believe(n1, n5, 1);
    CHECK_FALSE(tape.end_s(10).passed);
  }
}

TEST_CASE("leader_within") {
  Tape tape{3};
  tape.scenario.expect.leader_within = Duration::s(2);
  SECTION("soon enough") {
    CHECK(tape.start_all().at_s(2).lead(n3, 1).end_s(10).passed);
  }
  SECTION("too late") {
    const auto judgement = tape.start_all().at_s(3).lead(n3, 1).end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK(find(judgement, "leader_within").detail ==
          "the longest time in which a connected majority had no leader was 3.000 s, from 0.000 s on; the limit is "
          "2.000 s");
  }
  SECTION("never") {
    tape.scenario.expect.leader_within = Duration::s(60);
    CHECK_FALSE(tape.start_all().end_s(10).passed);
  }
  SECTION("no majority to lead") {
    CHECK_FALSE(tape.end_s(10).passed);
  }
}

TEST_CASE("delivered: all") {
  Tape tape{3};
  tape.scenario.expect.delivered_all = true;
  tape.start_all();
  SECTION("at every live node, or rejected there") {
    tape.submit(a1).submit(b1).crash(n3).deliver({n1, n2}, 1, a1);
    for (const Member node : {n1, n2}) tape.deliver_rejection(node, 2, EventId::made_in(1, 1), b1);
    tape.at_s(11).submit(a2);  // too late to be asked for
    const auto judgement = tape.end_s(14);
    CHECK(judgement.passed);
    CHECK(find(judgement, "delivered").detail == "2 events accepted by 4.000 s decided at 2 live nodes");
  }
  SECTION("missing at one") {
    tape.submit(a1).deliver({n1, n2}, 1, a1);
    const auto judgement = tape.end_s(14);
    CHECK_FALSE(judgement.passed);
    CHECK(find(judgement, "delivered").detail == "n3 lacks 1 event, the first n1:1");
  }
  SECTION("nothing was submitted") {
    CHECK_FALSE(tape.end_s(14).passed);
  }
  SECTION("nothing early enough") {
    CHECK_FALSE(tape.at_s(5).submit(a1).deliver({n1, n2, n3}, 1, a1).end_s(14).passed);
  }
}

TEST_CASE("at_least counts records of every kind") {
  Tape tape{3};
  tape.scenario.expect.at_least = {{Kind::send, 2}, {Kind::violation, 1}};
  tape.scenario.expect.tolerated = {"epoch_leader"};
  tape.start_all().lead(n3, 1).put(Kind::send, n1, {.peer = n2});
  SECTION("enough") {
    CHECK(tape.put(Kind::send, n1, {.peer = n2}).lead(n2, 1).end_s(10).passed);
  }
  SECTION("too few") {
    const auto judgement = tape.lead(n2, 1).end_s(10);
    CHECK_FALSE(judgement.passed);
    CHECK(find(judgement, "at_least").detail == "1 send, wanted 2; 1 violation, wanted 1");
  }
}

TEST_CASE("faults must strike") {
  Tape tape{3};
  tape.scenario.faults.resize(1);
  tape.start_all();
  CHECK(tape.end_s(10).passed);
  const auto judgement = tape.end_s(10, {"fault 1 (crash: leader) found nobody"});
  CHECK_FALSE(judgement.passed);
  CHECK(find(judgement, "faults").detail == "fault 1 (crash: leader) found nobody");
}
