// Both forms of every message: what is written is read again, and nothing that comes from outside does harm.
#include <catch2/catch.hpp>

#include <functional>

#include "net/wire/binary.hpp"
#include "net/wire/json.hpp"
#include "net/wire/sound.hpp"
#include "tests/net/messages.hpp"

namespace {

using core::Message;

void for_each_message(std::size_t members, const std::function<void(const Message&)>& use) {
  core::Rng rng(members);
  for (int round = 0; round < 50; ++round)
    for (std::size_t type = 0; type < core::kMessageTypes; ++type) {
      const Message message = tests::random_message(rng, static_cast<core::MessageType>(type), members);
      CAPTURE(members, round, core::name_of(message.type()));
      REQUIRE(net::is_sound(message, members));
      use(message);
    }
}

std::string complaint(const std::string& text, const core::Config& config) {
  const auto read = net::from_json(text, config, "demo");
  return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "";
}

}  // namespace

TEST_CASE("what is written in the compact form is read again") {
  for (const std::size_t members : {1U, 3U, 70U})
    for_each_message(members, [&](const Message& message) {
      const std::string bytes = net::to_binary(message);
      const auto read = net::from_binary(bytes, members);
      REQUIRE(read.has_value());
      CHECK(*read == message);
      CHECK(bytes.size() <= core::size_of(message) + 60);
    });
}

TEST_CASE("what is written as JSON is read again") {
  for (const std::size_t members : {1U, 3U, 70U}) {
    const core::Config config = tests::group_of(members);
    for_each_message(members, [&](const Message& message) {
      const std::string text = net::to_json(message, config, "demo");
      CAPTURE(text);
      const auto read = net::from_json(text, config, "demo");
      REQUIRE(std::holds_alternative<Message>(read));
      CHECK(std::get<Message>(read) == message);
      CHECK(text.find('\n') == std::string::npos);
    });
  }
}

TEST_CASE("JSON is what a person would expect") {
  const core::Config config = tests::group_of(3);
  const auto event = std::make_shared<const core::Event>(
      core::Event{core::EventId::of(0, 7), {core::EventId::of(1, 2, 3)}, "message", "hello", {}});
  const Message order{2, core::Order{4, 2, {3, 8}, {{9, 4, event}}, 8}, core::Instant{1'200}, 5};
  CHECK(net::to_json(order, config, "demo") ==
        R"({"type":"ORDER","sender_id":"n3","timestamp":1200,"number":5,"group":"demo","epoch":4,"leader":"n3",)"
        R"("previous":[3,8],"entries":[{"seq":9,"epoch":4,"event":{"id":"n1:7","depends_on":["n2~3:2"],)"
        R"("type":"message","payload":"hello","rejects":null}}],"commit":8})");
}

TEST_CASE("the compact form cut short or with a bit turned over does no harm") {
  core::Rng rng(5);
  std::size_t refused = 0, tried = 0;
  for_each_message(3, [&](const Message& message) {
    std::string bytes = net::to_binary(message);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_FALSE(net::from_binary(std::string_view(bytes).substr(0, size), 3).has_value());
    CHECK_FALSE(net::from_binary(bytes + "x", 3).has_value());
    bytes[rng.below(bytes.size())] ^= static_cast<char>(1 << rng.below(8));
    const auto read = net::from_binary(bytes, 3);
    ++tried;
    if (!read) ++refused;
    if (read) CHECK(net::is_sound(*read, 3));
  });
  CHECK(refused > tried / 5);
}

TEST_CASE("what no member would say is refused") {
  const auto sound = [](core::Body body) { return net::is_sound({0, std::move(body), {}}, 3); };
  const auto event = [](core::EventId id) {
    return std::make_shared<const core::Event>(core::Event{id, {}, "", "", {}});
  };
  const auto mine = event(core::EventId::of(0, 1)), second = event(core::EventId::of(0, 2));
  core::MemberSet four(4);
  four.insert(3);
  CHECK(sound(core::Order{2, 1, {1, 4}, {{5, 1, mine}, {6, 2, second}}, 0}));
  CHECK_FALSE(sound(core::Order{2, 3, {1, 4}, {}, 0}));                              // nobody is n4
  CHECK_FALSE(sound(core::Order{2, 1, {1, 4}, {{6, 2, mine}}, 0}));                  // does not connect
  CHECK_FALSE(sound(core::Order{2, 1, {1, 4}, {{5, 3, mine}}, 0}));                  // of an epoch to come
  CHECK_FALSE(sound(core::Order{2, 1, {1, 4}, {{5, 2, mine}, {6, 1, second}}, 0}));  // epochs go back
  CHECK_FALSE(sound(core::Order{2, 1, {1, 4}, {{5, 2, event(core::EventId::of(3, 1))}}, 0}));
  CHECK(sound(core::Submit{0, {mine, second}}));
  CHECK_FALSE(sound(core::Submit{0, {second, mine}}));
  CHECK_FALSE(sound(core::Submit{0, {event(core::EventId::made_in(1, 1))}}));
  core::Heartbeat heartbeat;
  CHECK(sound(heartbeat));
  heartbeat.hears = four;
  CHECK_FALSE(sound(heartbeat));
  CHECK_FALSE(sound(core::Promise{1, {1, 1}, {{3, 2}}}));
  CHECK_FALSE(sound(core::Refuse{1, static_cast<core::Refusal>(3), 1}));
  CHECK_FALSE(net::is_sound({3, core::Election{}, {}}, 3));
  CHECK_FALSE(net::is_sound({0, core::Election{}, core::Instant{-1}}, 3));
}

TEST_CASE("bad JSON is told where and what") {
  const core::Config config = tests::group_of(3);
  const std::string head = R"({"type":"ACK","sender_id":"n2","timestamp":5,"group":"demo",)";
  CHECK(complaint(head + R"("epoch":3,"voter":"n2","hops":0,"matched":17,"more":1})", config).empty());
  CHECK(complaint(head + R"("epoch":3,"voter":"n9","hops":0,"matched":17})", config) == "`voter` names no member");
  CHECK(complaint(head + R"("epoch":3,"voter":"n2","hops":256,"matched":17})", config) == "`hops` is more than 255");
  CHECK(complaint(head + R"("epoch":-3,"voter":"n2","hops":0,"matched":1})", config) ==
        "`epoch` is no whole number from 0");
  CHECK(complaint(head + R"("epoch":3,"voter":"n2","hops":0})", config) == "has no `matched`");
  CHECK(complaint(R"({"type":"ACK","group":"other"})", config) == "is of group other, not of demo");
  CHECK(complaint(R"({"type":"DISCOVERY","sender_id":"n2","timestamp":5,"group":"demo"})", config) ==
        "`type` DISCOVERY is none of a member's");
  CHECK(complaint("{", config) == "is no JSON");
  CHECK(complaint("[]", config) == "is no object");
}
