// Replays the stories in script/. With REWRITE=1 in the environment they are rewritten with what is seen now; then
// the diff is to be read like any other change.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/core/script_runner.hpp"

namespace {

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

// Where two texts part, with the line number.
std::string first_difference(const std::string& expected, const std::string& seen) {
  std::istringstream a{expected}, b{seen};
  std::string x, y;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(a, x)), more_b = static_cast<bool>(std::getline(b, y));
    if (!more_a && !more_b) return "none";
    if (x != y || more_a != more_b)
      return "line " + std::to_string(line) + "\n  expected: " + (more_a ? x : "the end") +
             "\n  seen:     " + (more_b ? y : "the end");
  }
}

}  // namespace

TEST_CASE("protocol stories go as they are written down") {
  int stories = 0;
  for (const auto& file : std::filesystem::directory_iterator{SOURCE_DIR "/tests/core/script"}) {
    ++stories;
    const std::string expected = read(file.path());
    const std::string seen = tests::replay(expected);
    if (std::getenv("REWRITE") != nullptr && seen != expected) {
      std::ofstream{file.path()} << seen;
      WARN(file.path().string() + " is rewritten: read its diff");
      continue;
    }
    INFO(file.path().string() + " differs (REWRITE=1 writes what is seen): " + first_difference(expected, seen));
    CHECK(seen == expected);
  }
  CHECK(stories >= 15);
}

TEST_CASE("a story's commands are checked") {
  CHECK_THROWS_WITH(tests::replay("start\n"), "a story begins with its group");
  CHECK_THROWS_WITH(tests::replay("group 3\nfly n1\n"), "unknown command: fly n1");
  CHECK_THROWS_WITH(tests::replay("group 3\ncrash n9\n"), "no such node: n9");
  CHECK_THROWS_WITH(tests::replay("group 3 quorum=some\n"), "unknown option: quorum=some");
  CHECK(tests::replay("group 1\n# nothing\n\nstart\nrun 3s\nstate\n").find("leader, promised 1, trusts n1") !=
        std::string::npos);
}
