// What the desk answers, with an office that only keeps what it was given.
#include <catch2/catch.hpp>

#include "net/desk/desk.hpp"
#include "tests/net/messages.hpp"
#include "tests/net/residents.hpp"

namespace {

using net::Json;

struct Kept final : net::Caller {
  std::vector<Json> answers;
  void answer(std::string line) override { answers.push_back(Json::parse(line)); }
  void hang_up() override {}
};

struct Office final : net::Office {
  std::string name = "demo", shut;
  core::Config members = tests::group_of(3);
  std::vector<core::Submission> events;
  std::vector<net::Resident> admitted;
  bool full = false, stopping = false;
  std::uint64_t settled = 0;  // numbers up to this one are decided

  [[nodiscard]] const std::string& group() const override { return name; }
  [[nodiscard]] Json status() const override { return {{"type", "STATUS"}, {"group", name}}; }
  std::string meet(const Json&) override { return R"({"type":"SIGHTINGS","heard":[]})"; }
  [[nodiscard]] std::string closed() const override { return shut; }
  [[nodiscard]] const core::Config& config() const override { return members; }
  core::EventId submit(const core::Submission& event) override {
    if (full) return {};
    events.push_back(event);
    return core::EventId::of(1, events.size());
  }
  [[nodiscard]] bool retiring() const override { return stopping; }
  [[nodiscard]] bool decided(core::EventId own) const override { return own.number <= settled; }
  std::string admit(const net::Resident& newcomer) override {
    admitted.push_back(newcomer);
    return "";
  }
};

struct Hall {
  Office office;
  net::Desk desk{office};
  std::shared_ptr<Kept> caller = std::make_shared<Kept>();

  bool say(const std::string& line) { return desk.hear(line, caller); }
  Json answer(const std::string& line) {
    REQUIRE(say(line));
    REQUIRE_FALSE(caller->answers.empty());
    return caller->answers.back();
  }
  void decide(std::uint64_t number, core::Seq seq, const core::Details* rejected = nullptr) {
    core::Record fact{.kind = rejected == nullptr ? core::Kind::ack : core::Kind::reject, .node = 1};
    fact.id = core::EventId::of(1, number);
    fact.seq = seq;
    fact.more = rejected;
    desk.on(fact);
  }
};

}  // namespace

TEST_CASE("events are answered when they are decided, by the request's own name") {
  Hall hall;
  REQUIRE(hall.say(R"({"type":"SUBMIT_EVENT","request":"a","event":{"payload":"x","depends_on":["n1:4"]}})"));
  REQUIRE(hall.say(R"({"type":"SUBMIT_EVENT","request":2,"event":{"type":"note","payload":[255,0],"chain":true}})"));
  CHECK(hall.caller->answers.empty());
  REQUIRE(hall.office.events.size() == 2);
  CHECK(hall.office.events[0].type == "message");
  CHECK(hall.office.events[0].depends_on == std::vector{core::EventId::of(0, 4)});
  CHECK(hall.office.events[1].payload == std::string("\xFF\0", 2));
  CHECK(hall.office.events[1].depends_on == std::vector{core::EventId::of(1, 1)});
  const core::Details late{"a cause is missing", {}, {}, {}};
  hall.decide(2, 9, &late);
  hall.decide(1, 8);
  hall.decide(1, 8);
  REQUIRE(hall.caller->answers.size() == 2);
  CHECK(hall.caller->answers[0] ==
        Json::parse(R"({"type":"REJECT","request":2,"event":"n2:2","reason":"a cause is missing"})"));
  CHECK(hall.caller->answers[1] == Json::parse(R"({"type":"ACK","request":"a","event":"n2:1","seq":8})"));
  CHECK(hall.desk.waiting() == 0);
}

