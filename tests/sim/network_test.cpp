#include "sim/network/network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "core/base/rng.hpp"

namespace {

using core::Instant;
using sim::Atom;
using sim::Duration;
using sim::Fate;
using sim::Latency;
using sim::LinkPatch;
using sim::Links;
using sim::Member;
using sim::Network;
using sim::Scenario;

constexpr auto kArrives = Fate::Kind::arrives;
constexpr std::uint32_t kAlways = 1'000'000;

// A group of `size` whose links take 1 to 10 ms and neither lose, repeat nor reorder; bandwidth is no limit.
Scenario calm(std::size_t size) {
  Scenario scenario;
  scenario.group.members.resize(size);
  scenario.network = {.latency = {Latency::Shape::uniform, Duration::ms(1), Duration::ms(10)},
                      .loss_ppm = 0,
                      .bits_per_second = 1'000'000'000'000};
  return scenario;
}

Scenario stormy(std::size_t size) {
  Scenario scenario = calm(size);
  scenario.network.loss_ppm = 100'000, scenario.network.duplicate_ppm = 200'000, scenario.network.reorder_ppm = 300'000;
  scenario.network.latency = {Latency::Shape::lognormal, Duration::ms(5), Duration::ms(60)};
  return scenario;
}

Instant at_ms(std::int64_t ms) {
  return Instant{} + Duration::ms(ms);
}

Latency fixed(Duration latency) {
  return {Latency::Shape::fixed, latency, {}};
}

LinkPatch slower(Duration latency) {
  LinkPatch patch;
  patch.latency = fixed(latency);
  return patch;
}

bool same(const Fate& a, const Fate& b) {
  return a.kind == b.kind && a.at == b.at && a.copy == b.copy;
}

sim::Target named(Member member) {
  return {{.who = Atom::Who::member, .member = member}};
}

// A link's fates, a message each millisecond.
std::vector<Fate> fates(Network& network, Member from, Member to, int messages) {
  std::vector<Fate> all;
  for (int i = 0; i < messages; ++i) all.push_back(network.send(at_ms(i), from, to, 100));
  return all;
}

double share_of(int hits, int all) {
  return static_cast<double>(hits) / all;
}

}  // namespace

