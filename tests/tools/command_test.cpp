// The real program, as a user calls it: exit codes, and what goes to stdout and stderr.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// A folder of its own for a test, with scenarios in it.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("bellwether_command_test" + std::to_string(getpid()));

  Folder() {
    fs::create_directories(path / "results");
    write("good.yaml",
          "version: 1\nname: good\nseed: 5\nduration: 40s\nnodes: 3\n"
          "workload: [{submit: 5/s, stop: 20s}]\nfaults: [{at: 10s, crash: leader, for: 5s}]\n");
    write("bad.yaml", "version: 1\nname: bad\nnodes: three\n");
    write("fails.yaml", "version: 1\nname: fails\nduration: 20s\nnodes: 3\nexpect: {at_least: {pause: 1}}\n");
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path / name).rdbuf();
    return text.str();
  }
  [[nodiscard]] bool has(const std::string& name) const { return fs::exists(path / name); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator{}));
  }
};

struct Call {
  int code = -1;
  std::string out, err;
};

// Runs the shell command `before` BELLWETHER `arguments` in the folder.
Call call(const Folder& folder, const std::string& arguments, const std::string& before = "") {
  const std::string command = "cd " + folder.path.string() + " && { " + before + " " BINARY_DIR "/bellwether " +
                              arguments + "; } >results/out 2>results/err";
  const int status = std::system(command.c_str());
  return {WEXITSTATUS(status), folder.read("results/out"), folder.read("results/err")};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The verdicts, without the one figure that differs from call to call.
json verdicts(const Call& made) {
  json document = json::parse(made.out);
  for (json& result : document["results"]) result.erase("wall_s");
  return document;
}

}  // namespace

TEST_CASE("a run that holds tells its story and exits with 0") {
  const Folder folder;
  const Call made = call(folder, "run good.yaml");
  CHECK(made.code == 0);
  CHECK(made.err.empty());
  CHECK(has(made.out, "good · seed 5 · 3 nodes, quorum of 2"));
  CHECK(has(made.out, "leads epoch 1"));
  CHECK(has(made.out, "10.000 s  n3 crashes"));
  CHECK(has(made.out, "✓ passed; digest "));
  CHECK(has(made.out, "bellwether run good.yaml --seed 5\n"));
  CHECK_FALSE(has(made.out, "\033"));
}

TEST_CASE("the command that repeats a run gives the same run") {
  const Folder folder;
  const Call made = call(folder, "run good.yaml --seed 77");
  const std::size_t at = made.out.find("repeat: ");
  REQUIRE(at != std::string::npos);
  const std::string again = made.out.substr(made.out.find(" run ", at) + 1);
  CHECK(call(folder, again.substr(0, again.find('\n'))).out == made.out);
}

TEST_CASE("a run that fails says why and exits with 1") {
  const Folder folder;
  const Call made = call(folder, "run fails.yaml");
  CHECK(made.code == 1);
  CHECK(has(made.out, "✗ at_least"));
  CHECK(has(made.out, "✗ failed; digest "));
  const Call many = call(folder, "run good.yaml fails.yaml --seeds 1..9 -j 1");
  CHECK(many.code == 1);
  CHECK(has(many.out, "✓ good.yaml"));
  CHECK(has(many.out, "✗ fails.yaml"));
  CHECK(has(many.out, "0 passed, 9 failed"));
  CHECK(has(many.out, "run fails.yaml --seed 3\n"));
  CHECK(has(many.out, "… 6 more: seeds 4 5 6 7 8 9\n"));
  CHECK(has(many.out, "18 runs: 9 passed, 9 failed"));
}

