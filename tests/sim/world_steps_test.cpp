// What leaves a node, and what does not, when it is struck between two effects of one step.
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;

namespace {

bool about(const Note& note, Member node) {
  return note.record.node == node && note.record.kind != Kind::drop;  // a dropped message is not the dead node's deed
}

}  // namespace

TEST_CASE("all nodes start at once, before anything else") {
  const Run run = world_test::run(scenario_of(3, Duration::s(1)));
  for (Member i = 0; i < 3; ++i) {
    const Note& note = run.tape.notes.at(i);
    CHECK(note.record.kind == Kind::start);
    CHECK(note.record.node == i);
    CHECK(note.record.number == 1);
    CHECK(note.record.at == core::Instant{});
  }
  CHECK(run.tape.of(Kind::start).size() == 3);
}

TEST_CASE("messages arrive after their latency, under the number that they were sent with") {
  const Run run = world_test::run(scenario_of(3, Duration::s(3)));
  const std::vector<Note> sent = run.tape.of(Kind::send), got = run.tape.of(Kind::recv);
  REQUIRE(got.size() > 10);
  for (const Note& recv : got) {
    const std::vector<Note> origin = run.tape.those(
        [&](const Note& n) { return n.record.kind == Kind::send && n.record.number == recv.record.number; });
    REQUIRE(origin.size() == 1);
    CHECK(origin[0].record.node == recv.record.peer);
    CHECK(origin[0].record.peer == recv.record.node);
    CHECK(origin[0].record.type == recv.record.type);
    CHECK(ms(recv.record.at) == ms(origin[0].record.at + Duration::ms(2)));
  }
}

TEST_CASE("a duplicate is received twice under one number") {
  sim::Scenario scenario = scenario_of(3, Duration::s(2));
  scenario.network.duplicate_ppm = 1'000'000;
  const Run run = world_test::run(scenario);
  const std::vector<Note> got = run.tape.of(Kind::recv);
  REQUIRE(got.size() > 4);
  const std::vector<Note> same = run.tape.those(
      [&](const Note& n) { return n.record.kind == Kind::recv && n.record.number == got[0].record.number; });
  CHECK(same.size() == 2);
}

TEST_CASE("lost messages are dropped at once") {
  sim::Scenario scenario = scenario_of(3, Duration::s(2));
  scenario.network.loss_ppm = 1'000'000;
  const Run run = world_test::run(scenario);
  CHECK(run.tape.of(Kind::recv).empty());
  REQUIRE(!run.tape.of(Kind::drop).empty());
  const std::size_t place = run.tape.place(Kind::drop);
  const Note &drop = run.tape.notes[place], &send = run.tape.notes[place - 1];
  CHECK(drop.more.text == "lost");
  CHECK(send.record.kind == Kind::send);
  CHECK(drop.record.number == send.record.number);
  CHECK(drop.record.node == send.record.peer);
  CHECK(drop.record.peer == send.record.node);
}

TEST_CASE("a node that crashes in mid-step does nothing more") {
  const auto nth = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{6}, std::uint64_t{23});
  sim::Scenario scenario = scenario_of(5, Duration::s(5));
  scenario.faults = {when(Kind::send, nth, sim::Crash{who(sim::Atom::Who::it)})};
  const Run run = world_test::run(scenario);
  const std::size_t place = run.tape.place(Kind::send, nth);
  REQUIRE(place + 2 < run.tape.notes.size());
  const Member dead = run.tape.notes[place].record.node;
  CHECK(run.tape.notes[place + 1].record.kind == Kind::fault);
  CHECK(run.tape.notes[place + 1].more.nodes == std::vector<Member>{dead});
  CHECK(run.tape.notes[place + 2].record.kind == Kind::crash);
  CHECK(run.tape.notes[place + 2].record.node == dead);
  for (std::size_t i = place + 3; i < run.tape.notes.size(); ++i) CHECK_FALSE(about(run.tape.notes[i], dead));
  CHECK(run.tape.of(Kind::drop, dead).front().more.text == "down");
  // What was sent before the crash still arrives.
  const std::vector<Note> arrived = run.tape.those([&](const Note& n) {
    return n.record.kind == Kind::recv && n.record.number == run.tape.notes[place].record.number;
  });
  CHECK(arrived.size() == 1);
}

TEST_CASE("the others hear of a crash after one latency, unless the link is closed") {
  sim::Scenario scenario = scenario_of(5, Duration::s(5));
  scenario.faults = {at(Duration::s(4), sim::Cut{named({4}), named({0}), false}),
                     at(Duration::ms(4'010), sim::Crash{named({4})})};
  const Run run = world_test::run(scenario);
  const std::vector<Note> suspected = run.tape.those([](const Note& n) {
    return n.record.kind == Kind::suspect && n.record.peer == 4 && n.record.at < core::Instant{} + Duration::ms(4'020);
  });
  REQUIRE(suspected.size() == 3);
  for (const Note& note : suspected) {
    CHECK(note.record.node != 0);
    CHECK(ms(note.record.at) == 4'012);
  }
}

TEST_CASE("a node that is paused in mid-step goes on where it was, before anything else") {
  sim::Scenario scenario = scenario_of(5, Duration::s(3));
  scenario.faults = {when(Kind::send, 1, sim::Pause{who(sim::Atom::Who::it)}, Duration::s(1))};
  const Run run = world_test::run(scenario);
  const std::size_t pause = run.tape.place(Kind::pause), resume = run.tape.place(Kind::resume);
  REQUIRE(resume < run.tape.notes.size());
  const Member node = run.tape.notes[pause].record.node;
  for (std::size_t i = pause + 1; i < resume; ++i) CHECK_FALSE(about(run.tape.notes[i], node));
  CHECK(run.tape.notes[resume].record.at == run.tape.notes[pause].record.at + Duration::s(1));
  for (std::size_t i = 1; i <= 3; ++i) {  // the rest of its first broadcast
    const core::Record& sent = run.tape.notes.at(resume + i).record;
    CHECK(sent.kind == Kind::send);
    CHECK(sent.node == node);
    CHECK(sent.type == run.tape.notes[run.tape.place(Kind::send)].record.type);
  }
}

TEST_CASE("what reaches a paused node waits, in order, and is lost if it crashes first") {
  sim::Scenario scenario = scenario_of(3, Duration::s(6));
  scenario.faults = {at(Duration::s(2), sim::Pause{named({0})}, Duration::s(2))};
  SECTION("it resumes") {
    const Run run = world_test::run(scenario);
    const core::Instant resumed = run.tape.of(Kind::resume).at(0).record.at;
    const std::vector<Note> late = run.tape.those(
        [&](const Note& n) { return n.record.kind == Kind::recv && n.record.node == 0 && n.record.at == resumed; });
    REQUIRE(late.size() >= 6);  // two peers, two seconds, two heartbeats a second
    for (std::size_t i = 1; i < late.size(); ++i) CHECK(late[i - 1].record.number < late[i].record.number);
    CHECK(run.tape.of(Kind::drop).empty());
  }
  SECTION("it crashes") {
    scenario.faults.push_back(at(Duration::s(3), sim::Crash{named({0})}));
    const Run run = world_test::run(scenario);
    CHECK(run.tape.of(Kind::resume).empty());
    const std::size_t crash = run.tape.place(Kind::crash);
    REQUIRE(run.tape.notes.at(crash + 3).record.kind == Kind::drop);
    CHECK(run.tape.notes[crash + 3].more.text == "down");
    CHECK(run.tape.notes[crash + 3].record.at == run.tape.notes[crash].record.at);
  }
}
