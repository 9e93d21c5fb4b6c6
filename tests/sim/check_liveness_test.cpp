// Defaults: settle 15 s, election_timeout + hold_timeout 10 s.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

namespace {

constexpr EventId a1 = EventId::of(n1, 1), b1 = EventId::of(n2, 1), e1 = EventId::of(n5, 1);
constexpr EventId own1 = EventId::made_in(1, 1);

bool noted(const sim::Judgement& judgement, const std::string& note) {
  return std::find(judgement.notes.begin(), judgement.notes.end(), note) != judgement.notes.end();
}

}  // namespace

TEST_CASE("liveness: a leader during the whole settled period") {
  Tape tape{5};
  tape.start_all().lead(n5, 1);
  SECTION("an interruption while things are settled") {
    tape.at_s(20).follow(n5, 1).at_s(21).lead(n5, 2).at_s(30);
    CHECK(tape.broken() == Names{"bully", "liveness"});
    CHECK(tape.fresh[0].detail ==
          "n1, n2, n3, n4 and n5 had no leader from 20.000 s to 21.000 s, though nothing was disturbed since 0.000 s");
  }
  SECTION("an interruption while they are not") {
    tape.at_s(10).follow(n5, 1).at_s(14).lead(n5, 2).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("stepping down and leading again in one instant") {
    tape.at_s(20).follow(n5, 1).lead(n5, 2).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("a disturbance begins the wait anew") {
    tape.at_s(10).fault("clock", 0).at_s(20).follow(n5, 1).at_s(24).lead(n5, 2).at_s(30);
    CHECK(tape.broken().empty());
  }
  SECTION("the period that a disturbance ends is judged") {
    tape.at_s(16).follow(n5, 1).at_s(18).crash(n5).at_s(19);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("without a connected majority nobody has to lead") {
    tape.at_s(1).crash(n5).crash(n4).crash(n3).at_s(30);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("liveness: events accepted in time are decided at every node of the majority") {
  Tape tape{5};
  tape.start_all().lead(n5, 1).at_s(5).submit(a1);
  SECTION("delivered nowhere") {
    tape.at_s(20);
    CHECK(tape.broken() == Names{"liveness"});
    CHECK(tape.fresh[0].detail ==
          "n1 has neither delivered nor seen rejected n1:1, accepted at n1 at 5.000 s (in all 1 event accepted by "
          "10.000 s), by 20.000 s, though nothing was disturbed since 0.000 s");
    CHECK(tape.fresh.size() == 5);  // one for each node
  }
  SECTION("delivered at all but one") {
    tape.deliver({n1, n2, n3, n5}, 1, a1).at_s(20);
    CHECK(tape.broken() == Names{"liveness"});
    CHECK(tape.fresh.size() == 1);
    CHECK(tape.fresh[0].detail.find("n4 ") == 0);
  }
  SECTION("delivered at all") {
    tape.deliver({n1, n2, n3, n4, n5}, 1, a1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("rejected at some, which is the same entry at the others") {
    for (const Member node : {n1, n2, n3, n4, n5}) tape.deliver_rejection(node, 1, own1, a1);
    tape.at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("rejected, but one node has not heard of it") {
    for (const Member node : {n1, n2, n3, n4}) tape.deliver_rejection(node, 1, own1, a1);
    tape.at_s(20);
    CHECK(tape.broken() == Names{"liveness"});
  }
  SECTION("accepted too late to be asked for") {
    tape.deliver({n1, n2, n3, n4, n5}, 1, a1).at_s(11).submit(b1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("a restarted node must have it again") {
    tape.deliver({n1, n2, n3, n4, n5}, 1, a1).crash(n2).restart(n2, 0).at_s(21);
    CHECK(tape.broken() == Names{"liveness"});
  }
  SECTION("a restarted node whose state covers it has it") {
    tape.deliver({n1, n2, n3, n4, n5}, 1, a1).crash(n2).restart(n2, 1).at_s(21);
    CHECK(tape.broken().empty());
  }
  SECTION("paused and dead nodes need not") {
    tape.deliver({n1, n3, n5}, 1, a1).pause(n2).crash(n4).at_s(21);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("liveness: a clean partition in force is judged on the majority's side only") {
  Tape tape{5};
  tape.start_all().lead(n5, 1).at_s(1).fault("partition", 0, between({n1, n2}, {n3, n4, n5}));
  tape.at_s(2).submit(a1);
  SECTION("what the minority accepts may wait") {
    tape.at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("what the majority accepts may not") {
    tape.submit(e1).deliver({n3, n5}, 1, e1).at_s(20);
    CHECK(tape.broken() == Names{"liveness"});
    CHECK(tape.fresh[0].detail.find("n4 ") == 0);
  }
  SECTION("after the heal the minority's event is due as well") {
    tape.at_s(18).heal("partition", 0).at_s(40);
    CHECK(tape.broken() == Names{"liveness"});
  }
  SECTION("a healed group has to settle first") {
    tape.at_s(18).heal("partition", 0).at_s(33);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("what keeps a period from being settled") {
  Tape tape{5};
  tape.start_all().at_s(1);
  SECTION("nothing: then a group without leader is a breach") {
    CHECK(names_of(tape.end_s(30).violations) == Names{"bully", "liveness"});
  }
  SECTION("a one-way cut in force") {
    tape.fault("cut", 0, {{n1, n3}});
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("a two-way cut between two nodes, which others reach both") {
    tape.fault("cut", 0, between({n1}, {n3}));
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("a bridge") {
    tape.fault("partition", 0, between({n1, n2}, {n4, n5}));
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("not a bridge whose middle is dead: two sides, neither a majority") {
    tape.fault("partition", 0, between({n1, n2}, {n4, n5})).crash(n3);
    const auto judgement = tape.end_s(60);
    CHECK_FALSE(noted(judgement, "no settled period"));
    CHECK(noted(judgement, "not exercised: liveness"));
  }
  SECTION("a link fault in force") {
    tape.fault("link", 0);
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("a repeated link fault, of which one is still in force") {
    tape.fault("link", 0).at_s(2).fault("link", 0).at_s(3).heal("link", 0);
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("a link fault that has ended does not") {
    tape.fault("link", 0).at_s(2).fault("link", 0).at_s(3).heal("link", 0).heal("link", 0);
    CHECK(names_of(tape.end_s(60).violations) == Names{"bully", "liveness"});
  }
  SECTION("heal: all ends link faults too") {
    tape.fault("link", 0).at_s(2).fault("heal", 1);
    CHECK(names_of(tape.end_s(60).violations) == Names{"bully", "liveness"});
  }
  SECTION("disturbances one after the other") {
    for (int second = 2; second < 60; second += 10) tape.at_s(second).fault("disk", 0);
    CHECK(noted(tape.end_s(60), "no settled period"));
  }
  SECTION("a run that is too short") {
    CHECK(noted(tape.end_s(15), "no settled period"));
  }
}

TEST_CASE("the longest time without a leader") {
  Tape tape{5};
  tape.start_all();
  SECTION("the start of the run counts") {
    tape.at_s(3).lead(n5, 1);
    CHECK(tape.end_s(10).longest_leaderless == Duration::s(3));
  }
  SECTION("a fail-over") {
    tape.at_s(1).lead(n5, 1).at_s(10).crash(n5).at_s(14).lead(n4, 2);
    CHECK(tape.end_s(30).longest_leaderless == Duration::s(4));
  }
  SECTION("up to the end of the run") {
    tape.at_s(1).lead(n5, 1).at_s(10).follow(n5, 1);
    CHECK(tape.end_s(30).longest_leaderless == Duration::s(20));
  }
  SECTION("a leader on the wrong side of a partition leads nobody") {
    tape.at_s(1).lead(n5, 1).at_s(10).fault("isolate", 0, between({n5}, {n1, n2, n3, n4})).at_s(13).lead(n4, 2);
    CHECK(tape.end_s(14).longest_leaderless == Duration::s(3));
  }
  SECTION("a paused leader leads nobody, until it wakes") {
    tape.at_s(1).lead(n5, 1).at_s(10).pause(n5).at_s(12).resume(n5);
    CHECK(tape.end_s(14).longest_leaderless == Duration::s(2));
  }
  SECTION("without a majority the clock stands still") {
    tape.at_s(1).lead(n5, 1).at_s(10).crash(n5).at_s(11).crash(n4).crash(n3).at_s(29).restart(n3);
    CHECK(tape.end_s(30).longest_leaderless == Duration::s(1));
  }
  SECTION("relays: a leader that hears a quorum leads who cannot hear it") {
    tape.at_s(1).lead(n5, 1).at_s(5).fault("partition", 0, between({n1, n2}, {n4, n5}));
    CHECK(tape.end_s(30).longest_leaderless == Duration::s(1));
  }
}
