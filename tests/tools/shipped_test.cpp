// The files beside the scenarios keep step with the program and with the scenarios.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tools/schema.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path kScenarios = fs::path{SOURCE_DIR} / "scenarios";

std::string text_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("scenarios/schema.json is what `bellwether schema` prints") {
  const std::string schema = tools::scenario_schema();
  CHECK(text_of(kScenarios / "schema.json") == (schema.ends_with('\n') ? schema : schema + '\n'));
}

TEST_CASE("every scenario names the schema for editors, explains itself and stands in the table") {
  const std::string table = text_of(kScenarios / "README.md");
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator{kScenarios}) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path());
    ++seen;
    const bool regress = entry.path().parent_path() != kScenarios;
    const std::string text = text_of(entry.path());
    CHECK(text.starts_with("# yaml-language-server: $schema=" + std::string{regress ? "../" : ""} +
                           "schema.json\n#\n# "));
    CHECK((regress || table.find("(" + entry.path().filename().string() + ")") != std::string::npos));
  }
  CHECK(seen > 20);
}
