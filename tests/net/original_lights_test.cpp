// What nodes of the original traffic lights are told, without sockets: an original that keeps to its rules, with the
// faults that it has.
#include <catch2/catch.hpp>

#include "net/gateway/original_lights.hpp"

namespace {

using core::Duration;
using net::Json;
using net::OriginalLights;

struct Air final : net::Voice {
  std::vector<Json> announced;
  std::vector<std::pair<std::uint16_t, Json>> said;
  void announce(std::string_view datagram) override { announced.push_back(Json::parse(datagram)); }
  void say(const OriginalLights::Endpoint& to, std::string_view datagram) override {
    said.emplace_back(to.port(), Json::parse(datagram));
  }
};

// A node of the originals as a follower. It leads 5 s after COORDINATOR unless it hears ANSWER again.
struct Original {
  int id;
  std::uint64_t received = 0;
  bool answered = true;
  int leader = 0;
  std::string colour = "RED";
  std::vector<std::uint64_t> gaps{};
  std::vector<std::string> shown{};

  std::optional<Json> hear(const Json& said) {
    const std::string type = said["type"];
    const Json& payload = said["payload"];
    if (type == "ANSWER") answered = true;
    if (type == "COORDINATOR") {
      answered = false;
      leader = payload["leader_id"];
      return reply("COORDINATOR_ACK", {{"leader_id", leader}});
    }
    if (type == "STATE_SYNC") received = std::max(received, payload["sequence_num"].get<std::uint64_t>());
    if (type != "PHASE_UPDATE") return std::nullopt;
    const std::uint64_t seq = payload["seq"];
    if (seq > received + 1) gaps.push_back(seq);
    if (seq == received + 1) {
      received = seq;
      colour = payload["node_phases"][std::to_string(id)];
      shown.push_back(colour);
    }
    return reply("ACK", {{"seq", seq}});
  }
  [[nodiscard]] Json reply(const char* type, const Json& payload) const {
    return {{"type", type}, {"sender_id", id}, {"sender_name", "o" + std::to_string(id)}, {"payload", payload}};
  }
};

struct Street {
  Air air;
  OriginalLights lights{{10, "n10", 6010}, core::LightsPlan{}, air};
  OriginalLights::Group group{.leads = true, .leader = 10, .members = {{10, "n10"}, {11, "n11"}}};
  core::Instant now = core::Instant{} + Duration::s(100);
  std::map<int, Original> originals;
  int lose = 0;  // every so many datagrams one is lost
  int count = 0;

  bool from(int id, const Json& said) {
    return lights.hear(now, said.dump(), {boost::asio::ip::address_v4::loopback(), std::uint16_t(6000 + id)}, group);
  }
  void deliver() {
    while (!air.said.empty()) {
      const auto [port, said] = air.said.front();
      air.said.erase(air.said.begin());
      const auto to = originals.find(port - 6000);
      if (to == originals.end() || (lose != 0 && ++count % lose == 0)) continue;
      if (const auto answer = to->second.hear(said)) from(to->first, *answer);
    }
  }
  void pass(Duration span) {
    for (const core::Instant end = now + span; now < end; now = now + Duration::ms(100)) {
      if ((now.ns / 100'000'000) % 20 == 0)
        for (const auto& [id, original] : originals) from(id, original.reply("DISCOVERY", {{"port", 6000 + id}}));
      lights.wake(now, group);
      deliver();
      int green = 0, lit = 0;
      for (const auto& [id, original] : originals) green += original.colour == "GREEN", lit += original.colour != "RED";
      if (lose == 0) CHECK(lit <= 1);
      CHECK(green <= 1);
    }
  }
};

}  // namespace

TEST_CASE("originals follow the group's leader, are never without its ANSWER, and come to be green in turn") {
  Street street;
  street.originals = {{1, {1}}, {2, {2}}, {3, {3}}};
  street.pass(Duration::s(60));
  for (const auto& [id, original] : street.originals) {
    CHECK(original.leader == 10);
    CHECK(original.answered);
    CHECK(original.gaps.empty());
    CHECK(std::count(original.shown.begin(), original.shown.end(), "GREEN") >= 2);
  }
  CHECK(street.air.announced.size() == 30);
  CHECK(street.air.announced[0]["payload"]["port"] == 6010);
}

TEST_CASE("what is lost is told again until it is acknowledged, and stops nobody") {
  Street street;
  street.lose = 3;
  street.originals = {{1, {1}}, {2, {2}}};
  street.pass(Duration::s(60));
  for (const auto& [id, original] : street.originals) {
    CHECK(original.leader == 10);
    CHECK(original.shown.size() > 12);
  }
}

TEST_CASE("who asks for an election is answered, and is told who leads; who usurps is told again") {
  Street street;
  street.group = {.leads = false, .leader = 11, .members = {{10, "n10"}, {11, "n11"}}};
  street.originals = {{1, {1}}};
  REQUIRE(street.from(1, street.originals[1].reply("ELECTION", Json::object())));
  std::vector<std::string> types;
  for (const auto& [port, said] : street.air.said) types.push_back(said["type"]);
  CHECK(types == std::vector<std::string>{"ANSWER", "COORDINATOR", "ANSWER"});
  CHECK(street.air.said[1].second["payload"]["leader_id"] == 11);

  street.group.leads = true, street.group.leader = 10;
  street.pass(Duration::s(5));
  street.originals[1].leader = 1;
  street.from(1, street.originals[1].reply("COORDINATOR", {{"leader_id", 1}, {"leader_name", "o1"}}));
  street.pass(Duration::s(1));
  CHECK(street.originals[1].leader == 10);
}

TEST_CASE("a new leader goes on where the one before was, and a gap is filled when it is asked for") {
  Street street;
  street.group.leads = false, street.group.leader = 11;
  const Json update{{"type", "PHASE_UPDATE"}, {"sender_id", 11}, {"payload", {{"seq", 40}}}};
  street.from(11, update);
  CHECK(street.air.said.back().second["type"] == "ACK");
  street.originals = {{1, {1}}};
  street.originals[1].received = 40;
  street.pass(Duration::s(3));
  street.group.leads = true, street.group.leader = 10;
  street.pass(Duration::s(20));
  CHECK(street.originals[1].received > 43);
  CHECK(street.originals[1].gaps.empty());
  street.air.said.clear();
  street.from(1, street.originals[1].reply("NACK", {{"missing_seqs", {7, 8}}}));
  REQUIRE(street.air.said.size() == 2);
  CHECK(street.air.said[0].second["payload"]["seq"] == 7);
}

TEST_CASE("datagrams of others are left to them, and bad ones do no harm") {
  Street street;
  CHECK_FALSE(street.from(1, {{"type", "SIGHTING"}}));
  CHECK_FALSE(street.lights.hear(street.now, "\xFF\xFE", {}, street.group));
  CHECK(street.from(1, {{"type", "DISCOVERY"}, {"sender_id", "one"}}));
  CHECK(street.from(1, {{"type", "ACK"}, {"sender_id", 1}, {"payload", {{"seq", "x"}}}}));
  CHECK(street.from(1, {{"type", "NACK"}, {"sender_id", 1}, {"payload", 3}}));
  street.pass(Duration::s(10));
  CHECK(street.lights.peers() == 0);
}