TEST_CASE("first in, first out, copies included") {
  Scenario scenario = stormy(2);
  scenario.network.reorder_ppm = 0;
  Network network{scenario, 5};
  Instant last;
  for (const Fate& fate : fates(network, 0, 1, 5'000)) {
    if (fate.kind != kArrives) continue;
    REQUIRE(fate.at >= last);
    last = fate.at;
    if (fate.copy == Instant::never()) continue;
    REQUIRE(fate.copy >= last);
    last = fate.copy;
  }
}

TEST_CASE("the overtaking share arrives in its own time") {
  Scenario scenario = calm(2);
  scenario.network.reorder_ppm = 250'000;
  Network mixed{scenario, 5};
  scenario.network.reorder_ppm = 0;
  Network ordered{scenario, 5};
  int sooner = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Fate a = mixed.send(at_ms(i), 0, 1, 100), b = ordered.send(at_ms(i), 0, 1, 100);
    REQUIRE(a.at <= b.at);  // the same latency, without the wait or with a shorter one
    sooner += a.at < b.at ? 1 : 0;
  }
  CHECK(sooner > 1'000);
}

TEST_CASE("who overtakes waits for nobody and holds nobody back") {
  Scenario scenario = calm(2);
  scenario.network.latency = fixed(Duration::ms(100));
  Network network{scenario, 1};
  CHECK(network.send(at_ms(0), 0, 1, 0).at == at_ms(100));
  LinkPatch overtaking = slower(Duration::ms(300));
  overtaking.reorder_ppm = kAlways;
  const auto slow = network.patch({{0, 1}}, overtaking);
  CHECK(network.send(at_ms(1), 0, 1, 0).at == at_ms(301));
  network.lift(slow);
  CHECK(network.send(at_ms(2), 0, 1, 0).at == at_ms(102));  // not behind the slow one
  overtaking.latency = fixed(Duration::ms(5));
  const auto fast = network.patch({{0, 1}}, overtaking);
  CHECK(network.send(at_ms(3), 0, 1, 0).at == at_ms(8));  // before the two that were sent earlier
  network.lift(fast);
  network.patch({{0, 1}}, slower(Duration::ms(5)));
  CHECK(network.send(at_ms(4), 0, 1, 0).at == at_ms(102));  // whoever does not overtake waits
}

TEST_CASE("loss, duplication and their shares") {
  const int messages = 50'000;
  Network network{stormy(2), 9};
  int lost = 0, copied = 0;
  for (const Fate& fate : fates(network, 0, 1, messages)) {
    REQUIRE(fate.kind != Fate::Kind::closed);
    lost += fate.kind == Fate::Kind::lost ? 1 : 0;
    copied += fate.copy != Instant::never() ? 1 : 0;
    REQUIRE((fate.kind == kArrives || fate.copy == Instant::never()));
  }
  CHECK(share_of(lost, messages) == Approx(0.1).margin(0.007));
  CHECK(share_of(copied, messages - lost) == Approx(0.2).margin(0.01));
}

TEST_CASE("all or nothing") {
  Scenario scenario = calm(2);
  scenario.network.loss_ppm = kAlways;
  Network deaf{scenario, 1};
  for (const Fate& fate : fates(deaf, 0, 1, 1'000)) REQUIRE(fate.kind == Fate::Kind::lost);
  scenario.network.loss_ppm = 0, scenario.network.duplicate_ppm = kAlways;
  Network echo{scenario, 1};
  for (const Fate& fate : fates(echo, 0, 1, 1'000)) REQUIRE(fate.copy < Instant::never());
}

TEST_CASE("bandwidth is per direction and queued") {
  Scenario scenario = calm(2);
  scenario.network.latency = fixed(Duration::ms(5));
  scenario.network.bits_per_second = 8'000;  // 1000 bytes a second
  Network network{scenario, 1};
  CHECK(network.send(at_ms(0), 0, 1, 100).at == at_ms(105));
  CHECK(network.send(at_ms(0), 0, 1, 100).at == at_ms(205));
  CHECK(network.send(at_ms(50), 0, 1, 200).at == at_ms(405));
  CHECK(network.send(at_ms(50), 1, 0, 100).at == at_ms(155));  // the other direction is free
  CHECK(network.send(at_ms(1'000), 0, 1, 100).at == at_ms(1'105));
}

TEST_CASE("what a closed link refuses takes no bandwidth, what is lost does") {
  Scenario scenario = calm(2);
  scenario.network.latency = fixed(Duration::ms(5));
  scenario.network.bits_per_second = 8'000;
  Network network{scenario, 1};
  const auto handle = network.close({{0, 1}});
  CHECK(network.send(at_ms(0), 0, 1, 100).kind == Fate::Kind::closed);
  network.lift(handle);
  CHECK(network.send(at_ms(0), 0, 1, 100).at == at_ms(105));
  LinkPatch lossy;
  lossy.loss_ppm = kAlways;
  const auto loss = network.patch({{0, 1}}, lossy);
  CHECK(network.send(at_ms(0), 0, 1, 100).kind == Fate::Kind::lost);
  network.lift(loss);
  CHECK(network.send(at_ms(0), 0, 1, 100).at == at_ms(305));
}

TEST_CASE("the same seed gives the same fates, another seed others") {
  Network a{stormy(3), 7}, b{stormy(3), 7}, c{stormy(3), 8};
  int differ = 0;
  for (int i = 0; i < 1'000; ++i)
    for (const auto [from, to] : {core::Link{0, 1}, core::Link{1, 0}, core::Link{2, 1}}) {
      const Fate fate = a.send(at_ms(i), from, to, 100);
      REQUIRE(same(fate, b.send(at_ms(i), from, to, 100)));
      differ += same(fate, c.send(at_ms(i), from, to, 100)) ? 0 : 1;
    }
  CHECK(differ > 2'000);
}

TEST_CASE("more nodes and other links' traffic change no fate") {
  Network small{stormy(3), 7}, large{stormy(200), 7};
  for (int i = 0; i < 1'000; ++i) {
    large.send(at_ms(i), 199, 0, 100), large.send(at_ms(i), 0, 150, 100), large.send(at_ms(i), 1, 0, 100);
    REQUIRE(same(small.send(at_ms(i), 0, 1, 100), large.send(at_ms(i), 0, 1, 100)));
  }
}

TEST_CASE("a fault that ended does not shift what later messages draw") {
  Network calm_one{stormy(2), 7}, hurt{stormy(2), 7};
  LinkPatch bad;
  bad.loss_ppm = kAlways, bad.duplicate_ppm = kAlways, bad.reorder_ppm = kAlways;
  for (int i = 0; i < 300; ++i) {
    const auto patched = i == 100 ? hurt.patch({{0, 1}}, bad) : 0;
    const auto closed = i == 200 ? hurt.close({{0, 1}}) : 0;
    const Fate a = calm_one.send(at_ms(10'000 * i), 0, 1, 100);  // far apart, so that nobody waits for another
    const Fate b = hurt.send(at_ms(10'000 * i), 0, 1, 100);
    hurt.lift(patched), hurt.lift(closed);
    CAPTURE(i);
    REQUIRE((i == 100 || i == 200 || same(a, b)));
    REQUIRE((i != 100 || b.kind == Fate::Kind::lost));
    REQUIRE((i != 200 || b.kind == Fate::Kind::closed));
  }
}

TEST_CASE("a reset comes after what was sent before and shifts no draw") {
  Network plain{calm(2), 3}, broken{calm(2), 3};
  const Fate before = broken.send(at_ms(0), 0, 1, 100);
  REQUIRE(same(before, plain.send(at_ms(0), 0, 1, 100)));
  const Instant reset = broken.latency_from(at_ms(0), 0, 1);
  CHECK(reset >= before.at);
  CHECK(reset > at_ms(0));
  CHECK(reset <= at_ms(10));
  CHECK(broken.send(at_ms(0), 0, 1, 100).at >= reset);
  plain.send(at_ms(0), 0, 1, 100);
  for (int i = 1; i < 100; ++i)
    REQUIRE(same(plain.send(at_ms(100 * i), 0, 1, 100), broken.send(at_ms(100 * i), 0, 1, 100)));
}

TEST_CASE("what is sent after a reset arrives after it") {
  Network network{calm(2), 3};
  const auto slow = network.patch({{0, 1}}, slower(Duration::ms(80)));
  CHECK(network.latency_from(at_ms(0), 0, 1) == at_ms(80));
  network.lift(slow);
  CHECK(network.send(at_ms(1), 0, 1, 100).at == at_ms(80));
}

TEST_CASE("overrides of the file: later ones win, the others keep the default") {
  Scenario scenario = calm(3);
  scenario.network.latency = fixed(Duration::ms(1));
  scenario.links.push_back({{{.who = Atom::Who::all}}, named(2), slower(Duration::ms(20)), true});
  scenario.links.push_back({named(0), named(2), slower(Duration::ms(30)), false});
  LinkPatch lossy;
  lossy.loss_ppm = kAlways;
  scenario.links.push_back({named(2), named(1), lossy, false});
  Network network{scenario, 1};
  const auto latency = [&](Member from, Member to) { return network.send(at_ms(0), from, to, 0).at; };
  CHECK(latency(0, 1) == at_ms(1));
  CHECK(latency(0, 2) == at_ms(30));
  CHECK(latency(1, 2) == at_ms(20));
  CHECK(latency(2, 0) == at_ms(20));
  CHECK(network.send(at_ms(0), 2, 1, 0).kind == Fate::Kind::lost);
  network.lift_all();
  CHECK(network.send(at_ms(500), 0, 2, 0).at == at_ms(530));  // what the file says is no fault
}

TEST_CASE("patches lie over one another; lifting one leaves the rest") {
  Scenario scenario = calm(2);
  scenario.network.latency = fixed(Duration::ms(1));
  Network network{scenario, 1};
  std::int64_t now_ms = 0;
  const auto next = [&] { return network.send(at_ms(now_ms += 1'000), 0, 1, 0); };
  const auto latency_ms = [&] {
    const Instant arrival = next().at;
    return (arrival - at_ms(now_ms)).ns / 1'000'000;
  };
  CHECK(latency_ms() == 1);
  const auto first = network.patch({{1, 0}, {0, 1}}, slower(Duration::ms(50)));
  LinkPatch lossy;
  lossy.loss_ppm = kAlways;
  const auto second = network.patch({{0, 1}}, lossy);
  const auto third = network.patch({{0, 1}}, slower(Duration::ms(70)));
  CHECK(next().kind == Fate::Kind::lost);
  network.lift(second);
  CHECK(latency_ms() == 70);
  network.lift(first);
  CHECK(latency_ms() == 70);
  network.lift(third);
  CHECK(latency_ms() == 1);
  network.lift(third);
  network.patch({{0, 1}}, slower(Duration::ms(90)));
  CHECK(latency_ms() == 90);
  network.lift_all();
  CHECK(latency_ms() == 1);
}

TEST_CASE("closed links agree with a list of all faults in force") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::size_t size = seed % 2 == 0 ? 4 : 70;
    Network network{calm(size), seed};
    std::vector<std::pair<Network::Handle, Links>> in_force;
    for (int step = 0; step < 60; ++step) {
      if (rng.below(20) == 0) {
        network.lift_all(), in_force.clear();
      } else if (!in_force.empty() && rng.below(2) == 0) {
        const auto it = in_force.begin() + static_cast<std::ptrdiff_t>(rng.below(in_force.size()));
        network.lift(it->first), network.lift(it->first);
        in_force.erase(it);
      } else {
        Links links;
        for (int i = 0; i < 6; ++i)
          links.push_back({static_cast<Member>(rng.below(size)), static_cast<Member>(rng.below(size))});
        in_force.emplace_back(network.close(links), links);
      }
      Links expected;
      for (const auto& [handle, links] : in_force) expected.insert(expected.end(), links.begin(), links.end());
      std::erase_if(expected, [](const core::Link& link) { return link.from == link.to; });
      std::sort(expected.begin(), expected.end());
      expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
      REQUIRE(network.closed() == expected);
      for (const core::Link& link : expected) REQUIRE_FALSE(network.open(link.from, link.to));
      REQUIRE(network.open(2, 2));
      REQUIRE(network.open(0, 1) == !std::binary_search(expected.begin(), expected.end(), core::Link{0, 1}));
    }
  }
}

TEST_CASE("ten thousand nodes cost nothing before they send") {
  Network network{calm(10'000), 1};
  network.close(sim::closed_by_isolating(10'000, {9'999}));
  CHECK(network.send(at_ms(0), 9'998, 3, 100).kind == kArrives);
  CHECK(network.send(at_ms(0), 9'998, 9'999, 100).kind == Fate::Kind::closed);
  CHECK(network.closed().size() == 2 * 9'999);
}

TEST_CASE("the first fates are the same with every compiler") {
  Network network{stormy(2), 42};
  std::vector<std::int64_t> arrivals;
  for (int i = 0; i < 6; ++i) {
    const Fate fate = network.send(at_ms(1'000 * i), 0, 1, 100);
    arrivals.push_back(fate.kind == kArrives ? (fate.at - at_ms(1'000 * i)).ns : 0);
  }
  CHECK(arrivals == std::vector<std::int64_t>{82'251'526, 3'681'697, 40'258'014, 36'410'645, 5'898'410, 4'235'022});
}
