// Steps: what happens one thing after another, in place of a workload and faults.
#include <catch2/catch.hpp>

#include "tests/sim/decode_support.hpp"

using decode_support::good;
using decode_support::refused;

namespace {

using Kind = sim::Step::Kind;

const std::string kThree = "version: 1\nnodes: 3\n";

void wrong(const std::string& rest, const std::string& expected) {
  refused(kThree + rest, expected);
}

}  // namespace

TEST_CASE("every kind of step") {
  const sim::Scenario s = good(kThree +
                               "steps:\n"
                               "  - {submit: n3, crash_after: 2}\n"
                               "  - {deliver: n1, from: n3, what: ORDER}\n"
                               "  - {deliver: n1, from: n2, what: LINK_DOWN}\n"
                               "  - {fire: claim_repeat, node: n2}\n"
                               "  - {lose: n1, from: n3}\n"
                               "  - {duplicate: n2, from: n3, crash_after: 255}\n"
                               "  - {suspect: n3, node: n1}\n"
                               "  - {crash: n2}\n"
                               "  - {restart: n2}\n");
  REQUIRE(s.steps.size() == 9);
  const auto is = [&](std::size_t i, const sim::Step& step) { return s.steps[i].step == step; };
  CHECK(is(0, {.kind = Kind::submit, .node = 2, .cut = 2}));
  CHECK(is(1, {.kind = Kind::deliver, .node = 0, .peer = 2}));
  CHECK(is(2, {.kind = Kind::deliver, .node = 0, .peer = 1}));
  CHECK(is(3, {.kind = Kind::fire, .node = 1, .timer = core::Timer::claim_repeat}));
  CHECK(is(4, {.kind = Kind::lose, .node = 0, .peer = 2}));
  CHECK(is(5, {.kind = Kind::duplicate, .node = 1, .peer = 2, .cut = 255}));
  CHECK(is(6, {.kind = Kind::suspect, .node = 0, .peer = 2}));
  CHECK(is(7, {.kind = Kind::crash, .node = 1}));
  CHECK(is(8, {.kind = Kind::restart, .node = 1}));
  CHECK((s.steps[1].what == "ORDER" && s.steps[2].what == "LINK_DOWN" && s.steps[4].what.empty()));
}

TEST_CASE("wrong steps") {
  wrong("steps: [{deliver: n1}]\n", "3:9: steps: 'from' is missing");
  wrong("steps: [{deliver: n1, from: n1}]\n", "3:9: steps: a node has nothing to do with itself here");
  wrong("steps: [{fire: claim}]\n", "3:9: steps: 'node' is missing");
  wrong("steps: [{fire: clam, node: n1}]\n", "3:16: fire: unknown value 'clam'; did you mean 'claim'?");
  wrong("steps: [{deliver: n1, from: n2, what: ODER}]\n", "3:39: what: unknown value 'ODER'; did you mean 'ORDER'?");
  wrong("steps: [{crash: n4}]\n", "3:17: crash: unknown node 'n4'; did you mean 'n1'?");
  wrong("steps: [{crash: n1, crash_after: 1}]\n", "3:21: unknown key 'crash_after' in steps; known: crash");
  wrong("steps: [{submit: n1, crash_after: 256}]\n",
        "3:35: crash_after: 256 is out of range; it must be from 1 to 255");
  wrong("steps: [{submit: n1, crash: n2}]\n", "3:9: steps: several steps in one item; write one item for each");
  wrong("steps: [{node: n1}]\n",
        "3:9: steps: it is not said what happens; give deliver, fire, submit, lose, duplicate, suspect, crash or "
        "restart");
}

TEST_CASE("steps stand alone, in a small group that remembers") {
  const std::string steps = "steps: [{crash: n1}]\n";
  for (const std::string other :
       {"workload: []", "faults: []", "messages: []", "network: {default: {loss: 1%}}", "disk: {latency: 1ms}"}) {
    const std::string key = other.substr(0, other.find(':'));
    wrong(other + "\n" + steps, "3:1: " + key + ": steps say all that happens; leave one of them out");
  }
  refused("version: 1\nnodes: 5\n" + steps,
          "3:8: steps: only a group of at most 4 nodes can be driven by steps, and this one has 5");
  CHECK(good("version: 1\nnodes: 4\n" + steps).steps.size() == 1);
  wrong("group: {storage: volatile}\n" + steps, "4:8: steps: only a group with durable storage can be driven by steps");
  refused("version: 1\nnodes: [{name: n1, timing: {retransmit: 1s}}]\n" + steps,
          "2:28: timing: under steps all nodes have the group's timing");
}
