#include "tools/hunt/finds.hpp"

#include <filesystem>
#include <iostream>

#include "tools/exit_code.hpp"
#include "tools/hunt/fuzz_report.hpp"
#include "tools/interrupt.hpp"
#include "tools/regress_file.hpp"
#include "tools/scenario_yaml.hpp"
#include "tools/trace/output_file.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

// As it was drawn.
Find write_drawn(const sim::Scenario& scenario, const std::string& comment, const fs::path& path) {
  OutputFile file(path.string());
  file.write(scenario_yaml(scenario, comment));
  file.commit();
  return {path.filename().string(), in_words(sim::size_of(scenario)) + "; not shrunk"};
}

// Nothing if it cannot be shrunk, which is told.
std::optional<Find> write_shrunk(const sim::Scenario& scenario, std::uint64_t seed, const FindOrder& order,
                                 const fs::path& path) {
  try {
    const auto result = shrink_failure({&scenario, seed, order.threads, true});
    if (!result || interrupted()) return std::nullopt;
    write_regress_file(*result, order.program, path.string());
    const sim::Shrunk& shrunk = result->shrunk;
    return Find{path.filename().string(), in_words(sim::size_of(shrunk.scenario)) + "; " + minimality_in_words(shrunk)};
  } catch (const std::exception& error) {
    std::cerr << "bellwether: seed " << seed << " is kept as it was drawn: " << error.what() << '\n';
    return std::nullopt;
  }
}

}  // namespace

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw BadInput(folder + ": cannot be made: " + error.message());
}

std::string find_name(const std::string& signature, std::uint64_t seed) {
  std::string name = signature;
  for (char& c : name)
    if (c == ' ') c = '-';
  return name + "-seed-" + std::to_string(seed) + ".yaml";
}

void write_finds(const Plan& plan, const FindOrder& order, Tally& tally) {
  if (!tally.failures.empty()) make_folder(order.folder);
  for (auto& [signature, failures] : tally.failures)
    for (auto& [seed, run] : failures.first) {
      sim::Scenario scenario = scenario_of(order.base, seed);
      scenario.seed = seed;
      const fs::path path = fs::path(order.folder) / find_name(signature, seed);
      if (plan.shrink && !interrupted() && signature != kNotTheSame)
        run.find = write_shrunk(scenario, seed, order, path);
      if (run.find) continue;
      const std::string comment =
          "Fails by " + signature + ": " + run.detail + "\nDrawn by `" + repeat_fuzz(order.program, plan, seed) + "`.";
      run.find = write_drawn(scenario, comment, path);
    }
}

}  // namespace tools
