// What people who look on are told of a node, and where they go on after they were away.
#include <catch2/catch.hpp>

#include "tools/member/feed.hpp"

namespace {

using core::Kind;

struct Fed {
  core::Config config;
  tools::Feed feed{77};
  core::Instant now = core::Instant{} + core::Duration::s(100);

  Fed() {
    for (const char* name : {"n1", "n2", "n3"}) config.members.push_back({.name = name, .id = {}});
  }
  void role(core::Epoch epoch) {
    feed.on(config, {.at = {5}, .kind = Kind::role, .role = core::Role::leader, .node = 0, .epoch = epoch});
  }
  void deliver(core::Seq seq) {
    const core::Event event{
        .id = core::EventId::of(1, seq), .depends_on = {}, .type = "message", .payload = "", .rejects = {}};
    core::Record fact{.kind = Kind::deliver, .node = 0, .epoch = 1, .seq = seq};
    fact.id = event.id, fact.event = &event;
    feed.on(config, fact);
  }
  void dispatch(int crash) {
    core::Details details;
    details.dispatch = {.crash = "car/" + std::to_string(crash), .step = core::Step::queued};
    feed.on(config, {.kind = Kind::dispatch, .node = 0, .more = &details});
  }
  std::string take() { return feed.take(config, now); }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++found;
  return found;
}

TEST_CASE("feed: a rare fact is told once, as in a trace, with an id", "[feed]") {
  Fed fed;
  fed.role(3);
  CHECK(fed.take() ==
        "id: 77-1\nevent: record\ndata: "
        "{\"kind\":\"role\",\"at\":5,\"node\":\"n1\",\"role\":\"leader\",\"epoch\":3}\n\n");
  CHECK(fed.take().empty());
}

TEST_CASE("feed: of deliveries the number is told, at most once a second", "[feed]") {
  Fed fed;
  for (core::Seq seq = 1; seq <= 500; ++seq) fed.deliver(seq);
  const std::string told = fed.take();
  CHECK_THAT(told, Catch::Contains("\"kind\":\"deliver\"") && Catch::Contains("\"seq\":500") &&
                       Catch::Contains("\"event\":\"n2:500\"") && Catch::Contains("\"count\":500}"));
  CHECK(count(told, "event: record") == 1);
  fed.deliver(501);
  CHECK(fed.take().empty());
  fed.now = fed.now + core::Duration::s(1);
  CHECK_THAT(fed.take(), Catch::Contains("\"seq\":501") && Catch::Contains("\"count\":1}"));
}

TEST_CASE("feed: who comes back is told what it has missed, and a stranger all that is kept", "[feed]") {
  Fed fed;
  for (core::Epoch epoch = 1; epoch <= 5; ++epoch) fed.role(epoch);
  fed.take();
  CHECK(count(fed.feed.after("77-3"), "event: record") == 2);
  CHECK_THAT(fed.feed.after("77-3"), Catch::StartsWith("id: 77-4\n"));
  CHECK(fed.feed.after("77-5").empty());
  for (const char* other : {"", "76-3", "7-73", "nonsense", "77-"}) CHECK(count(fed.feed.after(other), "id: ") == 5);
  fed.role(6);  // is told to all who listen, with the next take()
  CHECK(fed.feed.after("77-5").empty());
}

TEST_CASE("feed: too many at once are counted, and old ones are forgotten", "[feed]") {
  Fed fed;
  for (int i = 0; i < 100; ++i) fed.dispatch(i);
  const std::string told = fed.take();
  CHECK(count(told, "\"kind\":\"dispatch\"") == tools::Feed::kMostAtOnce);
  CHECK_THAT(told, Catch::Contains("\"kind\":\"left_out\"") && Catch::Contains("\"count\":80}"));
  for (int i = 0; i < 1'000; ++i) fed.role(7), fed.take();
  CHECK(count(fed.feed.after(""), "event: record") == tools::Feed::kKept);
}

TEST_CASE("feed: what is told of the city every day crowds out no election", "[feed]") {
  Fed fed;
  for (core::Epoch epoch = 1; epoch <= 10; ++epoch) fed.role(epoch);
  for (int i = 0; i < 1'000; ++i) fed.dispatch(i), fed.take();
  CHECK(count(fed.feed.after(""), "\"kind\":\"role\"") == 10);
  CHECK(count(fed.feed.after(""), "event: record") == tools::Feed::kKept);
  CHECK_THAT(fed.feed.after(""), Catch::Contains("car/999\""));
}

}  // namespace
