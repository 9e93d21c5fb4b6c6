#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;

TEST_CASE("a suspicion of a dead node is a detection, timed from its death") {
  Tape tape{4};
  tape.start_all().at_s(10).crash(n4).at_s(12).suspect(n1, n4).at_s(13).suspect(n2, n4).at_s(16).suspect(n3, n4);
  const auto report = tape.end_s(20).detector;
  CHECK(report.detections == 3);
  CHECK(report.p50 == Duration::s(3));
  CHECK(report.p99 == Duration::s(6));
  CHECK(report.max == Duration::s(6));
  CHECK(report.false_suspicions == 0);
}

TEST_CASE("each observer detects each death once") {
  Tape tape{3};
  tape.start_all().at_s(1).pause(n3).at_s(2).suspect(n1, n3);
  SECTION("a second suspicion of the same death does not count") {
    tape.at_s(3).trust(n1, n3).suspect(n1, n3);
    CHECK(tape.end_s(9).detector.detections == 1);
  }
  SECTION("dying while paused is no second death") {
    tape.at_s(3).crash(n3).at_s(4).suspect(n1, n3).suspect(n2, n3);
    const auto report = tape.end_s(9).detector;
    CHECK(report.detections == 2);
    CHECK(report.max == Duration::s(3));
  }
  SECTION("the next death counts again") {
    tape.at_s(4).resume(n3).at_s(5).crash(n3).at_s(6).suspect(n1, n3);
    CHECK(tape.end_s(9).detector.detections == 2);
  }
}

TEST_CASE("a suspicion of a live, connected node is false, and a flap if it is taken back") {
  Tape tape{3};
  tape.start_all();
  SECTION("taken back") {
    tape.suspect(n1, n2).trust(n1, n2);
    const auto report = tape.end_s(9).detector;
    CHECK(report.false_suspicions == 1);
    CHECK(report.flaps == 1);
    CHECK(report.detections == 0);
    CHECK_FALSE(report.p50.has_value());
  }
  SECTION("kept") {
    tape.suspect(n1, n2);
    CHECK(tape.end_s(9).detector.flaps == 0);
  }
  SECTION("the suspect has died and come back meanwhile") {
    tape.suspect(n1, n2).crash(n2).restart(n2).trust(n1, n2);
    CHECK(tape.end_s(9).detector.flaps == 0);
  }
}

TEST_CASE("who cannot hear a node suspects it rightly: neither false nor a detection") {
  Tape tape{3};
  tape.start_all().at_s(1);
  SECTION("a partition") {
    tape.fault("isolate", 0, between({n3}, {n1, n2})).at_s(3).suspect(n1, n3).suspect(n3, n1);
    tape.at_s(5).heal("isolate", 0).trust(n1, n3).trust(n3, n1);
    const auto report = tape.end_s(9).detector;
    CHECK(report.false_suspicions == 0);
    CHECK(report.flaps == 0);
    CHECK(report.detections == 0);
  }
  SECTION("a cut in the direction from the suspect") {
    CHECK(tape.fault("cut", 0, {{n2, n1}}).suspect(n1, n2).trust(n1, n2).end_s(9).detector.false_suspicions == 0);
  }
  SECTION("but not in the other, which keeps nothing from the observer") {
    CHECK(tape.fault("cut", 0, {{n1, n2}}).suspect(n1, n2).trust(n1, n2).end_s(9).detector.false_suspicions == 1);
  }
  SECTION("nor a cut elsewhere") {
    CHECK(tape.fault("cut", 0, between({n3}, {n1})).suspect(n1, n2).end_s(9).detector.false_suspicions == 1);
  }
  SECTION("one that dies behind a cut: its silence began before, so there is nothing to time") {
    tape.fault("isolate", 0, between({n3}, {n1, n2})).at_s(2).crash(n3).at_s(3).suspect(n1, n3);
    CHECK(tape.end_s(9).detector.detections == 0);
  }
  SECTION("one whose settings differ") {
    tape.refuse(n1, n3).at_s(3).suspect(n1, n3).suspect(n3, n1).suspect(n2, n3);
    CHECK(tape.end_s(9).detector.false_suspicions == 1);  // n2 refuses nobody
  }
}

TEST_CASE("a paused node is dead for the time") {
  Tape tape{3};
  tape.start_all().at_s(1).pause(n3);
  SECTION("a suspicion before it wakes is a detection, and trust afterwards no flap") {
    const auto report = tape.at_s(3).suspect(n1, n3).at_s(4).resume(n3).trust(n1, n3).end_s(9).detector;
    CHECK(report.detections == 1);
    CHECK(report.max == Duration::s(2));
    CHECK(report.flaps == 0);
    CHECK(report.false_suspicions == 0);
  }
  SECTION("a suspicion after it woke is false") {
    const auto report = tape.at_s(3).resume(n3).suspect(n1, n3).trust(n1, n3).end_s(9).detector;
    CHECK(report.detections == 0);
    CHECK(report.false_suspicions == 1);
    CHECK(report.flaps == 1);
  }
  SECTION("it is no observer itself") {
    CHECK(tape.suspect(n3, n1).end_s(9).detector.false_suspicions == 0);
  }
}

TEST_CASE("deaths and suspicions that cross") {
  Tape tape{3};
  tape.start_all().at_s(1);
  SECTION("suspected before its death: nothing to time, and no flap when it is back") {
    const auto report = tape.suspect(n1, n3).at_s(2).crash(n3).at_s(3).restart(n3).trust(n1, n3).end_s(9).detector;
    CHECK(report.detections == 0);
    CHECK(report.false_suspicions == 1);
    CHECK(report.flaps == 0);
  }
  SECTION("a broken connection tells of a crash within a latency") {
    CHECK(tape.crash(n3).at(Duration::ms(1005)).suspect(n1, n3).end_s(9).detector.max == Duration::ms(5));
  }
  SECTION("an accuser that restarts has forgotten its suspicion") {
    CHECK(tape.suspect(n1, n3).crash(n1).restart(n1).trust(n1, n3).end_s(9).detector.flaps == 0);
  }
  SECTION("who leaves the group is missed by nobody") {
    CHECK(tape.leave(n3).left(n3).at_s(2).suspect(n1, n3).end_s(9).detector.detections == 0);
  }
  SECTION("while it is leaving it is a node like others") {
    CHECK(tape.leave(n3).at_s(2).suspect(n1, n3).end_s(9).detector.false_suspicions == 1);
  }
  SECTION("one that has left and comes back can die") {
    CHECK(tape.leave(n3).left(n3).restart(n3).crash(n3).at_s(2).suspect(n1, n3).end_s(9).detector.detections == 1);
  }
  SECTION("one that has not joined yet is not there") {
    Tape other{3};
    other.scenario.group.members[n3].founder = false;
    CHECK(other.start(n1).start(n2).suspect(n1, n3).end_s(9).detector.false_suspicions == 0);
  }
}
