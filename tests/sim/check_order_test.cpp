#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

namespace {

constexpr EventId a1 = EventId::of(n1, 1), a2 = EventId::of(n1, 2), b1 = EventId::of(n2, 1);
constexpr EventId own1 = EventId::made_in(1, 1), own2 = EventId::made_in(1, 2);

}  // namespace

TEST_CASE("equal deliveries violate nothing") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(a2, {a1});
  tape.deliver({n1, n2, n3}, 1, own1).deliver({n1, n2, n3}, 2, a1).deliver({n1, n2, n3}, 3, a2);
  CHECK(tape.broken().empty());
  CHECK(tape.fresh.empty());
}

TEST_CASE("prefix_agreement: two events at one number") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(b1).at_s(4).deliver(n1, 1, a1).deliver(n2, 1, b1);
  REQUIRE(tape.fresh.size() == 1);
  CHECK(tape.fresh[0].invariant == "prefix_agreement");
  CHECK(tape.fresh[0].at == core::Instant{Duration::s(4).ns});
  CHECK(tape.fresh[0].detail == "n2 delivers n2:1 at number 1, where another node delivered n1:1");
}

TEST_CASE("no_gap") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(a2);
  SECTION("a number is left out") {
    tape.deliver(n1, 2, a1);
    CHECK(tape.broken() == Names{"no_gap"});
    CHECK(tape.fresh[0].detail == "n1 delivers n1:1 at number 2, though its next number is 1");
  }
  SECTION("after a restart it goes on from what its state covers") {
    tape.deliver(n1, 1, a1).deliver(n1, 2, a2).crash(n1).restart(n1, 1).deliver(n1, 2, a2);
    CHECK(tape.broken().empty());
  }
  SECTION("after a restart without state it begins again") {
    tape.deliver(n1, 1, a1).crash(n1).restart(n1, 0).deliver(n1, 2, a2);
    CHECK(tape.broken() == Names{"no_gap"});
  }
  SECTION("after a restart it must not skip what its state does not cover") {
    tape.deliver(n2, 1, a1).deliver(n2, 2, a2).crash(n2).restart(n2, 1).deliver(n2, 3, b1);
    CHECK(tape.broken().count("no_gap") == 1);
  }
}

