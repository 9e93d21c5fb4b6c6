// What the judge makes of lost memory. Defaults: settle 15 s, election_timeout + hold_timeout 10 s.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

namespace {

constexpr EventId a1 = EventId::of(n1, 1), b1 = EventId::of(n2, 1);

sim::Scenario forgetful_group(std::size_t nodes) {
  auto scenario = group_of(nodes);
  scenario.group.storage = core::Storage::memory;
  return scenario;
}

bool noted(const sim::Judgement& judgement, const std::string& note) {
  return std::find(judgement.notes.begin(), judgement.notes.end(), note) != judgement.notes.end();
}

}  // namespace

TEST_CASE("monotone begins anew with the memory") {
  SECTION("a damaged disk, dropped") {
    Tape tape{3};
    tape.start_all().follow(n1, 7).believe(n1, n3, 7).crash(n1).restart_forgetful(n1);
    tape.recover(n1).believe(n1, n2, 6).follow(n1, 6);
    CHECK(tape.broken().empty());
  }
  SECTION("an undamaged one") {
    Tape tape{3};
    tape.start_all().follow(n1, 7).crash(n1).restart(n1).follow(n1, 6);
    CHECK(tape.broken() == Names{"monotone"});
  }
  SECTION("every restart where storage is volatile") {
    Tape tape{forgetful_group(3)};
    tape.start_all().follow(n1, 7).crash(n1).restart(n1).recover(n1).follow(n1, 6);
    CHECK(tape.broken().empty());
  }
  SECTION("but within an incarnation it holds there too") {
    Tape tape{forgetful_group(3)};
    tape.start_all().follow(n1, 7).follow(n1, 6);
    CHECK(tape.broken() == Names{"monotone"});
  }
}

