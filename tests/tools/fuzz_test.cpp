// `fuzz` as a user calls it: reports that do not depend on threads or shards, and files for what fails.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/tools/folder.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Call {
  int code = -1;
  std::string out, err;
};

// A folder of its own for a test.
struct Folder : tests::Folder {
  Folder() : tests::Folder("fuzz_test") {}
  [[nodiscard]] bool has(const std::string& name) const { return fs::exists(path / name); }

  [[nodiscard]] Call call(const std::string& arguments, const std::string& before = "") const {
    const std::string command = "cd " + path.string() +
                                " && env -u SLURM_ARRAY_TASK_ID -u OMPI_COMM_WORLD_RANK -u JOB_COMPLETION_INDEX " +
                                before + " " BINARY_DIR "/bellwether fuzz " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), read("out"), read("err")};
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Two leaders that need no quorum: all its variations fail.
constexpr const char* kFails =
    "version: 1\nname: fails\nduration: 20s\nnodes: 4\ngroup: {quorum: none}\nworkload: [{submit: 10/s}]\n"
    "faults: [{at: 3s, partition: {shape: halves}, for: 8s}]\nexpect: {settle: 3s}\n";

}  // namespace

TEST_CASE("a campaign without failures says so and writes nothing") {
  const Folder folder;
  const Call made = folder.call("--runs 12 --seed 100");
  CHECK(made.code == 0);
  CHECK(has(made.out, "fuzz · seeds 100 to 111\n12 runs: "));
  CHECK(has(made.out, "nothing failed"));
  CHECK(has(made.err, "12 runs, "));
  CHECK_FALSE(folder.has("fuzz-out"));
}

TEST_CASE("the report does not depend on the threads") {
  const Folder folder;
  const Call one = folder.call("--runs 40 -j 1 --json"), three = folder.call("--runs 40 -j 3 --json");
  CHECK(one.out == three.out);
  const json report = json::parse(one.out);
  CHECK(report["runs"] == 40);
  CHECK(report["settled"] > 25);
  CHECK(report["done_twice"] > 0);
  CHECK(report["features"] > 500);
  CHECK(report["faults"]["calm"] > 35);
}

TEST_CASE("shards together report what one shard reports, whatever their number and order") {
  const Folder folder;
  CHECK(folder.call("--runs 24 --shard 1/1 --out one").code == 0);
  for (const char* index : {"3", "1", "2"})
    CHECK(folder.call("--runs 24 --out three --shard " + std::string(index) + "/3").code == 0);
  CHECK(folder.call("--runs 24 --out three", "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1")
            .code == 0);
  CHECK(has(folder.read("err"), "shard 2 of 3, as SLURM_ARRAY_TASK_ID says"));
  const Call one = folder.call("--merge one"), three = folder.call("--merge three");
  CHECK(one.code == 0);
  CHECK(has(one.out, "24 runs: "));
  CHECK(one.out == three.out);
  CHECK(one.out == folder.call("--runs 24 --shard 1/1 --out one").out);
}

TEST_CASE("missing, foreign and broken shards are named") {
  const Folder folder;
  CHECK(folder.call("--runs 6 --shard 1/3 --out part").code == 0);
  const Call missing = folder.call("--merge part");
  CHECK(missing.code == 2);
  CHECK(missing.out.empty());
  CHECK(has(missing.err, "part: shards are missing"));
  CHECK(has(missing.err, "\n  2/3\n  3/3\n"));
  CHECK(folder.call("--runs 6 --seed 9 --shard 2/3 --out part").code == 0);
  CHECK(has(folder.call("--merge part").err, "shard-0002-of-0003.json: is of another campaign than"));
  CHECK(folder.call("--runs 6 --shard 2/2 --out part").code == 0);
  CHECK(has(folder.call("--merge part").err, "is of another division than"));
  std::ofstream(folder.path / "part" / "shard-0001-of-0003.json") << "{}";
  CHECK(has(folder.call("--merge part").err, "shard-0001-of-0003.json: is no result of a shard"));
  CHECK(folder.call("--merge nowhere").code == 2);
}

TEST_CASE("a failing run becomes a file that fails, and is told how to be repeated") {
  const Folder folder;
  std::ofstream(folder.path / "fails.yaml") << kFails;
  const Call made = folder.call("fails.yaml --runs 3 --seed 7 --no-shrink -j 2");
  CHECK(made.code == 1);
  CHECK(has(made.out, "/bellwether fuzz fails.yaml --seed 7 --runs 1\n"));
  CHECK(folder.call("fails.yaml --runs 3 --seed 7 --no-shrink --json").code == 1);
  const json report = json::parse(folder.read("out"));
  CHECK(report["failed"] == 3);
  const json& first = report["failures"][0]["first"][0];
  const std::string file = first["file"], signature = report["failures"][0]["signature"];
  CHECK(has(made.out, signature + ": "));
  CHECK(has(folder.read(file), "# Fails by " + signature + ": "));
  const std::string run = "cd " + folder.path.string() + " && " BINARY_DIR "/bellwether run " + file + " >out 2>err";
  CHECK(WEXITSTATUS(std::system(run.c_str())) == 1);
  CHECK(has(folder.read("out"), signature));
}

TEST_CASE("a campaign ends in time, and at Ctrl-C with what it has") {
  const Folder folder;
  const Call timed = folder.call("--time 200ms");
  CHECK(timed.code == 0);
  CHECK(has(timed.out, "fuzz · seeds 1 on\n"));
  const Call stopped = folder.call("--runs 1000000", tests::kInterrupted);
  CHECK(stopped.code == 130);
  CHECK(has(stopped.out, "interrupted; what was done until then is above"));
}

TEST_CASE("flags that do not go together are refused") {
  const Folder folder;
  CHECK(folder.call("--time 1s --shard 1/2").code == 2);
  CHECK(folder.call("--merge part --runs 3").code == 2);
  CHECK(folder.call("--runs 0").code == 2);
  CHECK(folder.call("--time 5").code == 2);
  std::ofstream(folder.path / "file") << "x";
  CHECK(has(folder.call("--runs 1 --out file").err, "no folder"));
}
