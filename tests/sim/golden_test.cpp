// The digest of every shipped scenario, kept in golden_digests.txt. A difference means that a run went otherwise
// than before: understand why, then write the file anew with REWRITE=1.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "sim/scenario/decode.hpp"
#include "sim/world/replay.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path kScenarios = fs::path{SOURCE_DIR} / "scenarios";
const fs::path kGolden = fs::path{SOURCE_DIR} / "tests/sim/golden_digests.txt";

std::string text_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

sim::Scenario load(const fs::path& path) {
  auto decoded = sim::decode(text_of(path), path.string());
  INFO(path);
  REQUIRE(std::holds_alternative<sim::Scenario>(decoded));
  return std::get<sim::Scenario>(std::move(decoded));
}

std::vector<fs::path> shipped() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator{kScenarios})
    if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

std::string digest(const sim::Scenario& scenario, std::uint64_t seed) {
  return sim::replay(scenario, seed).digest.hex();
}

// Looks at every record and keeps none.
struct Counter : core::RecordSink {
  std::uint64_t seen = 0;
  void on(const core::Record&) override { ++seen; }
};

}  // namespace

TEST_CASE("shipped scenarios run as they did before") {
  std::string now;
  for (const fs::path& path : shipped()) {
    const sim::Scenario scenario = load(path);
    for (const std::uint64_t seed : {scenario.seed, scenario.seed + 1})
      now += fs::relative(path, kScenarios).string() + " " + std::to_string(seed) + " " + digest(scenario, seed) + "\n";
  }
  REQUIRE(now.size() > 40);
  if (std::getenv("REWRITE") != nullptr) std::ofstream{kGolden, std::ios::binary} << now;
  CHECK(now == text_of(kGolden));
}

TEST_CASE("the same run gives the same digest: twice, watched, and beside others in another thread") {
  const sim::Scenario scenario = load(kScenarios / "leader-crash.yaml");
  const std::string expected = digest(scenario, 5);
  CHECK(digest(scenario, 5) == expected);
  CHECK(digest(scenario, 6) != expected);

  Counter counter;
  const std::array<core::RecordSink*, 1> sinks{&counter};
  CHECK(sim::replay(scenario, 5, sinks).digest.hex() == expected);
  CHECK(counter.seen > 10'000);

  std::array<std::string, 2> found;
  {
    std::jthread first{[&] { found[0] = digest(scenario, 5); }};
    std::jthread second{[&] { found[1] = digest(scenario, 5); }};
  }
  CHECK(found[0] == expected);
  CHECK(found[1] == expected);
}