TEST_CASE("fewer than a quorum remember: the group has halted by design") {
  Tape tape{forgetful_group(3)};
  const std::string note = "halted by design at 2.000 s: fewer than a quorum remember";
  tape.start_all().lead(n3, 1).submit(a1).deliver({n1, n2, n3}, 1, a1).ack(a1, 1).at_s(2).crash(n3);
  SECTION("two crashes of three at once: nothing is judged from then on") {
    tape.crash(n2).restart(n2).restart(n3).recover(n2).recover(n3).at_s(3).deliver(n2, 1, b1);
    const auto judgement = tape.end_s(60);
    CHECK(noted(judgement, note));
    CHECK(names_of(judgement.violations) == Names{"integrity", "prefix_agreement"});  // these still are
  }
  SECTION("it stays so, whoever comes back") {
    tape.crash(n2).restart(n2).restart(n3).follow(n2, 1).follow(n3, 1);
    CHECK(tape.end_s(60).violations.empty());
  }
  SECTION("one crash of three: the two others remember, so they need a leader") {
    tape.restart(n3).recover(n3);
    const auto judgement = tape.end_s(60);
    CHECK_FALSE(noted(judgement, note));
    CHECK(names_of(judgement.violations) == Names{"bully", "liveness"});
  }
  SECTION("one after the other, each recovered before the next crash") {
    tape.restart(n3).recover(n3).at_s(3).follow(n3, 2).at_s(4).crash(n2).at_s(5).lead(n3, 3).snapshot(n3, 1).at_s(40);
    CHECK(tape.broken().empty());
  }
  SECTION("what was broken before it halted is told") {
    Tape other{forgetful_group(3)};
    other.start_all().at_s(20).crash(n3).crash(n2);
    CHECK(other.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("what does not halt a group") {
  SECTION("crashes where disks remember") {
    Tape tape{3};
    tape.start_all().lead(n3, 1).at_s(2).crash(n3).crash(n2).restart(n2).restart(n3);
    CHECK(names_of(tape.end_s(60).violations) == Names{"bully", "liveness"});
  }
  SECTION("pauses") {
    Tape tape{forgetful_group(3)};
    tape.start_all().lead(n3, 1).at_s(2).pause(n3).pause(n2).resume(n2).resume(n3).follow(n3, 1);
    CHECK(names_of(tape.end_s(60).violations) == Names{"bully", "liveness"});
  }
  SECTION("no quorum: nobody has to remember") {
    auto scenario = forgetful_group(3);
    scenario.group.quorum = core::Quorum::none;
    Tape tape{scenario};
    tape.start_all().lead(n3, 1).at_s(2).crash(n3).crash(n2).restart(n2).restart(n3);
    const auto judgement = tape.end_s(60);
    CHECK(names_of(judgement.violations) == Names{"bully", "liveness"});
    CHECK(judgement.notes.back().find("halted") == std::string::npos);
  }
  SECTION("one damaged disk of three") {
    Tape tape{3};
    tape.start_all().lead(n3, 1).at_s(2).crash(n3).restart_forgetful(n3).recover(n3);
    CHECK(names_of(tape.end_s(60).violations) == Names{"bully", "liveness"});
  }
}

TEST_CASE("who has lost its memory counts for no quorum until it has it back") {
  Tape tape{5};
  tape.start_all().lead(n5, 1).at_s(2).crash(n4).restart_forgetful(n4).recover(n4).crash(n5).crash(n3);
  SECTION("two that remember and one that does not are no majority of five") {
    tape.at_s(40);
    CHECK(tape.broken().empty());
  }
  SECTION("they are one from the moment it remembers") {
    tape.at_s(30).follow(n4, 1).at_s(32).lead(n4, 2).at_s(40);
    CHECK(tape.broken() == Names{"bully", "liveness"});
    CHECK(tape.fresh[0].detail.find("from 30.000 s to 32.000 s") != std::string::npos);
  }
  SECTION("soon enough") {
    tape.at_s(3).follow(n4, 1).at_s(5).lead(n4, 2).at_s(40);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("events of the forgetful") {
  auto scenario = forgetful_group(3);
  scenario.expect.delivered_all = true;
  Tape tape{scenario};
  tape.start_all().lead(n3, 1).submit(b1).deliver({n1, n2, n3}, 1, b1).ack(b1, 1).submit(a1).at_s(1);
  const auto come_back = [&] { tape.restart(n1).recover(n1).follow(n1, 1).snapshot(n1, 1); };
  SECTION("not acknowledged when its origin crashed: nobody asks for it") {
    tape.crash(n1), come_back();
    const auto judgement = tape.end_s(60);
    CHECK(judgement.passed);
    CHECK(judgement.expectations.at(0).detail == "1 event accepted by 50.000 s decided at 3 live nodes");
  }
  SECTION("delivered by some all the same: nobody asks the others") {
    tape.deliver(n3, 2, a1).crash(n1), come_back();
    CHECK(tape.end_s(60).passed);
  }
  SECTION("acknowledged: it is asked for") {
    tape.deliver(n1, 2, a1).ack(a1, 2).crash(n1), come_back();
    const auto judgement = tape.end_s(60);
    CHECK_FALSE(judgement.passed);
    CHECK(names_of(judgement.violations) == Names{"liveness"});
  }
  SECTION("covered by a snapshot at its origin: it is asked for") {
    tape.deliver(n3, 2, a1).snapshot(n1, 2).crash(n1), come_back();
    CHECK(names_of(tape.end_s(60).violations) == Names{"liveness"});
  }
  SECTION("its origin did not crash: it is asked for") {
    CHECK(names_of(tape.end_s(60).violations) == Names{"liveness"});
  }
}

TEST_CASE("events of a node whose disk was damaged") {
  Tape tape{3};
  tape.scenario.expect.delivered_all = true;
  tape.start_all().lead(n3, 1).submit(b1).deliver({n1, n2, n3}, 1, b1).submit(a1).at_s(1).crash(n1);
  SECTION("are lost with it") {
    tape.restart_forgetful(n1).recover(n1).follow(n1, 1).snapshot(n1, 1);
    CHECK(tape.end_s(60).passed);
  }
  SECTION("and not without damage") {
    tape.restart(n1, 1).follow(n1, 1);
    CHECK_FALSE(tape.end_s(60).passed);
  }
}

TEST_CASE("a halted group is asked for no deliveries, but for what it shows") {
  auto scenario = forgetful_group(3);
  scenario.expect.delivered_all = true;
  Tape tape{scenario};
  tape.start_all().lead(n3, 1).submit(a1).at_s(20);
  SECTION("halted") {
    tape.deliver({n1, n2, n3}, 1, a1).crash(n1).crash(n2);
    const auto judgement = tape.end_s(60);
    CHECK(judgement.passed);
    CHECK(judgement.expectations.at(0).detail == "nothing is asked for: the group has halted by design at 20.000 s");
  }
  SECTION("nearly") {
    tape.deliver({n1, n2, n3}, 1, a1).crash(n1);
    CHECK(tape.end_s(60).passed);
  }
  SECTION("nearly, and something is missing") {
    tape.deliver({n1, n3}, 1, a1).crash(n1);
    CHECK_FALSE(tape.end_s(60).passed);
  }
}