TEST_CASE("what a received state covers is answered too, once the facts of its turn are told") {
  Hall hall;
  for (const char* request : {"1", "2", "3", "4"})
    REQUIRE(hall.say(std::string(R"({"type":"SUBMIT_EVENT","event":{"payload":"x"},"request":)") + request + "}"));
  hall.office.settled = 3;
  hall.desk.on(core::Record{.kind = core::Kind::snapshot, .node = 1, .seq = 20});
  CHECK(hall.caller->answers.empty());
  const core::Details away{"rejected while this node was away", {}, {}, {}};
  hall.decide(1, 0, &away);
  hall.decide(3, 21);
  hall.desk.answer_covered();
  hall.desk.answer_covered();
  REQUIRE(hall.caller->answers.size() == 3);
  CHECK(hall.caller->answers[0]["type"] == "REJECT");
  CHECK(hall.caller->answers[1]["seq"] == 21);
  CHECK(hall.caller->answers[2] == Json::parse(R"({"type":"ACK","request":2,"event":"n2:2","seq":null})"));
  CHECK(hall.desk.waiting() == 1);
}

TEST_CASE("a chain is a connection's own, and who has gone is not answered") {
  Hall hall;
  REQUIRE(hall.say(R"({"type":"SUBMIT_EVENT","event":{"payload":"x"}})"));
  const auto other = std::make_shared<Kept>();
  REQUIRE(hall.desk.hear(R"({"type":"SUBMIT_EVENT","event":{"payload":"y","chain":true}})", other));
  CHECK(hall.office.events[1].depends_on.empty());
  hall.caller.reset();
  hall.decide(1, 1);
  hall.decide(2, 2);
  CHECK(other->answers.size() == 1);
}

TEST_CASE("what is not taken is refused at once") {
  Hall hall;
  const std::string event = R"({"type":"SUBMIT_EVENT","request":7,"event":{"payload":"x"}})";
  SECTION("no room") {
    hall.office.full = true;
    CHECK(hall.answer(event) == Json::parse(R"({"type":"REJECT","event":null,"reason":"overloaded","request":7})"));
    hall.office.stopping = true;
    CHECK(hall.answer(event)["reason"] == "stopping");
  }
  SECTION("no group yet") {
    hall.office.shut = "there is no group yet";
    CHECK(hall.answer(event) ==
          Json::parse(R"({"type":"ERROR","reason":"there is no group yet","closed":true,"request":7})"));
    CHECK(hall.answer(R"({"type":"STATUS"})")["type"] == "STATUS");
  }
  CHECK(hall.office.events.empty());
}

TEST_CASE("mistakes are answered in words") {
  Hall hall;
  const auto [line, reason] = GENERATE(table<const char*, const char*>(
      {{R"({"type":"PING"})", "type PING is unknown; known: STATUS, SUBMIT_EVENT, ADMIT, SIGHTING"},
       {R"({"type":"STATUS","group":"other"})", "the line is for another group; this node is of group demo"},
       {R"({"type":"SUBMIT_EVENT"})", "the line has no `event`"},
       {R"({"type":"SUBMIT_EVENT","event":{}})", "the line has no `payload`"},
       {R"({"type":"SUBMIT_EVENT","event":{"payload":7}})", "the line `payload` is neither text nor a list of bytes"},
       {R"({"type":"SUBMIT_EVENT","event":{"payload":"","depends_on":["who:1"]}})",
        "the line names no event of a member"},
       {R"({"type":"SUBMIT_EVENT","event":{"payload":"","type":"member_admitted"}})",
        "the line has the `type` member_admitted, which is the group's own"},
       {R"({"type":"ADMIT","node":{"id":"x"}})", "the line `id` is neither a whole number nor a UUID"}}));
  CHECK(hall.answer(line)["reason"] == reason);
  CHECK(hall.office.events.empty());
}

TEST_CASE("members' messages and what is no object are none of the desk's") {
  Hall hall;
  CHECK_FALSE(hall.say(R"({"type":"HEARTBEAT"})"));
  CHECK_FALSE(hall.say("[]"));
  CHECK_FALSE(hall.say("{"));
  CHECK_FALSE(hall.say(R"({"client_id":"car"})"));
  CHECK(hall.caller->answers.empty());
}

TEST_CASE("newcomers and nodes that tell of themselves are passed on") {
  Hall hall;
  CHECK(hall.answer(Json{{"type", "ADMIT"}, {"node", net::to_json(tests::resident(9))}}.dump())["type"] == "ADMITTING");
  CHECK(hall.office.admitted == std::vector{tests::resident(9)});
  CHECK(hall.answer(net::written(tests::sighting(9, 0)))["type"] == "SIGHTINGS");
}
