#include "core/city/dispatcher.hpp"

#include <catch2/catch.hpp>

#include "tests/core/dispatching.hpp"

using namespace tests;
using core::Duration;
using core::Instant;

namespace {

constexpr std::size_t kMembers = 3;

core::CrashStep step_in(const core::Proposal& proposal) {
  return core::value_in<core::CrashStep>(proposal.event.payload).value();
}

// A leader that looks at a city.
struct Leader {
  core::Dispatcher dispatcher;
  core::DispatchPlan plan{.on = true};
  core::Proposals under_way;

  std::vector<core::Proposal> look(const DispatchCity& city, Instant now = {},
                                   const core::MemberSet& heard = core::MemberSet::all(kMembers)) {
    std::vector<core::Proposal> out;
    dispatcher.note(now, heard, kMembers);
    dispatcher.propose(now, city.state, plan, under_way, out);
    return out;
  }
  // Until nothing is left to propose; the steps, in order.
  std::vector<core::CrashStep> carry_out(DispatchCity& city) {
    std::vector<core::CrashStep> done;
    for (auto proposals = look(city); !proposals.empty(); proposals = look(city))
      for (const core::Proposal& proposal : proposals) {
        REQUIRE(city.apply(proposal.event));
        done.push_back(step_in(proposal));
      }
    return done;
  }
};

core::MemberSet without(core::Member lost) {
  core::MemberSet heard = core::MemberSet::all(kMembers);
  heard.erase(lost);
  return heard;
}

}  // namespace

TEST_CASE("a leader takes a crash as far as the ambulance's own turn, each step after its causes") {
  DispatchCity city = DispatchCity::with_all();
  Leader leader;
  for (const Step wanted : {Step::ambulance_allocated, Step::hospital_allocated, Step::dispatched}) {
    const auto proposals = leader.look(city);
    REQUIRE(proposals.size() == 1);
    const auto& causes = proposals[0].event.depends_on;
    CHECK(std::count(causes.begin(), causes.end(), city.state.crash("x/1")->cause) == 1);
    const auto fact = city.apply(proposals[0].event);
    REQUIRE(fact);
    CHECK(fact->step == wanted);
  }
  CHECK(leader.look(city).empty());
}

TEST_CASE("an allotment depends on what made the unit free as well") {
  DispatchCity city = DispatchCity::with_all();
  const auto proposals = Leader{}.look(city);
  REQUIRE(proposals.size() == 1);
  CHECK(proposals[0].event.depends_on == std::vector{city.state.crash("x/1")->cause, city.a().cause});
}

TEST_CASE("the nearest ambulance, then the nearest bed; of equally near ones the lesser name") {
  DispatchCity city;
  city.report("x", 1, at(10, 10));
  SECTION("by distance, whatever the direction") {
    city.ambulance("a", at(0, 0)), city.ambulance("b", at(10, 13)), city.ambulance("c", at(14, 10));
    city.hospital("g", at(10, 10), 0), city.hospital("h", at(20, 20), 1), city.hospital("i", at(1, 10), 1);
    Leader{}.carry_out(city);
    CHECK(city.state.crash("x/1")->ambulance == "b");
    CHECK(city.state.crash("x/1")->hospital == "i");  // g is nearer and full
  }
  SECTION("ties") {
    city.ambulance("c", at(13, 14)), city.ambulance("b", at(6, 7)), city.ambulance("d", at(10, 15));
    city.hospital("i", at(11, 10), 1), city.hospital("h", at(10, 9), 1);
    Leader{}.carry_out(city);
    CHECK(city.state.crash("x/1")->ambulance == "b");
    CHECK(city.state.crash("x/1")->hospital == "h");
  }
}

TEST_CASE("the oldest crash first; who gets nothing is queued, once") {
  DispatchCity city;
  city.report("z", 1), city.report("y", 1), city.report("x", 1);
  city.ambulance("a", {}), city.hospital("h", {}, 9);
  Leader leader;
  const auto steps = leader.carry_out(city);
  CHECK(city.state.crash("z/1")->step == Step::dispatched);
  CHECK(city.state.crash("y/1")->step == Step::queued);
  CHECK(city.state.crash("x/1")->step == Step::queued);
  CHECK(steps.size() == 5);
  city.steps("z/1", Step::arrived, Step::completed);
  leader.carry_out(city);
  CHECK(city.state.crash("y/1")->step == Step::dispatched);
}

