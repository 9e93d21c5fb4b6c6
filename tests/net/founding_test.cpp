// A group is founded once: by those who were expected, whatever gets lost, and never twice.
#include <algorithm>
#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "net/discovery/founding.hpp"
#include "tests/net/residents.hpp"

namespace {

using core::Duration;
using core::Instant;
using net::Founding;
using net::Sighting;
using tests::charter;
using tests::sighting;

const Founding::Terms kThree{.group = "demo", .expect = 3, .places = 5};

Founding node(std::uint64_t id, net::Membership memory = {}) {
  return {kThree, tests::resident(id), std::move(memory)};
}

Sighting signed_by(std::uint64_t id, const net::Charter& list, bool founded = false) {
  Sighting told = sighting(id, 3);
  told.charter = list;
  told.founded = founded;
  return told;
}

Instant ms(std::int64_t time) {
  return Instant{} + Duration::ms(time);
}

}  // namespace

TEST_CASE("the lowest of those who were expected proposes them, once all are there and it is calm") {
  Founding first = node(1), second = node(2);
  for (Founding* one : {&first, &second}) {
    CHECK_FALSE(one->hear(ms(1000), sighting(one == &first ? 2 : 1, 3)));
    CHECK_FALSE(one->wake(ms(2000)));
    CHECK_FALSE(one->hear(ms(3000), sighting(3, 3)));
    CHECK_FALSE(one->membership().charter);
  }
  CHECK(first.progress(ms(3000)) == "heard 3 of 3: n1, n2 and n3");
  CHECK_FALSE(first.wake(ms(3100)));  // a fourth may be about to speak
  CHECK(first.wake(ms(3400)));
  CHECK(first.membership().charter == charter({1, 2, 3}));
  CHECK_FALSE(first.membership().founded);
  CHECK_FALSE(second.wake(ms(3400)));
}

TEST_CASE("who is away is not counted") {
  Founding first = node(1);
  first.hear(ms(0), sighting(2, 3));
  first.hear(ms(7000), sighting(3, 3));
  CHECK_FALSE(first.wake(ms(8000)));
  Sighting passed_on = sighting(2, 3);
  passed_on.age_ms = 5500;
  first.hear(ms(8000), passed_on);
  CHECK(first.progress(ms(8400)) == "heard 3 of 3: n1, n2 and n3");
  CHECK(first.progress(ms(8600)) == "heard 2 of 3: n1 and n3");
  CHECK(first.wake(ms(8400)));
}

TEST_CASE("whom a list names signs it, and all signatures found the group") {
  Founding second = node(2);
  CHECK(second.hear(ms(0), signed_by(1, charter({1, 2, 3}))));
  CHECK(second.membership().charter == charter({1, 2, 3}));
  CHECK_FALSE(second.membership().founded);
  CHECK_FALSE(second.hear(ms(1), sighting(3, 3)));
  SECTION("the last signature") {
    CHECK(second.hear(ms(2), signed_by(3, charter({1, 2, 3}))));
  }
  SECTION("the word of one who has heard all") {
    CHECK(second.hear(ms(2), signed_by(1, charter({1, 2, 3}), true)));
  }
  CHECK(second.membership().founded);
  CHECK(second.trouble().empty());
}

TEST_CASE("one list in a life") {
  Founding second = node(2, {charter({1, 2, 3}), false, false});
  CHECK_FALSE(second.hear(ms(0), signed_by(4, charter({2, 3, 4}))));
  CHECK(second.membership().charter == charter({1, 2, 3}));
  CHECK_FALSE(second.hear(ms(1), signed_by(3, charter({2, 3, 4}))));
  CHECK(second.trouble().find("n3 has signed another list of founders (n2, n3 and n4)") == 0);
}

