#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

TEST_CASE("epoch_leader: two leaders of one epoch") {
  Tape tape{3};
  tape.start_all().lead(n3, 1);
  SECTION("both call themselves leader") {
    tape.at_s(2).lead(n2, 1);
    CHECK(tape.broken() == Names{"epoch_leader"});
    CHECK(tape.fresh[0].detail == "epoch 1 is led by n3 and by n2");
  }
  SECTION("the other one sequences in it") {
    tape.order(n2, 1, EventId::of(n1, 1), 1);
    CHECK(tape.broken() == Names{"epoch_leader"});
  }
  SECTION("long after the first has gone") {
    tape.crash(n3).lead(n2, 2).crash(n2).lead(n1, 1);
    CHECK(tape.broken() == Names{"epoch_leader"});
  }
  SECTION("two leaders of different epochs are normal for a while") {
    tape.lead(n2, 2).order(n3, 1, EventId::of(n1, 1), 1).order(n2, 1, EventId::of(n1, 1), 2);
    CHECK(tape.broken().empty());
  }
  SECTION("one that leads again and again") {
    tape.follow(n3, 1).lead(n3, 1);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("monotone: epochs of a node") {
  Tape tape{3};
  tape.start_all().follow(n1, 2);
  SECTION("back within an incarnation") {
    tape.follow(n1, 1);
    CHECK(tape.broken() == Names{"monotone"});
    CHECK(tape.fresh[0].detail == "n1 is in epoch 1, after epoch 2");
  }
  SECTION("back across a restart") {
    tape.crash(n1).restart(n1).follow(n1, 1);
    CHECK(tape.broken() == Names{"monotone"});
  }
  SECTION("the same again, and forward") {
    tape.crash(n1).restart(n1).follow(n1, 2).follow(n1, 3);
    CHECK(tape.broken().empty());
  }
  SECTION("other nodes are their own") {
    tape.follow(n2, 1);
    CHECK(tape.broken().empty());
  }
  SECTION("following an older leader again") {
    tape.believe(n1, n3, 2).believe(n1, n2, 1);
    CHECK(tape.broken() == Names{"monotone"});
  }
  SECTION("following nobody in between") {
    tape.believe(n1, n3, 2).believe(n1, core::kNobody, 0).believe(n1, n3, 2);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("monotone: commits of a node") {
  Tape tape{3};
  tape.start_all().commit(n1, 5);
  SECTION("back within an incarnation") {
    tape.commit(n1, 4);
    CHECK(tape.broken() == Names{"monotone"});
    CHECK(tape.fresh[0].detail == "n1 commits up to 4, after 5");
  }
  SECTION("back after a restart, which has to learn them again") {
    tape.crash(n1).restart(n1).commit(n1, 4);
    CHECK(tape.broken().empty());
  }
}

TEST_CASE("bully: the highest live node leads once things have settled") {
  Tape tape{5};
  tape.start_all();
  SECTION("the highest leads") {
    tape.at_s(2).lead(n5, 1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("another one leads") {
    tape.at_s(2).lead(n4, 1).at_s(20);
    CHECK(tape.broken() == Names{"bully"});
    CHECK(tape.fresh[0].detail ==
          "n1, n2, n3, n4 and n5 were led by n4 from 15.000 s to 20.000 s, though nothing was disturbed since "
          "0.000 s; the highest of them is n5");
  }
  SECTION("another one leads, but things settle only later") {
    tape.at_s(2).lead(n4, 1).at_s(14).lead(n5, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("the highest takes over too late") {
    tape.at_s(2).lead(n4, 1).at_s(16).lead(n5, 2).at_s(20);
    CHECK(tape.broken() == Names{"bully"});
    CHECK(tape.fresh[0].at == core::Instant{Duration::s(16).ns});
  }
  SECTION("the highest is dead: the next leads") {
    tape.at_s(2).lead(n5, 1).at_s(3).crash(n5).at_s(5).lead(n4, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("the highest is paused, and believes on") {
    tape.at_s(2).lead(n5, 1).at_s(3).pause(n5).at_s(5).lead(n4, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("nobody leads") {
    tape.at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("bully goes by rank before id, and lets the incumbent lead where nobody takes over") {
  auto scenario = group_of(3);
  SECTION("rank") {
    scenario.group.members[n1].rank = 1;
    Tape tape{scenario};
    tape.start_all().lead(n1, 1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("takeover: never") {
    scenario.group.takeover = core::Takeover::never;
    Tape tape{scenario};
    tape.start_all().lead(n1, 1).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("takeover: never, and nobody leads") {
    scenario.group.takeover = core::Takeover::never;
    Tape tape{scenario};
    tape.start_all().at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
}

TEST_CASE("bully: each side for itself") {
  auto scenario = group_of(5);
  const auto links = between({n1, n2}, {n3, n4, n5});
  SECTION("with a majority only the larger side is judged") {
    Tape tape{scenario};
    tape.start_all().lead(n5, 1).at_s(2).fault("partition", 0, links).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("the larger side is led by its own highest") {
    Tape tape{scenario};
    tape.start_all().lead(n5, 1).at_s(2).fault("partition", 0, between({n5, n1}, {n2, n3, n4})).at_s(5).lead(n4, 2);
    tape.at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("who still believes in an older epoch does not count") {
    Tape tape{scenario};
    tape.start_all().lead(n3, 1).at_s(2).fault("partition", 0, between({n4, n5}, {n1, n2, n3})).at_s(5).lead(n5, 2);
    tape.at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
  }
  SECTION("without quorum both sides are") {
    scenario.group.quorum = core::Quorum::none;
    Tape tape{scenario};
    tape.start_all().lead(n5, 1).at_s(2).fault("partition", 0, links).at_s(5).lead(n2, 2).at_s(20);
    CHECK(tape.broken().empty());
  }
  SECTION("without quorum a side without leader is a breach") {
    scenario.group.quorum = core::Quorum::none;
    Tape tape{scenario};
    tape.start_all().lead(n5, 1).at_s(2).fault("partition", 0, links).at_s(20);
    CHECK(tape.broken() == Names{"bully", "liveness"});
    CHECK(tape.fresh[0].detail.find("n1 and n2 had no leader") == 0);
  }
}
