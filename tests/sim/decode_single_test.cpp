// Single things: an event submitted once, what becomes of one message, and the calm at the end.
#include <catch2/catch.hpp>

#include "tests/sim/decode_support.hpp"

using decode_support::good;
using decode_support::with_nodes;
using decode_support::wrong;

TEST_CASE("an event is submitted once and names the earlier ones that it depends on") {
  const sim::Scenario s =
      good(with_nodes("workload:\n  - {event: a, from: n3, at: 12s}\n  - {submit: 5/s}\n"
                      "  - {event: b, from: n1, at: 12s, after: a, size: 0}\n"
                      "  - {event: c-2, from: n1, at: 12.5s, after: [b, a], size: 20}\n"));
  REQUIRE(s.events.size() == 3);
  CHECK(s.workload.size() == 1);
  CHECK((s.events[0].name == "a" && s.events[0].from == 2 && s.events[0].at == core::Duration::s(12)));
  CHECK((s.events[0].after.empty() && s.events[0].size == 100));
  CHECK(s.events[1].after == std::vector<std::uint32_t>{0});
  CHECK(s.events[2].after == std::vector<std::uint32_t>{0, 1});
  CHECK(s.events[2].size == 20);
}

TEST_CASE("wrong events") {
  const std::string a = "workload:\n  - {event: abc, from: n1, at: 5s}\n";
  wrong("workload: [{event: a, at: 1s}]\n", "3:12: workload: 'from' is missing");
  wrong("workload: [{event: a, from: n1}]\n", "3:12: workload: 'at' is missing");
  wrong("workload: [{event: a b, from: n1, at: 1s}]\n", "3:20: event: 'a b' may only have letters, digits and - _ .");
  wrong("workload: [{event: a, from: n17, at: 1s}]\n", "3:29: from: unknown node 'n17'; did you mean 'n1'?");
  wrong("workload: [{event: a, from: leader, at: 1s}]\n",
        "3:29: from: unknown node 'leader'; known: n1, n2, n3, n4, n5");
  wrong("workload: [{event: a, from: n1, at: 61s}]\n", "3:37: at: 61s is out of range; it must be from 0s to 60s");
  wrong("workload: [{event: a, from: n1, at: 1s, chain: 2}]\n",
        "3:41: unknown key 'chain' in workload; known: event, from, at, after, size");
  wrong(a + "  - {event: abc, from: n2, at: 6s}\n", "5:13: event: another event is called 'abc' already");
  wrong(a + "  - {event: b, from: n2, at: 4s, after: abc}\n",
        "5:41: after: 'abc' is submitted later (5s) than this event (4s)");
  wrong(a + "  - {event: b, from: n2, at: 6s, after: [abd]}\n",
        "5:42: after: no event above this one is called 'abd'; did you mean 'abc'?");
  wrong(a + "  - {event: b, from: n2, at: 6s, after: [b]}\n",
        "5:42: after: no event above this one is called 'b'; known: abc");
  wrong(a + "  - {event: b, from: n2, at: 6s, after: [abc, abc]}\n", "5:47: after: 'abc' stands in the list twice");
  wrong(a + "  - {event: b, from: n2, at: 6s, after: {}}\n",
        "5:41: after: the name of an event is wanted, not keys with values; known: abc");
}

TEST_CASE("a single message is dropped, arrives at a time, or comes once more") {
  using What = sim::MessageFate::What;
  const sim::Scenario s =
      good(with_nodes("messages:\n  - {from: n1, to: n2, type: PROMISE, nth: 3, drop: true}\n"
                      "  - {from: n1, to: n2, type: ORDER, at: 12.31s}\n"
                      "  - {from: n1, to: n2, type: ORDER, nth: 1, copy: 12.5s}\n"));
  REQUIRE(s.messages.size() == 3);
  CHECK((s.messages[0].link == core::Link{0, 1} && s.messages[0].type == core::MessageType::promise));
  CHECK((s.messages[0].nth == 3 && s.messages[0].what == What::drop));
  CHECK((s.messages[1].nth == 1 && s.messages[1].what == What::arrive));
  CHECK(s.messages[1].at == core::Duration::ms(12'310));
  CHECK((s.messages[2].what == What::copy && s.messages[2].at == core::Duration::ms(12'500)));
}

TEST_CASE("wrong messages") {
  const std::string order = "messages:\n  - {from: n1, to: n2, type: ORDER, nth: 2, ";
  const std::string also = "  - {from: n1, to: n2, type: ORDER, nth: 2, ";
  wrong("messages: [{to: n2, type: ORDER, drop: true}]\n", "3:12: messages: 'from' is missing");
  wrong("messages: [{from: n1, to: n1, type: ORDER, drop: true}]\n", "3:27: to: a node has no link to itself");
  wrong("messages: [{from: n1, to: all, type: ORDER, drop: true}]\n",
        "3:27: to: unknown node 'all'; known: n1, n2, n3, n4, n5");
  wrong("messages: [{from: n1, to: n2, drop: true}]\n", "3:12: messages: 'type' is missing");
  wrong("messages: [{from: n1, to: n2, type: ORDR, drop: true}]\n",
        "3:37: type: unknown value 'ORDR'; did you mean 'ORDER'?");
  wrong("messages: [{from: n1, to: n2, type: order, drop: true}]\n",
        "3:37: type: unknown value 'order'; did you mean 'ORDER'?");
  wrong(order + "drop: false}\n", "4:51: drop: only 'drop: true' is possible; else leave it out");
  wrong("messages: [{from: n1, to: n2, type: ORDER}]\n",
        "3:12: messages: it is not said what becomes of it; give drop, at or copy");
  wrong(order + "drop: true, at: 1s}\n",
        "4:5: messages: only one of drop, at and copy can be given; write one item for each");
  wrong(order + "at: 61s}\n", "4:49: at: 61s is out of range; it must be from 0s to 60s");
  wrong(order + "at: 2s}\n" + also + "at: 3s}\n",
        "5:5: messages: another item says that of the same message; keep one");
  wrong(order + "at: 2s}\n" + also + "drop: true}\n",
        "5:5: messages: a message that is dropped does not arrive, as another item says; keep one of them");
  wrong(order + "drop: true}\n" + also + "copy: 3s}\n",
        "5:5: messages: a message that is dropped does not arrive, as another item says; keep one of them");
}

TEST_CASE("a calm comes once, for whomever, and has no end") {
  const sim::Scenario s = good(
      with_nodes("faults:\n  - {at: 30s, calm: [n1, n2, n4]}\n  - {when: {kind: crash}, plus: 1s, calm: majority}\n"));
  REQUIRE(s.faults.size() == 2);
  CHECK(std::get<sim::Calm>(s.faults[0].action).who.size() == 3);
  CHECK(std::get<sim::Calm>(s.faults[1].action).who[0].who == sim::Atom::Who::majority);
  wrong("faults: [{at: 1s, calm: all, for: 2s}]\n", "3:30: for: a calm has no end; leave 'for' out");
  wrong("faults: [{every: 1s, calm: all}]\n",
        "3:11: every: no fault strikes after a calm, so it comes once; give at or when");
}
