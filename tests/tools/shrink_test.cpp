// The real laboratory and the real command: failures of a group without a quorum become small files that still fail.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/scenario/decode.hpp"
#include "tests/tools/folder.hpp"
#include "tools/laboratory.hpp"
#include "tools/regress_file.hpp"
#include "tools/scenario_yaml.hpp"

namespace {

namespace fs = std::filesystem;

// Two sides of a partition go on alone, in a group of five with chains of events and losses.
sim::Scenario split_brain(const std::string& network = "{latency: 1ms..10ms, loss: 1%}") {
  const auto decoded = sim::decode(
      "version: 1\nname: split\nseed: 5\nduration: 40s\nnodes: 5\ngroup: {quorum: none}\n"
      "network: {default: " +
          network +
          "}\n"
          "workload: [{submit: 4/s, start: 2s, stop: 25s, chain: 3}]\n"
          "faults:\n  - {at: 7s, crash: random, for: 2s}\n  - {at: 12s, partition: [[n1, n2], [n3, n4, n5]], for: 9s}\n"
          "  - {every: 6s, pause: lowest, for: 300ms}\n",
      "split.yaml");
  REQUIRE(std::holds_alternative<sim::Scenario>(decoded));
  return std::get<sim::Scenario>(decoded);
}

struct Folder : tests::Folder {
  Folder() : tests::Folder("shrink_test") {}
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a failure shrinks to what it needs, and the same in any number of threads") {
  const sim::Scenario given = split_brain();
  const auto one = tools::shrink_failure({&given, 5, 1});
  const auto three = tools::shrink_failure({&given, 5, 3});
  REQUIRE(one);
  REQUIRE(three);
  CHECK(one->after.signature == one->before.signature);
  CHECK(one->shrunk.one_minimal);
  const sim::Size size = sim::size_of(one->shrunk.scenario);
  CHECK(size.nodes == 2);
  CHECK(size.faults + size.sends <= 3);
  CHECK(size.fates == 0);
  CHECK(tools::scenario_yaml(one->shrunk.scenario) == tools::scenario_yaml(three->shrunk.scenario));
  CHECK(one->shrunk.tried == three->shrunk.tried);
  for (const sim::Scenario& less : sim::one_less(one->shrunk.scenario)) {
    const auto failure = sim::try_out(less, less.seed);
    CHECK((!failure || failure->signature != one->before.signature));
  }
}

TEST_CASE("what passes is not shrunk") {
  sim::Scenario given = split_brain();
  given.group.quorum = core::Quorum::majority;
  CHECK_FALSE(tools::shrink_failure({&given, 5, 1}));
}

TEST_CASE("an expectation that is not held is a failure to shrink as well") {
  sim::Scenario given = split_brain();
  given.group.quorum = core::Quorum::majority;
  given.expect.at_least = {{core::Kind::snapshot, 1}};
  const auto result = tools::shrink_failure({&given, 5, 1});
  REQUIRE(result);
  CHECK(result->after.signature == result->before.signature);
  CHECK(sim::size_of(result->shrunk.scenario).nodes == 1);
  CHECK(result->shrunk.scenario.expect.at_least.size() == 1);
}

TEST_CASE("the command writes a file that fails, says so, and replaces none that was not named") {
  const Folder folder;
  folder.write("split.yaml", tools::scenario_yaml(split_brain()));
  CHECK(folder.call("shrink split.yaml -j 1") == 1);
  CHECK(has(folder.read("out"), "split fails by "));
  CHECK(has(folder.read("out"), "1-minimal"));
  CHECK(folder.read("err").empty());
  const std::string file = folder.read("split-min.yaml");
  CHECK(has(file, "# Fails by "));
  CHECK(has(file, "invariants: all"));
  CHECK(folder.call("run split-min.yaml") == 1);

  CHECK(folder.call("shrink split.yaml") == 2);
  CHECK(has(folder.read("err"), "split-min.yaml is there already"));
  CHECK(folder.call("shrink split.yaml -o split.yaml") == 2);
  CHECK(folder.call("shrink split.yaml -o split-min.yaml -j 2") == 1);
  CHECK(folder.read("split-min.yaml") == file);
}

TEST_CASE("the command as JSON, and a scenario that passes") {
  const Folder folder;
  folder.write("split.yaml", tools::scenario_yaml(split_brain()));
  CHECK(folder.call("shrink split.yaml --json -o small.yaml") == 1);
  const auto document = nlohmann::json::parse(folder.read("out"));
  CHECK(document["fails"] == true);
  CHECK(document["one_minimal"] == true);
  CHECK(document["from"]["nodes"] == 5);
  CHECK(document["to"]["nodes"] == 2);
  CHECK(document["out"] == "small.yaml");

  folder.write("good.yaml", "version: 1\nname: good\nduration: 20s\nnodes: 3\n");
  CHECK(folder.call("shrink good.yaml") == 0);
  CHECK(has(folder.read("out"), "good passes with seed 1"));
  CHECK_FALSE(fs::exists(folder.path / "good-min.yaml"));
}

TEST_CASE("Ctrl-C ends the search for a smaller one") {
  const Folder folder;
  folder.write("large.yaml",
               "version: 1\nname: large\nduration: 300s\nnodes: 9\ngroup: {quorum: none}\n"
               "workload: [{submit: 50/s}]\nfaults: [{at: 250s, partition: [[n1, n2, n3, n4], [n5, n6, n7, n8, n9]], "
               "for: 20s}]\n");
  REQUIRE(folder.call("shrink large.yaml -o small.yaml", tests::kInterrupted) == 130);
}
