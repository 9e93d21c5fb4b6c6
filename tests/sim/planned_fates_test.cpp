// What becomes of messages whose fate the scenario names.
#include <catch2/catch.hpp>
#include <optional>
#include <vector>

#include "sim/network/network.hpp"
#include "tests/sim/world_support.hpp"

namespace {

using core::Instant;
using core::MessageType;
using sim::Fate;
using sim::MessageFate;
using sim::Network;
using What = sim::MessageFate::What;
using world_test::Duration;
using world_test::Kind;
using world_test::Note;

constexpr auto kOrder = MessageType::order, kAck = MessageType::ack;

Instant at_ms(std::int64_t ms) {
  return Instant{} + Duration::ms(ms);
}

MessageFate fate(std::uint64_t nth, What what, Duration at = {}) {
  return {.link = {0, 1}, .type = kOrder, .nth = nth, .what = what, .at = at};
}

// Links take 2 ms; nobody waits for bandwidth.
sim::Scenario pair_with(std::vector<MessageFate> fates) {
  sim::Scenario scenario = world_test::scenario_of(2, Duration::s(1));
  scenario.network.bits_per_second = 1'000'000'000'000'000;
  scenario.messages = std::move(fates);
  return scenario;
}

bool same(const Fate& a, const Fate& b) {
  return a.kind == b.kind && a.at == b.at && a.copy == b.copy;
}

}  // namespace

TEST_CASE("the nth message of a type on a link is dropped, moved or copied") {
  const sim::Scenario scenario =
      pair_with({fate(4, What::copy, Duration::ms(70)), fate(2, What::drop), fate(3, What::arrive, Duration::ms(50)),
                 fate(3, What::copy, Duration::ms(60))});
  Network network{scenario, 1};
  const auto next = [&] { return network.send(at_ms(10), 0, 1, 0, kOrder); };
  CHECK(same(next(), {.at = at_ms(12)}));
  network.send(at_ms(10), 0, 1, 0, kAck), network.send(at_ms(10), 1, 0, 0, kOrder);  // others, which do not count
  CHECK(next().kind == Fate::Kind::lost);
  CHECK(same(next(), {.at = at_ms(50), .copy = at_ms(60)}));
  CHECK(same(next(), {.at = at_ms(12), .copy = at_ms(70)}));
  CHECK(same(next(), {.at = at_ms(12)}));  // and nobody waits for what arrives late
}

TEST_CASE("a named fate overrules the dice, and the dice of the others fall as before") {
  sim::Scenario scenario = pair_with({});
  scenario.network.loss_ppm = 300'000, scenario.network.duplicate_ppm = 300'000;
  Network plain{scenario, 7};
  for (std::uint64_t nth = 1; nth <= 100; ++nth)
    if (nth % 3 == 0)
      scenario.messages.push_back(fate(nth, What::arrive, Duration::s(1) * static_cast<std::int64_t>(nth)));
  Network fated{scenario, 7};
  for (std::int64_t i = 1; i <= 100; ++i) {
    CAPTURE(i);
    const Fate a = plain.send(at_ms(100 * i), 0, 1, 0, kOrder), b = fated.send(at_ms(100 * i), 0, 1, 0, kOrder);
    REQUIRE(same(i % 3 == 0 ? Fate{.at = at_ms(1'000 * i)} : a, b));
  }
}

TEST_CASE("a closed link loses even what is to arrive, and it counts") {
  Network network{pair_with({fate(1, What::arrive, Duration::ms(50)), fate(2, What::drop)}), 1};
  const auto closed = network.close({{0, 1}});
  CHECK(network.send(at_ms(10), 0, 1, 0, kOrder).kind == Fate::Kind::closed);
  network.lift(closed);
  CHECK(network.send(at_ms(10), 0, 1, 0, kOrder).kind == Fate::Kind::lost);
}

TEST_CASE("the news that a process is gone can be given its time") {
  MessageFate news = fate(2, What::arrive, Duration::ms(90));
  news.link_down = true;
  Network network{pair_with({news}), 1};
  CHECK(network.latency_from(at_ms(10), 0, 1) == at_ms(12));
  CHECK(network.send(at_ms(10), 0, 1, 0, MessageType{}).at == at_ms(12));
  CHECK(network.latency_from(at_ms(10), 0, 1) == at_ms(90));
  CHECK(network.latency_from(at_ms(10), 0, 1) == at_ms(12));
}

TEST_CASE("in a run, fates show as drops and arrivals") {
  sim::Scenario scenario = pair_with({fate(1, What::drop), fate(2, What::arrive, Duration::ms(600)),
                                      fate(3, What::arrive, Duration::ms(1)), fate(3, What::copy, Duration::s(2))});
  scenario.duration = Duration::s(3);
  for (MessageFate& named : scenario.messages) named.type = MessageType::heartbeat;
  const world_test::Run run = world_test::run(scenario);
  const auto beats = [&](Kind kind) {
    return run.tape.those([=](const Note& note) {
      return note.record.kind == kind && note.record.type == MessageType::heartbeat &&
             (kind == Kind::send ? note.record.node == 0 : note.record.peer == 0);
    });
  };
  const std::vector<Note> sent = beats(Kind::send), dropped = beats(Kind::drop), got = beats(Kind::recv);
  REQUIRE(sent.size() >= 3);
  REQUIRE(dropped.size() == 1);
  CHECK(dropped[0].more.text == "lost");
  CHECK(dropped[0].record.number == sent[0].record.number);
  const auto arrivals = [&](std::size_t nth) {
    std::vector<Instant> at;
    for (const Note& note : got)
      if (note.record.number == sent[nth - 1].record.number) at.push_back(note.record.at);
    return at;
  };
  CHECK(arrivals(1).empty());
  CHECK(arrivals(2) == std::vector{std::max(at_ms(600), sent[1].record.at)});
  CHECK(arrivals(3) == std::vector{sent[2].record.at, at_ms(2'000)});  // not before it is sent
}