TEST_CASE("one look promises no ambulance and no bed twice") {
  DispatchCity city;
  for (const char* car : {"v", "w", "x", "y"}) city.report(car, 1);
  city.ambulance("a", {}), city.ambulance("b", {}), city.hospital("h", {}, 1);
  Leader leader;
  for (const core::Proposal& proposal : leader.look(city)) REQUIRE(city.apply(proposal.event));
  const auto beds = leader.look(city);
  REQUIRE(beds.size() == 1);
  CHECK(step_in(beds[0]).crash == "v/1");
  CHECK(beds[0].takes == "h");
}

TEST_CASE("nothing is proposed for a crash, and nothing taken, while another proposal is under way") {
  DispatchCity city = DispatchCity::with_all();
  city.report("y", 1);
  Leader leader;
  const auto first = leader.look(city);
  REQUIRE(first.size() == 2);  // x/1 gets a, y/1 is queued
  leader.under_way.add(first[0], 1);
  const auto second = leader.look(city);
  REQUIRE(second.size() == 1);
  CHECK(step_in(second[0]).step == Step::queued);
  leader.under_way.settle(1);
  CHECK(leader.look(city).size() == 2);
}

TEST_CASE("a crash whose ambulance or hospital is gone is released") {
  DispatchCity city = DispatchCity::with_all();
  city.steps("x/1", Step::ambulance_allocated, Step::dispatched);
  Leader leader;
  CHECK(leader.look(city).empty());
  const bool ambulance = GENERATE(true, false);
  city.gone(ambulance ? "a" : "h", ambulance ? UnitKind::ambulance : UnitKind::hospital);
  const auto proposals = leader.look(city);
  REQUIRE(proposals.size() == 1);
  CHECK(step_in(proposals[0]).step == Step::released);
  CHECK(city.apply(proposals[0].event));
}

TEST_CASE("a patient who is at the hospital is not fetched again, though the ambulance is gone") {
  DispatchCity city = DispatchCity::with_all();
  city.steps("x/1", Step::ambulance_allocated, Step::at_hospital);
  city.gone("a", UnitKind::ambulance);
  const auto proposals = Leader{}.look(city);
  REQUIRE(proposals.size() == 1);
  CHECK(step_in(proposals[0]).step == Step::completed);
}

TEST_CASE("who was at a server that is lost for long is gone, unless it has moved") {
  DispatchCity city;
  city.ambulance("a", {}, 1), city.ambulance("b", {}, 2), city.hospital("h", {}, 1, 1, 0, 1);
  Leader leader;
  const Instant lost{Duration::s(5).ns};
  const auto look = [&](Duration later, core::Member who) { return leader.look(city, lost + later, without(who)); };
  CHECK(look({}, 1).empty());
  CHECK(look(leader.plan.give_back - Duration::ms(1), 1).empty());
  const auto gone = look(leader.plan.give_back, 1);
  REQUIRE(gone.size() == 2);
  for (const core::Proposal& proposal : gone) city.apply(proposal.event);
  CHECK_FALSE(city.a().here());
  CHECK_FALSE(city.h().here());
  CHECK(city.state.unit(UnitKind::ambulance, "b")->here());
  CHECK(look(leader.plan.give_back * 2, 1).empty());
  SECTION("it has moved in good time") {
    city.ambulance("b", {}, 0, 2);
    CHECK(look(leader.plan.give_back * 5, 2).empty());
  }
  SECTION("the server was heard again in between") {
    CHECK(look(leader.plan.give_back * 3, 2).empty());
    CHECK(look(leader.plan.give_back * 3 + Duration::s(1), 1).empty());
    CHECK(look(leader.plan.give_back * 4, 2).empty());
    CHECK(look(leader.plan.give_back * 5, 2).size() == 1);
  }
}