TEST_CASE("a run that fails names the command that explains it") {
  const Folder folder;
  const Call run = call(folder, "run fails.yaml");
  const std::size_t at = run.out.find("explain it: ");
  REQUIRE(at != std::string::npos);
  CHECK(has(run.out.substr(at), " explain fails.yaml --seed 1\n"));
  CHECK(!has(call(folder, "run good.yaml").out, "explain it: "));
  const Call explain = call(folder, "explain fails.yaml");
  CHECK((explain.code == 1 && explain.err.empty()));
  CHECK(explain.out.starts_with("✗ expect at_least at 20.000 s\n  The rule: "));
  CHECK(has(explain.out, "/bellwether run fails.yaml --seed 1\n"));
  CHECK(call(folder, "explain good.yaml").code == 0);
  CHECK(call(folder, "explain bad.yaml").code == 2);
  CHECK(json::parse(call(folder, "explain fails.yaml --json").out)["explanations"].size() == 1);
}

TEST_CASE("one thread or two, the same results in the same order") {
  const Folder folder;
  CHECK(call(folder, "run good.yaml fails.yaml --seeds 1..8 -j 1").out ==
        call(folder, "run good.yaml fails.yaml --seeds 1..8 -j 2").out);
  const json one = verdicts(call(folder, "run good.yaml fails.yaml --seeds 1..8 -j 1 --json"));
  CHECK(one == verdicts(call(folder, "run good.yaml fails.yaml --seeds 1..8 -j 2 --json")));
  REQUIRE(one["results"].size() == 16);
  CHECK(one["results"][0]["digest"] != one["results"][1]["digest"]);
}

TEST_CASE("--json is one document with all that was promised") {
  const Folder folder;
  const Call made = call(folder, "run good.yaml --json");
  CHECK(made.code == 0);
  const json document = json::parse(made.out);
  CHECK(document["passed"] == 1);
  CHECK(document["failed"] == 0);
  const json& result = document["results"].at(0);
  CHECK(result["scenario"] == "good");
  CHECK(result["file"] == "good.yaml");
  CHECK(result["seed"] == 5);
  CHECK(result["mode"] == "sim");
  CHECK(result["verdict"] == "pass");
  CHECK(result["digest"].get<std::string>().size() == 32);
  CHECK(result["virtual_s"] == 40);
  CHECK(result["wall_s"].is_number());
  CHECK(result["leader"] == "n3");
  for (const char* figure : {"events", "messages", "delivered", "epoch", "longest_leaderless_s"})
    CHECK(result[figure].get<double>() > 0);
  CHECK(result["violations"] == json::array());
  CHECK(result["expectations"].is_array());
  for (const char* key : {"detections", "delay_ms", "false_suspicions", "flaps"})
    CHECK(result["detector"].contains(key));
  for (const char* key : {"p50", "p99", "max"}) CHECK(result["detector"]["delay_ms"].contains(key));
  const json failed = json::parse(call(folder, "run fails.yaml --json").out);
  CHECK(failed["failed"] == 1);
  CHECK(failed["results"][0]["expectations"].dump().find(R"("held":false)") != std::string::npos);
}

TEST_CASE("--seed beats the file, --seeds takes both ends") {
  const Folder folder;
  CHECK(json::parse(call(folder, "run good.yaml --seed 9 --json").out)["results"][0]["seed"] == 9);
  const json range = json::parse(call(folder, "run good.yaml --seeds 7..9 --json").out);
  REQUIRE(range["results"].size() == 3);
  CHECK(range["results"][0]["seed"] == 7);
  CHECK(range["results"][2]["seed"] == 9);
}

