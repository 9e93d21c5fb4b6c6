// Who votes, leaves, joins and refuses, as the judge takes it. Defaults: settle 15 s.
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

namespace {

constexpr EventId a1 = EventId::of(n1, 1);
constexpr EventId own1 = EventId::made_in(1, 1), own2 = EventId::made_in(1, 2);

// n1..n3 vote from the beginning, n4 and n5 may join.
sim::Scenario three_founders() {
  auto scenario = group_of(5);
  scenario.group.members[n4].founder = scenario.group.members[n5].founder = false;
  return scenario;
}

Tape& start_founders(Tape& tape) {
  return tape.start(n1).start(n2).start(n3);
}

}  // namespace

TEST_CASE("who votes: the founders, until an entry that says otherwise is delivered") {
  Tape tape{three_founders()};
  start_founders(tape).lead(n3, 1);
  SECTION("two of three founders are a quorum, though five may take part") {
    tape.at_s(1).crash(n3).at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("one is not") {
    tape.at_s(1).crash(n3).crash(n2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("learners do not count for it") {
    tape.at_s(1).start(n4).start(n5).crash(n3).crash(n2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("nor does a learner lead, however high") {
    tape.at_s(1).start(n5).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("a learner must get what is delivered") {
    tape.at_s(1).start(n5).at_s(2).submit(a1).deliver({n1, n2, n3}, 1, a1).at_s(20);
    CHECK(tape.broken() == Names{"liveness"});
    CHECK(tape.fresh[0].detail.find("n5 has neither delivered") == 0);
  }
  SECTION("one that has not joined must not") {
    tape.at_s(2).submit(a1).deliver({n1, n2, n3}, 1, a1).at_s(20);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("who votes: from the first delivery of the entry on, anywhere") {
  Tape tape{three_founders()};
  start_founders(tape).start(n5).lead(n3, 1).at_s(1).deliver_voters({n3}, 1, own1, "0 1 2 4");
  SECTION("the new voter must lead, once that has settled") {
    tape.at_s(17);
    CHECK(tape.broken() == Names{"bully"});
    CHECK(tape.fresh[0].detail.find("from 16.000 s to 17.000 s, though nothing was disturbed since 1.000 s") !=
          std::string::npos);
  }
  SECTION("it does") {
    tape.at_s(15).lead(n5, 2).at_s(40);
    CHECK(tape.broken().empty());
  }
  SECTION("four voters: two are no quorum any more") {
    tape.at_s(2).crash(n3).crash(n5).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("later deliveries of it disturb nothing") {
    tape.at_s(15).lead(n5, 2).at_s(17).deliver_voters({n1, n2, n5}, 1, own1, "0 1 2 4").follow(n5, 2).at_s(18);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("the period that it ends is judged") {
    tape.at_s(15).lead(n5, 2).at_s(20).follow(n5, 2).at_s(22).deliver_voters({n3}, 2, own2, "0 1 2");
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("who votes: from the ordering of the entry on, a quorum must be one of the new voters too") {
  Tape tape{three_founders()};
  start_founders(tape).start(n4).lead(n3, 1).at_s(1).order_voters(n3, 1, own1, "0 1 2 3");
  SECTION("two of the three are none of the four") {
    tape.at_s(2).crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("three of the four are one of the three") {
    tape.at_s(2).crash(n3).at_s(30);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("nor when later entries follow it") {
    tape.order(n1, 2, a1, 2).at_s(2).crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("until another entry has its place") {
    tape.order(n1, 1, own2, 2).at_s(2).crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("an entry of its own epoch does not take it away") {
    tape.order(n3, 1, own2).at_s(2).crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("or until there is another change") {
    tape.order_voters(n1, 1, own2, "0 1 2 4", 2).at_s(2).crash(n3).at_s(30);  // n4 has no vote in it
    CHECK(tape.broken().empty());
  }
  SECTION("when fewer than a quorum of the new ones remember, the group has halted") {
    tape.at_s(2).crash(n3).restart_forgetful(n3);
    CHECK_FALSE(tape.end_s(3).halted);
    tape.crash(n4).restart_forgetful(n4);
    CHECK(tape.end_s(4).halted);
  }
}

TEST_CASE("who votes: until the entry is delivered, a quorum must be one of the old voters too") {
  Tape tape{4};
  tape.start_all().lead(n4, 1).at_s(1).order_voters(n4, 1, own1, "0 1 2").at_s(2);
  SECTION("two of the three are none of the four") {
    tape.crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("they are a quorum when it is delivered") {
    tape.deliver_voters({n4}, 1, own1, "0 1 2").crash(n3).crash(n4).at_s(30);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("the ordering of such an entry is a disturbance") {
  Tape tape{3};
  tape.start_all().lead(n3, 1).at_s(10).follow(n3, 1).at_s(14);
  SECTION("what it interrupts is not settled") {
    tape.order_voters(n3, 1, own1, "0 1").at_s(28);
    CHECK(tape.broken().empty());
  }
  SECTION("that of another entry is none") {
    tape.order(n3, 1, own1).at_s(28);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("who leaves does not have to lead any more") {
  Tape tape{5};
  tape.start_all().lead(n5, 1).at_s(1).leave(n5);
  SECTION("the next one leads") {
    tape.follow(n5, 1).at_s(2).lead(n4, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("it goes on leading") {
    tape.at_s(20);
    CHECK(tape.broken() == Names{"bully"});
    CHECK(tape.fresh[0].detail.find("the highest of them is n4") != std::string::npos);
  }
  SECTION("asking to leave is a disturbance") {
    tape.at_s(15).follow(n5, 1).at_s(15).lead(n4, 2).at_s(40);
    CHECK(tape.broken().empty());
  }
  SECTION("a restart makes it stay") {
    tape.at_s(2).crash(n5).restart(n5).lead(n5, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("without it, fewer are a quorum") {
    tape.follow(n5, 1).at_s(2).lead(n4, 2).deliver_voters({n4}, 1, own1, "0 1 2 3").left(n5);
    tape.deliver_voters({n1, n2, n3}, 1, own1, "0 1 2 3").deliver_voters({n4}, 2, own2, "0 1 2").crash(n4).crash(n3);
    tape.at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("where all leave nobody has to lead") {
    for (const Member node : {n1, n2, n3, n4}) tape.leave(node);
    tape.follow(n5, 1).at_s(30);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("a snapshot counts as delivery") {
  Tape tape{3};
  tape.start_all().submit(a1).deliver({n1, n2}, 1, own1).deliver({n1, n2}, 2, a1);
  const EventId a2 = EventId::of(n1, 2);
  SECTION("the node goes on after it") {
    tape.snapshot(n3, 2).submit(a2, {a1}).deliver({n1, n2, n3}, 3, a2).at_s(20).lead(n3, 1);
    CHECK(tape.broken() == Names{"bully", "liveness"});  // nobody led, but everybody has everything
    for (const sim::Violation& violation : tape.fresh) CHECK(violation.detail.find("n1:") == std::string::npos);
  }
  SECTION("not elsewhere") {
    tape.snapshot(n3, 2).submit(a2).deliver(n1, 3, a2).deliver(n3, 4, own2);
    CHECK(tape.broken() == Names{"no_gap"});
  }
  SECTION("what it covers is not delivered again") {
    tape.snapshot(n3, 2).deliver(n3, 2, a1);
    CHECK(tape.broken() == Names{"integrity", "no_gap"});
  }
  SECTION("one that covers what nobody delivered") {
    tape.snapshot(n3, 3);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("one that is behind the node takes nothing away") {
    tape.submit(a2).snapshot(n1, 1).deliver({n1, n2}, 3, a2);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("who has other settings is no part of the group") {
  Tape tape{3};
  tape.start_all().at_s(1).lead(n2, 1);
  SECTION("refused by all: the others carry on without it") {
    tape.refuse(n1, n3).refuse(n2, n3).submit(a1).deliver({n1, n2}, 1, a1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("it makes no difference who says so") {
    tape.refuse(n3, n1).refuse(n3, n2).submit(a1).deliver({n1, n2}, 1, a1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("refused by nobody: the highest must lead") {
    tape.at_s(20);
    CHECK(tape.broken() == Names{"bully"});
  }
  SECTION("those that are left must have a leader") {
    tape.refuse(n1, n3).refuse(n2, n3).follow(n2, 1).at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("it starts anew, with the right settings it may be") {
    tape.refuse(n1, n3).refuse(n2, n3).at_s(2).crash(n3).restart(n3).at_s(20);
    CHECK(tape.broken() == Names{"bully"});
  }
}
