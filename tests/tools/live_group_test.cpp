// Real processes on the loopback, as users start them in several shells.
#include <poll.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>

#include "tests/net/addresses.hpp"
#include "tests/tools/child.hpp"
#include "tests/tools/folder.hpp"

namespace {

using nlohmann::json;

// A pipe that a child reads from.
struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() { REQUIRE(pipe2(ends, O_CLOEXEC) == 0); }
  ~Pipe() {
    close(ends[0]);
    finish();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void write(const std::string& text) const {
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void finish() {
    if (ends[1] >= 0) close(ends[1]);
    ends[1] = -1;
  }
};

// Nodes n1, n2, ... on ports of their own, quick enough for a test.
struct Group {
  tests::Folder folder;
  std::vector<std::string> ports;
  std::vector<std::unique_ptr<tests::Child>> nodes;
  std::vector<std::string> extra;  // flags of all

  Group(const std::string& name, std::size_t size) : folder{name}, nodes(size) {
    boost::asio::io_context io;
    for (const auto& address : tests::free_addresses(io, size)) ports.push_back(std::to_string(address.port()));
    folder.write(
        "node.yaml",
        "group: {storage: durable}\n"
        "timing: {heartbeat_interval: 50ms, phi_acceptable_pause: 200ms, phi_min_stddev: 20ms, answer_timeout: 100ms}\n"
        "interval: 200ms\n");
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder.path / name).string(); }
  [[nodiscard]] std::string at(std::size_t i) const { return "127.0.0.1:" + ports[i]; }

  void start(std::size_t i, const std::vector<std::string>& flags) {
    const std::string name = "n" + std::to_string(i + 1);
    std::vector<std::string> words{"node",     "--config", path("node.yaml"),    "--tcp-port", ports[i], "--data",
                                   path(name), "--id",     std::to_string(i + 1)};
    words.insert(words.end(), flags.begin(), flags.end());
    words.insert(words.end(), extra.begin(), extra.end());
    nodes[i] = std::make_unique<tests::Child>(words, path(name + ".out"), path(name + ".err"));
  }
  void found(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      start(i, {"--expect", std::to_string(size), "--discovery", "seeds", "--seed", at(0)});
  }
  // What the nodes say of themselves; null: nobody answers.
  [[nodiscard]] json status(std::size_t i) const {
    if (folder.call("status --json " + at(i)) != 0) return {};
    return json::parse(folder.read("out"));
  }
  // The leader that `size` members agree upon; "": none.
  [[nodiscard]] std::string leader(std::size_t asked, std::size_t size) const {
    const json said = status(asked);
    std::string leader;
    if (said.is_null() || said["nodes"].size() != size) return "";
    for (const json& node : said["nodes"]) {
      if (node["state"] != "member" || node["leader"].is_null()) return "";
      if (leader.empty()) leader = node["leader"];
      if (node["leader"] != leader) return "";
    }
    return leader;
  }
  void until(const std::function<bool()>& holds) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      for (std::size_t i = 0; i < nodes.size(); ++i) UNSCOPED_INFO(folder.read("n" + std::to_string(i + 1) + ".err"));
      REQUIRE(std::chrono::steady_clock::now() < end);
      poll(nullptr, 0, 10);  // meanwhile the processes have the machine
    }
  }
  [[nodiscard]] std::size_t lines(const std::string& file) const {
    const std::string text = folder.read(file);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("three shells are a group, and it goes on without its leader") {
  Group group("live_group", 3);
  group.found(3);
  group.until([&] { return group.leader(0, 3) == "n3"; });

  Pipe pipe;
  tests::Child submit({"submit", "--to", group.at(2), "--chain"}, group.path("acks"), group.path("refused"),
                      pipe.ends[0]);
  for (int i = 0; i < 50; ++i) pipe.write("first " + std::to_string(i) + "\n");
  group.until([&] { return group.lines("acks") == 50; });
  CHECK(group.nodes[2]->end(SIGKILL) == -SIGKILL);
  for (int i = 0; i < 50; ++i) pipe.write("second " + std::to_string(i) + "\n");
  pipe.finish();
  CHECK(submit.end(0) == 0);  // nothing was under way when the node died
  CHECK(group.lines("acks") == 100);
  CHECK(has(group.folder.read("acks"), ":50  "));
  CHECK(has(group.folder.read("refused"), "has closed the connection"));
  CHECK(group.leader(0, 2) == "n2");

  // It comes back, needs nobody's help to find the others, and leads; told to stop, it hands over first.
  group.start(2, {});
  group.until([&] { return group.leader(0, 3) == "n3"; });
  const json back = group.status(2);
  CHECK(back["nodes"][2]["commit"].get<int>() >= 100);
  CHECK(back["nodes"][2]["incarnation"] == 2);
  CHECK(group.nodes[2]->end(SIGTERM) == 0);
  CHECK(has(group.folder.read("n3.err"), "follows n2"));
  CHECK(group.leader(1, 2) == "n2");
}

TEST_CASE("submit goes on without a node that answers nothing, and says of which lines nobody knows") {
  Group group("live_group_silent", 3);
  group.found(3);
  group.until([&] { return group.leader(0, 3) == "n3"; });
  Pipe pipe;
  tests::Child submit({"submit", "--to", group.at(2), "--timeout", "300ms"}, group.path("acks"), group.path("refused"),
                      pipe.ends[0]);
  pipe.write("one\n");
  group.until([&] { return group.lines("acks") == 1; });
  group.nodes[2]->stop();
  pipe.write("two\nthree\n");
  group.until([&] { return has(group.folder.read("refused"), "line 2 is uncertain"); });
  pipe.write("four\n");
  group.until([&] { return group.lines("acks") == 2; });
  pipe.finish();
  CHECK(submit.end(0) == 1);
  CHECK(has(group.folder.read("refused"), group.at(2) + " has answered nothing for 300ms; unanswered lines, "));
  CHECK(has(group.folder.read("refused"), "or not: 2\n"));
  CHECK(has(group.folder.read("refused"), "so is all up to line 3\n"));
}

TEST_CASE("submit ends when the only node answers nothing") {
  Group group("live_group_mute", 1);
  group.found(1);
  group.until([&] { return group.leader(0, 1) == "n1"; });
  Pipe pipe;
  tests::Child submit({"submit", "--to", group.at(0), "--timeout", "300ms", "--json"}, group.path("said"),
                      group.path("refused"), pipe.ends[0]);
  pipe.write("one\n");
  group.until([&] { return group.lines("said") == 1; });
  group.nodes[0]->stop();
  pipe.write("two\n");  // more might come
  CHECK(submit.end(0) == 1);
  CHECK(has(group.folder.read("said"), R"({"line":2,"uncertain":true})"));
  CHECK(has(group.folder.read("refused"), "not submitted: all from line 3 on"));
}

TEST_CASE("what a group has is there after all were killed, and newcomers get it") {
  Group group("live_group_memory", 3);
  group.found(2);
  group.until([&] { return group.leader(0, 2) == "n2"; });
  group.folder.write("lines", "one\ntwo\nthree");
  CHECK(group.folder.call("submit --json --to " + group.at(0) + " <lines") == 0);
  CHECK(has(group.folder.read("out"), R"({"line":3,"event":"n1:3","seq":)"));
  for (std::size_t i = 0; i < 2; ++i) group.nodes[i]->end(SIGKILL);
  for (std::size_t i = 0; i < 2; ++i) group.start(i, {});
  group.until([&] { return group.leader(0, 2) == "n2"; });

  group.start(2, {"--discovery", "seeds", "--seed", group.at(1), "--print"});
  group.until([&] { return group.leader(2, 3) == "n2" && group.status(0)["nodes"][0]["voters"].size() == 3; });
  CHECK(has(group.folder.read("n3.out"), R"("type":"message","depends_on":[],"payload":"three"})"));
  CHECK(group.status(2)["nodes"][2]["member"] == "place-2");
  CHECK(group.nodes[1]->end(SIGKILL) == -SIGKILL);  // two of three still make a quorum
  group.until([&] { return group.leader(2, 2) == "n1"; });
}

TEST_CASE("two groups on one network do not mix") {
  Group group("live_group_two", 4);
  boost::asio::io_context io;
  boost::asio::ip::udp::socket port(io, {boost::asio::ip::udp::v4(), 0});
  const std::string air = std::to_string(port.local_endpoint().port());
  port.close();
  const std::string way = GENERATE("multicast", "beacon");
  for (std::size_t i = 0; i < 4; ++i)
    group.start(
        i, {"--expect", "2", "--group", i % 2 == 0 ? "even" : "odd", "--discovery", way, "--" + way + "-port", air});
  group.until([&] { return group.leader(0, 2) == "n3" && group.leader(1, 2) == "n4"; });
  CHECK(group.status(0)["nodes"][0]["voters"] == json{"n1", "n3"});
  CHECK(group.folder.call("status --json --interval 200ms --group odd --discovery " + way + " --" + way + "-port " +
                          air) == 0);
  const json heard = json::parse(group.folder.read("out"));
  CHECK(heard["nodes"].size() == 2);
  CHECK(heard["nodes"][0]["group"] == "odd");
}

TEST_CASE("a node that cannot start says why and what to do") {
  Group group("live_group_errors", 1);
  group.start(0, {"--expect", "1"});
  group.until([&] { return group.leader(0, 1) == "n1"; });
  CHECK(group.folder.call("node --data other --tcp-port " + group.ports[0]) == 2);
  CHECK(has(group.folder.read("err"), "port " + group.at(0) + " is taken by another process"));
  CHECK(group.folder.call("node --data n1 --tcp-port 1") == 2);
  CHECK(has(group.folder.read("err"), "another process is a node with this folder"));
  CHECK(group.nodes[0]->end(SIGTERM) == 0);
  CHECK(group.folder.call("node --data n1 --id 7") == 2);
  CHECK(has(group.folder.read("err"), "belongs to n1, whose id is 1; leave --id out"));
  group.folder.write("bad.yaml", "timing: {heartbeat: 1s}\nportt: 3\n");
  CHECK(group.folder.call("node --config bad.yaml") == 2);
  CHECK(has(group.folder.read("err"), "bad.yaml:1:"));
  CHECK(has(group.folder.read("err"), "bad.yaml:2:1"));
  CHECK(group.folder.call("submit --to " + group.at(0) + " --timeout 30") == 2);
  CHECK(has(group.folder.read("err"), "--timeout"));
  CHECK(group.folder.call("status " + group.at(0)) == 1);
  CHECK(has(group.folder.read("err"), "Connection refused"));
}

TEST_CASE("a damaged memory comes back from the others") {
  Group group("live_group_damage", 3);
  group.found(3);
  group.until([&] { return group.leader(0, 3) == "n3"; });
  group.folder.write("lines", "one\ntwo\n");
  CHECK(group.folder.call("submit --to " + group.at(0) + " <lines") == 0);
  group.nodes[1]->end(SIGKILL);
  SECTION("the store is gone") {
    std::filesystem::remove(group.folder.path / "n2" / "store.db");
  }
  SECTION("the store is none") {
    std::filesystem::remove(group.folder.path / "n2" / "store.db-wal");  // all of it may be there still
    group.folder.write("n2/store.db", "no database at all, and long enough to be read as one");
  }
  SECTION("the whole folder is gone") {
    std::filesystem::remove_all(group.folder.path / "n2");
  }
  group.start(1, {"--discovery", "seeds", "--seed", group.at(0)});
  group.until([&] {
    const json said = group.status(1);
    return !said.is_null() && said["nodes"].size() == 3 && said["nodes"][1].value("role", "") == "follower" &&
           said["nodes"][1]["commit"] == said["nodes"][0]["commit"];
  });
  CHECK(group.status(1)["nodes"][1]["incarnation"].get<std::uint64_t>() > 1'000);
}

TEST_CASE("what a group of nodes has recorded runs again, and all that they did is equal") {
  Group group("live_group_record", 3);
  group.extra = {"--record", group.path("recordings")};
  group.found(3);
  group.until([&] { return group.leader(0, 3) == "n3"; });
  group.folder.write("lines", "one\ntwo\nthree\n");
  CHECK(group.folder.call("submit --chain --to " + group.at(0) + " <lines") == 0);
  CHECK(group.nodes[2]->end(SIGKILL) == -SIGKILL);
  group.until([&] { return group.leader(0, 2) == "n2"; });
  CHECK(group.folder.call("submit --to " + group.at(1) + " <lines") == 0);
  group.start(2, {});
  group.until([&] { return group.leader(0, 3) == "n3"; });
  for (const auto& node : group.nodes) CHECK(node->end(SIGTERM) == 0);

  CHECK(group.folder.call("replay --json recordings") == 0);
  INFO(group.folder.read("err"));
  const json said = json::parse(group.folder.read("out"));
  REQUIRE(said["lives"].size() == 4);  // n3 has two
  for (const json& life : said["lives"]) {
    CHECK(life["difference"].is_null());
    CHECK(life["outputs"].get<int>() > 10);
  }
  CHECK(said["lives"][3]["incarnation"] == 2);
  CHECK(said["group"]["deliveries"].get<int>() >= 3 * 6);
  CHECK(said["group"]["result"]["file"] == "recordings/replay.yaml");
  CHECK(group.folder.call("validate recordings/replay.yaml") == 0);
}
