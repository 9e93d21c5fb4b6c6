// `shrink`: makes a failing scenario as small as it gets and keeps it as a file.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "sim/scenario/units.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/laboratory.hpp"
#include "tools/regress_file.hpp"
#include "tools/report/style.hpp"
#include "tools/scenario_files.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

// Where the result goes. A name that the user has not typed never replaces a file.
std::string place_for(const ShrinkOptions& options) {
  std::error_code ignored;
  if (!options.out.empty()) {
    if (fs::equivalent(options.out, options.file, ignored))
      throw BadInput("-o: " + options.out + " is the scenario itself and would be overwritten");
    return options.out;
  }
  const fs::path file(options.file);
  const std::string out = (file.parent_path() / (file.stem().string() + "-min.yaml")).string();
  if (fs::exists(out, ignored))
    throw BadInput("bellwether: " + out + " is there already; name it with -o to replace it, or name another");
  return out;
}

// "4.731 s"
std::string seconds(core::Instant at) {
  std::string thousandths = std::to_string(at.ns / 1'000'000 % 1'000);
  thousandths.insert(0, 3 - thousandths.size(), '0');
  return std::to_string(at.ns / 1'000'000'000) + "." + thousandths + " s";
}

nlohmann::ordered_json size_json(const sim::Scenario& scenario) {
  const sim::Size size = sim::size_of(scenario);
  return {{"nodes", size.nodes},
          {"faults", size.faults},
          {"sends", size.sends},
          {"fates", size.fates},
          {"duration_s", static_cast<double>(size.duration.ns) / 1e9}};
}

void print_json(const sim::Scenario& scenario, const std::optional<ShrinkResult>& result, const std::string& out) {
  nlohmann::ordered_json document{{"scenario", scenario.name}, {"file", scenario.file}, {"fails", result.has_value()}};
  if (result) {
    document["signature"] = result->after.signature;
    document["at"] = result->after.at.ns;
    document["detail"] = result->after.detail;
    document["from"] = size_json(scenario);
    document["to"] = size_json(result->shrunk.scenario);
    document["tried"] = result->shrunk.tried;
    document["one_minimal"] = result->shrunk.one_minimal;
    document["out"] = out;
  }
  std::cout << document.dump(2) << '\n';
}

std::string with_duration(const sim::Scenario& scenario) {
  return in_words(sim::size_of(scenario)) + ", " + sim::show(scenario.duration);
}

void print_words(const sim::Scenario& scenario, const ShrinkResult& result, const ShrinkOptions& options,
                 const std::string& out) {
  const Style style = Style::of_stdout();
  sim::Scenario small = result.shrunk.scenario;
  small.file = out;
  std::cout << style.bold(scenario.name) << " fails by " << style.red(result.after.signature) << '\n'
            << "  was    " << with_duration(scenario) << '\n'
            << "  is     " << with_duration(small) << "; " << minimality_in_words(result.shrunk) << '\n'
            << "  fails  at " << seconds(result.after.at) << ": " << result.after.detail << '\n'
            << "  tried  " << result.shrunk.tried << " smaller scenarios\n"
            << "  again  " << repeat_command(options.program, {&small, small.seed}) << '\n';
}

}  // namespace

ExitCode run_command(const ShrinkOptions& options) {
  const std::vector<sim::Scenario> scenarios = load_scenarios({options.file});
  const sim::Scenario& scenario = scenarios.front();
  const std::string out = place_for(options);
  catch_interrupts();
  const std::uint64_t seed = options.seed.value_or(scenario.seed);
  const std::optional<ShrinkResult> result = shrink_failure({&scenario, seed, options.threads, true});
  if (result) write_regress_file(*result, options.program, out);
  if (options.json) {
    print_json(scenario, result, out);
  } else if (result) {
    print_words(scenario, *result, options, out);
  } else {
    std::cout << scenario.name << " passes with seed " << seed << "; there is nothing to shrink, and nothing written\n";
  }
  if (interrupted()) return ExitCode::interrupted;
  return result ? ExitCode::failed : ExitCode::held;
}

}  // namespace tools
