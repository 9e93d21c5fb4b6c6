// Results added up: in any order, in parts, and through a file.
#include "tools/hunt/tally.hpp"

#include <catch2/catch.hpp>

namespace {

tools::Trial trial(std::uint64_t seed) {
  tools::Trial out;
  out.seed = seed;
  out.simulated = core::Duration::ms(static_cast<std::int64_t>(seed));
  out.events = seed * 3;
  out.twice = seed % 5 == 0;
  out.settled = seed % 3 != 0;
  out.halted = seed % 9 == 0;
  out.faults = {{seed % 2 == 0 ? "crash" : "pause", seed}};
  out.records = {{"send", 10}};
  out.features.insert(core::mix64(seed % 40));
  if (seed % 7 == 0) out.failure = sim::Failure{seed % 2 == 0 ? "bully" : "fifo", {5}, "seed " + std::to_string(seed)};
  return out;
}

tools::Tally sum(const std::vector<std::uint64_t>& seeds) {
  tools::Tally out(2);
  for (const std::uint64_t seed : seeds) out.add(trial(seed));
  return out;
}

}  // namespace

TEST_CASE("a tally counts what happened and remembers the first failing seeds") {
  const tools::Tally all = sum({1, 2, 3, 7, 9, 14, 21, 28, 35});
  CHECK(all.runs == 9);
  CHECK(all.twice == 1);
  CHECK(all.halted == 1);
  CHECK(all.settled == 6);
  CHECK(all.simulated == core::Duration::ms(120));
  CHECK(all.faults.at("crash") == 2 + 14 + 28);
  CHECK(all.records.at("send") == 90);
  CHECK(all.features.count() == 9);
  CHECK(all.failed() == 5);
  CHECK(all.failures.at("fifo").count == 3);
  REQUIRE(all.failures.at("fifo").first.size() == 2);
  CHECK(all.failures.at("fifo").first.begin()->first == 7);
  CHECK(all.failures.at("fifo").first.begin()->second.detail == "seed 7");
}

TEST_CASE("parts in any order make the same whole") {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) seeds.push_back(seed);
  const auto whole = sum(seeds).json();
  for (const std::size_t parts : {2U, 3U, 8U}) {
    tools::Tally together(2);
    for (std::size_t part = parts; part > 0; --part) {
      std::vector<std::uint64_t> own;
      for (std::size_t i = part - 1; i < seeds.size(); i += parts) own.push_back(seeds[i]);
      together.add(sum(own));
    }
    CHECK(together.json() == whole);
  }
}

TEST_CASE("a tally comes back from a file as it was") {
  tools::Tally tally = sum({7, 14, 20});
  tally.failures.at("fifo").first.at(7).find = tools::Find{"fifo-seed-7.yaml", "3 nodes"};
  const auto text = tally.json().dump();
  const tools::Tally back = tools::Tally::from_json(nlohmann::ordered_json::parse(text), 2);
  CHECK(back.json().dump() == text);
  CHECK(back.features == tally.features);
  CHECK(back.failures.at("fifo").first.at(7).find->file == "fifo-seed-7.yaml");
  CHECK_THROWS(tools::Tally::from_json({{"runs", 3}}, 2));
  CHECK_THROWS(tools::Features::from_hex("12"));
}