TEST_CASE("--trace writes the run that is told, and does not change it") {
  const Folder folder;
  const Call traced = call(folder, "run good.yaml --trace run.jsonl");
  CHECK(traced.code == 0);
  CHECK(traced.out == call(folder, "run good.yaml").out);
  const std::string text = folder.read("run.jsonl");
  const json end = json::parse(text.substr(text.rfind('\n', text.size() - 2) + 1));
  CHECK(end["kind"] == "end");
  CHECK(has(traced.out, end["digest"].get<std::string>()));
  std::uint64_t counted = 0;
  for (const auto& [kind, count] : end["counts"].items()) counted += count.get<std::uint64_t>();
  CHECK(counted + 2 == static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
}

TEST_CASE("bad input: exit code 2, a position, nothing on stdout, nothing written") {
  const Folder folder;
  const std::size_t before = folder.files();
  for (const char* arguments : {"run bad.yaml", "run good.yaml bad.yaml", "validate good.yaml bad.yaml",
                                "run bad.yaml --json", "run bad.yaml --trace run.jsonl"}) {
    const Call made = call(folder, arguments);
    CAPTURE(arguments, made.err);
    CHECK(made.code == 2);
    CHECK(made.out.empty());
    CHECK(has(made.err, "bad.yaml:3:8: "));
    CHECK(has(made.err, "^"));
  }
  CHECK(folder.files() == before);
}

TEST_CASE("bad usage: exit code 2 and what to do instead") {
  const Folder folder;
  const auto complaint = [&](const std::string& arguments) {
    const Call made = call(folder, arguments);
    CAPTURE(arguments, made.err);
    CHECK(made.code == 2);
    CHECK(made.out.empty());
    return made.err;
  };
  CHECK(has(complaint(""), "bellwether --help"));
  CHECK(has(complaint("rnu good.yaml"), "did you mean 'run'"));
  CHECK(has(complaint("run good.yaml --sed 1"), "did you mean '--seed'"));
  CHECK(has(complaint("--versoin"), "did you mean '--version'"));
  CHECK(has(complaint("run"), "FILE"));
  CHECK(has(complaint("run nosuch.yaml"), "nosuch.yaml: cannot be read: No such file"));
  CHECK(has(complaint("run results"), "results: is a folder"));
  CHECK(has(complaint("run good.yaml --seed -1"), "whole number"));
  CHECK(has(complaint("run good.yaml --seed 1 --seeds 1..2"), "--seed"));
  CHECK(has(complaint("run good.yaml --seeds 5"), "1..200"));
  CHECK(has(complaint("run good.yaml --seeds 5..4"), "empty"));
  CHECK(has(complaint("run good.yaml --seeds 0..18446744073709551615"), "10000000"));
  CHECK(has(complaint("run good.yaml -j 0"), "-j"));
  CHECK(has(complaint("run good.yaml --seeds 1..2 --trace x"), "exactly one run"));
  CHECK(has(complaint("run good.yaml --trace no/such/x"), "no/such/x: cannot be written"));
  CHECK(has(complaint("run good.yaml --trace good.yaml"), "overwritten"));
  CHECK_FALSE(folder.has("x"));
  CHECK(has(folder.read("good.yaml"), "name: good"));
}

TEST_CASE("results that cannot be written are reported") {
  const Folder folder;
  CHECK(call(folder, "run good.yaml >/dev/full").code == 2);
  CHECK(has(call(folder, "run good.yaml >/dev/full").err, "stdout cannot be written: No space"));
  CHECK(call(folder, "run good.yaml --seeds 1..3 >/dev/full").code == 2);
  CHECK(has(call(folder, "run good.yaml >&-").err, "stdout is closed"));
}

TEST_CASE("Ctrl-C ends with what is done and exit code 130") {
  const Folder folder;
  const Call made = call(folder, "run good.yaml --seeds 1..1000000 --json", "timeout --preserve-status -s INT 0.5");
  CHECK(made.code == 130);
  const json document = json::parse(made.out);
  CHECK(document["interrupted"] == true);
  CHECK(document["results"].size() > 0);
  CHECK(document["results"].size() == document["passed"].get<std::size_t>() + document["failed"].get<std::size_t>());
}

TEST_CASE("validate, schema, --version and --help") {
  const Folder folder;
  const Call valid = call(folder, "validate good.yaml fails.yaml");
  CHECK(valid.code == 0);
  CHECK(has(valid.out, "good.yaml: fine: 3 nodes, 40s, 1 fault\n"));
  CHECK(has(valid.out, "fails.yaml: fine"));
  CHECK(json::parse(call(folder, "schema").out).contains("$schema"));
  CHECK(has(call(folder, "--version").out, "trace format 1"));
  for (const char* command : {"run", "validate", "schema", "diff"}) {
    const Call help = call(folder, std::string(command) + " --help");
    CHECK(help.code == 0);
    CHECK(has(help.out, std::string("bellwether ") + command));
    CHECK(has(help.out, "Examples:"));
  }
}