TEST_CASE("integrity") {
  Tape tape{3};
  tape.start_all().submit(a1);
  SECTION("delivered twice by one node") {
    tape.deliver(n2, 1, a1).deliver(n2, 2, a1);
    CHECK(tape.broken() == Names{"integrity"});
    CHECK(tape.fresh[0].detail == "n2 delivers n1:1 twice, now at number 2");
  }
  SECTION("delivered again after a restart, equally") {
    tape.deliver(n2, 1, a1).crash(n2).restart(n2, 0).deliver(n2, 1, a1);
    CHECK(tape.broken().empty());
  }
  SECTION("delivered again after a restart, though its state covers it") {
    tape.deliver(n2, 1, a1).crash(n2).restart(n2, 1).deliver(n2, 2, a1);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("two places in the order") {
    tape.deliver(n1, 1, own1).deliver(n1, 2, own2).deliver(n1, 3, a1);
    tape.deliver(n2, 1, own1).deliver(n2, 2, a1);
    CHECK(tape.broken() == Names{"integrity", "prefix_agreement"});
  }
  SECTION("never submitted") {
    tape.deliver(n2, 1, a2).deliver(n3, 1, a2);
    CHECK(tape.broken() == Names{"integrity"});
    CHECK(tape.fresh.size() == 1);  // said once, not once a node
    CHECK(tape.fresh[0].detail == "n2 delivers n1:2, which nobody submitted");
  }
  SECTION("submitted twice") {
    tape.submit(a1);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("a state that nobody ever had") {
    tape.deliver(n2, 1, a1).crash(n3).restart(n3, 2);
    CHECK(tape.broken() == Names{"integrity"});
  }
}

TEST_CASE("integrity of rejections") {
  Tape tape{3};
  tape.start_all().submit(a1);
  SECTION("rejected at one place, everywhere the same") {
    tape.deliver_rejection(n1, 1, own1, a1).deliver_rejection(n2, 1, own1, a1);
    CHECK(tape.broken().empty());
  }
  SECTION("rejected, then delivered") {
    tape.deliver_rejection(n1, 1, own1, a1).deliver(n1, 2, a1);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("delivered, then rejected") {
    tape.deliver(n1, 1, a1).deliver_rejection(n1, 2, own1, a1);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("rejected at two places") {
    tape.deliver_rejection(n1, 1, own1, a1).deliver_rejection(n1, 2, own2, a1);
    CHECK(tape.broken() == Names{"integrity"});
  }
  SECTION("rejected, but never submitted") {
    tape.deliver_rejection(n1, 1, own1, b1);
    CHECK(tape.broken() == Names{"integrity"});
  }
}

TEST_CASE("fifo: events of one origin in the order of their submission") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(a2).submit(b1);
  SECTION("the later one first") {
    tape.deliver(n2, 1, a2).deliver(n2, 2, a1);
    CHECK(tape.broken() == Names{"fifo"});
    CHECK(tape.fresh[0].detail == "n2 delivers n1:1 after n1:2, which was submitted later");
  }
  SECTION("other origins do not count") {
    tape.deliver(n2, 1, b1).deliver(n2, 2, a1).deliver(n2, 3, a2);
    CHECK(tape.broken().empty());
  }
  SECTION("after amnesia an origin is another one") {
    const EventId reborn = EventId::of(n1, 1, 2);
    tape.submit(reborn).deliver(n2, 1, a1).deliver(n2, 2, a2).deliver(n2, 3, reborn);
    CHECK(tape.broken().empty());
  }
  SECTION("a state covered by a restart counts") {
    tape.deliver(n3, 1, b1).deliver(n3, 2, a2).crash(n3).restart(n3, 2).deliver(n3, 3, a1);
    CHECK(tape.broken() == Names{"fifo"});
  }
}

TEST_CASE("causal: after everything in depends_on") {
  Tape tape{3};
  tape.start_all().submit(b1).submit(a1, {b1});
  SECTION("before its cause") {
    tape.deliver(n3, 1, a1).deliver(n3, 2, b1);
    CHECK(tape.broken() == Names{"causal"});
    CHECK(tape.fresh[0].detail == "n3 delivers n1:1 before n2:1, on which it depends");
  }
  SECTION("after its cause") {
    tape.deliver(n3, 1, b1).deliver(n3, 2, a1);
    CHECK(tape.broken().empty());
  }
  SECTION("the cause was delivered by another node only") {
    tape.deliver(n2, 1, b1).deliver(n3, 2, a1);
    CHECK(tape.broken() == Names{"causal", "no_gap"});
  }
  SECTION("the cause is covered by the state after a restart") {
    tape.deliver(n3, 1, b1).crash(n3).restart(n3, 1).deliver(n3, 2, a1);
    CHECK(tape.broken().empty());
  }
  SECTION("the cause is lost with the state") {
    tape.deliver(n3, 1, b1).crash(n3).restart(n3, 0).deliver(n3, 2, a1);
    CHECK(tape.broken().count("causal") == 1);
  }
  SECTION("delivered with other causes than submitted") {
    core::Event bare{.id = a1, .depends_on = {}, .type = "", .payload = "", .rejects = {}};
    tape.put(Kind::deliver, n3, {.seq = 1, .id = a1, .event = &bare});
    CHECK(tape.broken() == Names{"causal"});
  }
}

TEST_CASE("a node that went its own way is judged by its own way") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(b1);
  tape.deliver(n1, 1, a1).deliver(n2, 1, b1);  // n2 is alone: prefix_agreement
  tape.crash(n2).restart(n2, 1);               // and still holds b1, not a1
  tape.deliver(n2, 2, a1);
  CHECK(tape.broken() == Names{"integrity", "prefix_agreement"});  // a1 has two places, but n2 did not deliver it twice
  CHECK(tape.fresh.back().detail == "n2 delivers n1:1 at number 2, which stands at number 1 elsewhere");
}
