// scenarios/README.md compares the two failure detectors; its table is what the runs give. When runs have changed on
// purpose, write it anew with REWRITE=1.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "sim/scenario/decode.hpp"
#include "sim/world/replay.hpp"
#include "tools/report/detector.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeeds = 50;
const fs::path kScenarios = fs::path{SOURCE_DIR} / "scenarios";
const std::string kBegin = "<!-- the detectors, measured -->\n", kEnd = "<!-- until here -->\n";

std::string text_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

sim::Scenario load(const std::string& name) {
  auto decoded = sim::decode(text_of(kScenarios / (name + ".yaml")), name);
  INFO(name);
  REQUIRE(std::holds_alternative<sim::Scenario>(decoded));
  return std::get<sim::Scenario>(std::move(decoded));
}

std::string row(const std::string& trouble, const std::string& detector, const sim::Scenario& scenario) {
  tools::DetectorTable table;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) table.add(sim::replay(scenario, seed).judgement.detector);
  return "| " + trouble + " | " + detector + " | " + table.cells() + " |\n";
}

std::string linked(const std::string& name, const std::string& text) {
  return "[" + text + "](" + name + ".yaml)";
}

std::string rows(const std::string& trouble) {
  const std::string fixed = "detector-" + trouble + "-fixed", phi = "detector-" + trouble + "-phi";
  sim::Scenario patient = load(fixed);
  patient.group.timing.fixed_timeout = core::Timing{}.fixed_timeout;
  return row(trouble, linked(phi, "φ"), load(phi)) + row("", linked(fixed, "fixed, 2.1 s"), load(fixed)) +
         row("", "fixed, 3 s", patient);
}

}  // namespace

TEST_CASE("the table that compares the failure detectors is what the runs give") {
  std::string table =
      "| trouble | detector | p50 | p99 | longest | false suspicions | flaps |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const char* trouble : {"loss", "bursts", "pauses", "latency-shift"}) table += rows(trouble);
  const std::string page = text_of(kScenarios / "README.md");
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  REQUIRE(begin < end);
  REQUIRE(end != std::string::npos);
  const std::size_t from = begin + kBegin.size();
  if (std::getenv("REWRITE") != nullptr)
    std::ofstream{kScenarios / "README.md", std::ios::binary} << page.substr(0, from) << table << page.substr(end);
  CHECK(page.substr(from, end - from) == table);
}