TEST_CASE("who comes later joins; who has forgotten knows it") {
  SECTION("a newcomer") {
    Founding late = node(9);
    CHECK(late.hear(ms(0), signed_by(1, charter({1, 2, 3}), true)));
    CHECK((late.membership().founded && !late.membership().forgotten));
  }
  SECTION("a founder with an empty folder") {
    Founding late = node(2);
    CHECK(late.hear(ms(0), signed_by(1, charter({1, 2, 3}), true)));
    CHECK((late.membership().founded && late.membership().forgotten));
  }
  SECTION("one who had signed what can never be") {
    Founding late = node(9, {charter({3, 9, 10}), false, false});
    CHECK(late.hear(ms(0), signed_by(1, charter({1, 2, 3}), true)));
    CHECK(late.membership().charter == charter({1, 2, 3}));
  }
  SECTION("but not one whose own group may still come to be") {
    Founding other = node(9, {charter({8, 9, 10}), false, false});
    CHECK_FALSE(other.hear(ms(0), signed_by(1, charter({1, 2, 3}), true)));
    CHECK(other.trouble().find("there are two groups called demo") == 0);
  }
}

TEST_CASE("what does not fit together is said in words") {
  Founding first = node(1);
  SECTION("other numbers") {
    first.hear(ms(0), sighting(2, 4));
    first.wake(ms(1));
    CHECK(first.trouble() == "n2 has --expect 4 and n1 has 3; start all founders with the same number");
  }
  SECTION("one name for two") {
    Sighting twin = sighting(2, 3);
    twin.node.who.name = "n3";
    first.hear(ms(0), twin);
    first.hear(ms(0), sighting(3, 3));
    CHECK_FALSE(first.wake(ms(1000)));
    CHECK(first.trouble().find("two nodes are called n3") == 0);
  }
  SECTION("one id for two") {
    Sighting twin = sighting(1, 3);
    twin.node.at.tcp_port = 9;
    CHECK_FALSE(first.hear(ms(0), twin));
    CHECK(first.trouble().find("another process at 127.0.0.1:9 says that it is n1 too") == 0);
  }
  SECTION("another group is not heard") {
    Sighting other = signed_by(2, charter({1, 2, 3}));
    other.group = "other";
    CHECK_FALSE(first.hear(ms(0), other));
    CHECK(first.progress(ms(0)) == "heard 1 of 3: n1");
  }
}

// Sightings are lost, doubled and overtake each other, and nodes die and come back with what they had on their disk.
TEST_CASE("of any lists at most one is founded, and if only those come who are expected, it is") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 400)));
  CAPTURE(seed);
  core::Rng rng(seed);
  const std::size_t count = seed % 2 == 0 ? 3 : 5;  // five are fewer than two groups of three
  std::vector<Founding> nodes;
  for (std::size_t i = 0; i < count; ++i) nodes.push_back(node(i + 1));
  std::vector<Sighting> air;
  Instant now{};
  const auto founded = [](const Founding& one) { return one.membership().founded; };
  for (int step = 0; step < 4000 && !std::all_of(nodes.begin(), nodes.end(), founded); ++step) {
    now = now + Duration::ms(static_cast<std::int64_t>(rng.below(200)));
    const std::size_t i = rng.below(count);
    if (rng.below(50) == 0) nodes[i] = node(i + 1, nodes[i].membership());
    Sighting told = sighting(i + 1, 3);
    told.charter = nodes[i].membership().charter;
    told.founded = nodes[i].membership().founded;
    if (rng.below(3) > 0) air.push_back(told);
    nodes[i].wake(now);
    if (air.empty()) continue;
    const std::size_t k = air.size() - 1 - rng.below(std::min<std::size_t>(air.size(), 20));
    nodes[rng.below(count)].hear(now, air[k]);
  }
  const net::Charter* one = nullptr;
  for (const Founding& each : nodes) {
    if (!each.membership().founded) continue;
    if (one != nullptr) REQUIRE(*one == *each.membership().charter);
    one = &*each.membership().charter;
  }
  if (count == 3) REQUIRE(std::all_of(nodes.begin(), nodes.end(), founded));
  if (one == nullptr)  // then two lists were signed, and somebody says so
    REQUIRE(std::any_of(nodes.begin(), nodes.end(), [](const Founding& each) { return !each.trouble().empty(); }));
}
