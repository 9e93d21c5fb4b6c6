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
  SECTION("a link that is closed in one direction excuses it") {
    tape.fault("cut", 0, {{n2, n1}}).suspect(n1, n2).trust(n1, n2);
    const auto report = tape.end_s(9).detector;
    CHECK(report.false_suspicions == 0);
    CHECK(report.flaps == 0);
  }
}
