// The real command: a group is explored, and what breaks becomes a file that breaks again.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/tools/folder.hpp"
#include "tools/check_report.hpp"

namespace {

namespace fs = std::filesystem;

struct Folder : tests::Folder {
  Folder() : tests::Folder("check_test") {}
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(read("out")); }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string kNothing = "--crashes 0 --losses 0 --suspicions 0 ";
const std::string kSplits = "check alone.yaml --crashes 0 --losses 0 --suspicions 3 --submits 2 ";

}  // namespace

TEST_CASE("what a bound allows is explored, and the verdict says so") {
  const Folder folder;
  REQUIRE(folder.call("check " + kNothing + "--submits 1 --epochs 1") == 0);
  CHECK(folder.read("out").starts_with("exhausted: "));
  CHECK(has(folder.read("out"),
            "no violation within 3 nodes, 0 crashes, 0 lost messages, 0 doubled messages, 0 wrong suspicions and "
            "1 submission, all but losses while the group rests, "));
  const std::string text = folder.read("out");
  REQUIRE(folder.call("check " + kNothing + "--submits 1 --epochs 1") == 0);
  CHECK(folder.read("out") == text);
  CHECK(has(folder.read("err"), " states, "));
}

TEST_CASE("a search that a bound ends is not called exhausted") {
  const Folder folder;
  REQUIRE(folder.call("check --max-states 1000 --json") == 0);
  CHECK(folder.json()["verdict"] == "not exhausted");
  CHECK(folder.json()["bound"] == "states");
  CHECK(folder.json()["states"] == 1000);
  CHECK(folder.json()["frontier"] > 0);
  CHECK(folder.json()["violation"].is_null());
  REQUIRE(folder.call("check --depth 3") == 0);
  CHECK(has(folder.read("out"), "not exhausted: the bound of 3 steps in a row was reached, frontier "));
  REQUIRE(folder.call("check --time 50ms --json") == 0);
  CHECK(folder.json()["bound"] == "time");
  REQUIRE(folder.call("check --max-states 2000") == 0);
  CHECK(has(folder.read("out"), "all was explored that comes of 1 trouble together\n"));
}

TEST_CASE("a search ends at Ctrl-C and says how far it came") {
  const Folder folder;
  REQUIRE(folder.call("check", tests::kInterrupted) == 130);
  CHECK(folder.read("out").starts_with("not exhausted: it was interrupted, frontier "));
}

TEST_CASE("a counterexample becomes a file that run and explain take") {
  const Folder folder;
  folder.write("alone.yaml", "version: 1\nname: alone\nnodes: 3\ngroup: {quorum: none}\n");
  REQUIRE(folder.call(kSplits + "--json") == 1);
  const nlohmann::json violation = folder.json()["violation"];
  const std::string file = violation["file"], invariant = violation["invariant"];
  CHECK(file == "check-" + invariant + ".yaml");
  CHECK(violation["one_minimal"] == true);
  const std::string text = folder.read(file);
  CHECK(text.starts_with("# Fails by " + invariant + ": "));
  CHECK(has(text, "\nsteps:\n  - {"));
  REQUIRE(folder.call("run " + file + " --json") == 1);
  CHECK(folder.json()["results"][0]["violations"][0]["invariant"] == invariant);
  REQUIRE(folder.call("explain " + file) == 1);
  CHECK(has(folder.read("out"), invariant));
  REQUIRE(folder.call("run " + file + " --trace trace.jsonl") == 1);
  CHECK(has(folder.read("trace.jsonl"), "\"kind\":\"violation\""));

  SECTION("a second one takes no file's place") {
    REQUIRE(folder.call(kSplits) == 1);
    CHECK(has(folder.read("out"), "check-" + invariant + "-2.yaml"));
    CHECK(folder.read(file) == text);
  }
  SECTION("-o says where") {
    REQUIRE(folder.call(kSplits + "-o " + file) == 1);
    CHECK(has(folder.read("out"), "violated: " + invariant));
    CHECK(folder.call(kSplits + "-o alone.yaml") == 2);
    CHECK(has(folder.read("err"), "would be overwritten"));
  }
}

TEST_CASE("of a file the group counts") {
  const Folder folder;
  folder.write("busy.yaml", "version: 1\nnodes: 2\nfaults: [{at: 1s, crash: n1}]\n");
  REQUIRE(folder.call("check busy.yaml --max-states 1000 --json") == 0);
  CHECK(folder.json()["nodes"] == 2);
  CHECK(has(folder.read("err"), "of busy.yaml only the group counts"));
  folder.write("large.yaml", "version: 1\nnodes: 5\n");
  CHECK(folder.call("check large.yaml") == 2);
  CHECK(has(folder.read("err"), "large.yaml: has 5 nodes; check explores groups of at most 4"));
  CHECK(folder.read("out").empty());
  folder.write("short.yaml", "version: 1\nnodes: 2\ngroup: {storage: volatile}\n");
  CHECK(folder.call("check short.yaml") == 2);
  folder.write("joins.yaml", "version: 1\nnodes: 2\nworkload: [{join: n2, at: 1s}]\n");
  CHECK(folder.call("check joins.yaml") == 2);
  CHECK(folder.call("check --crashes many") == 2);
}

TEST_CASE("large numbers are readable") {
  CHECK(tools::with_commas(0) == "0");
  CHECK(tools::with_commas(999) == "999");
  CHECK(tools::with_commas(1'000) == "1,000");
  CHECK(tools::with_commas(12'345'678) == "12,345,678");
}
