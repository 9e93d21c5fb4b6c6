// `check`: explores everything that can happen to a small group within its bounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "core/base/check.hpp"
#include "sim/explore/shrink_path.hpp"
#include "sim/scenario/decode.hpp"
#include "tools/check_report.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/regress_file.hpp"
#include "tools/report/status_line.hpp"
#include "tools/scenario_files.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Ended = CheckReport::Ended;

constexpr std::uint64_t kSlice = 20'000;            // steps between two looks at the clock: some tenth of a second
constexpr std::uint64_t kMostStates = 100'000'000;  // they take 2 GB; a few more would take 4

// Only who the members are, and how they are set.
sim::Scenario group_of(const sim::Scenario& scenario) {
  const core::Config& group = scenario.group;
  if (group.size() > sim::Model::kMost)
    throw BadInput(scenario.file + ": has " + std::to_string(group.size()) +
                   " nodes; check explores groups of at most " + std::to_string(sim::Model::kMost));
  if (group.storage == core::Storage::memory)
    throw BadInput(scenario.file + ": check explores only groups with durable storage");
  if (!scenario.membership.empty())
    throw BadInput(scenario.file + ": check explores no groups that nodes join or leave");
  if (!scenario.workload.empty() || scenario.dispatch || scenario.lights || !scenario.events.empty() ||
      !scenario.faults.empty() || !scenario.messages.empty() || !scenario.steps.empty() ||
      !scenario.own_settings.empty())
    std::cerr << "bellwether: of " << scenario.file << " only the group counts; the rest is what check explores\n";
  sim::Scenario only;
  only.seed = scenario.seed;
  only.group = group;
  only.group.city = {};
  only.expect.settle = group.timing.election_timeout * 3;
  return only;
}

sim::Scenario group_of(const CheckOptions& options) {
  if (!options.file.empty()) return group_of(load_scenarios({options.file}).front());
  const auto three = sim::decode("version: 1\nnodes: 3\n", "");
  return group_of(std::get<sim::Scenario>(three));
}

sim::Bounds bounds_of(const CheckOptions& options) {
  sim::Bounds bounds;
  const auto set = [](unsigned& bound, const std::optional<std::uint64_t>& wanted) {
    if (wanted) bound = static_cast<unsigned>(*wanted);
  };
  set(bounds.crashes, options.crashes);
  set(bounds.losses, options.losses);
  set(bounds.duplicates, options.duplicates);
  set(bounds.suspicions, options.suspicions);
  set(bounds.submits, options.submits);
  set(bounds.late, options.late);
  bounds.anytime = options.anytime;
  bounds.epochs = options.epochs.value_or(bounds.epochs);
  return bounds;
}

sim::SearchLimits limits_of(const CheckOptions& options) {
  sim::SearchLimits limits;
  limits.states = options.max_states.value_or(kMostStates);
  if (options.depth) limits.depth = static_cast<std::uint32_t>(*options.depth);
  return limits;
}

std::string progress_text(const sim::Search& search, unsigned troubles, double seconds) {
  return "up to " + std::to_string(troubles) + (troubles == 1 ? " trouble: " : " troubles: ") +
         with_commas(search.states()) + " states, " +
         with_commas(static_cast<std::uint64_t>(static_cast<double>(search.states()) / seconds)) + "/s, deepest " +
         with_commas(search.deepest()) + ", frontier " + with_commas(search.frontier()) + ", " +
         with_commas(search.bytes() >> 20) + " MB of states";
}

Ended explore(sim::Search& search, unsigned troubles, const sim::SearchLimits& limits, Clock::time_point end) {
  StatusLine line(std::chrono::seconds(10));
  bool more = true;
  while (more && !interrupted() && Clock::now() < end) {
    more = search.go_on(kSlice);
    if (line.due()) line.show(progress_text(search, troubles, line.seconds()));
  }
  line.hide();
  std::cerr << progress_text(search, troubles, line.seconds()) << '\n';
  if (!more) return end_of(search, limits);
  return interrupted() ? Ended::interrupted : Ended::time;
}

// The path as a scenario that `run` replays, with nothing in it that could be left out.
ShrinkResult shrunk(sim::Scenario scenario, const sim::Found& found) {
  const sim::Found small = sim::shrink_path(scenario.group, scenario.seed, found);
  scenario.steps = sim::as_planned(scenario.group, scenario.seed, small.path);
  scenario.duration = sim::time_of(scenario.steps.size());
  const auto result = shrink_failure({.scenario = &scenario, .seed = scenario.seed});
  core::check(result.has_value(), "a path that breaks a rule fails when it is run");
  return *result;
}

// Everything that comes of little trouble is explored before anything that comes of more: most of what can be broken
// breaks by little, and each trouble more makes about ten times as many states.
CheckReport explore(const sim::Scenario& group, const sim::Bounds& bounds, const CheckOptions& options) {
  const Clock::time_point end =
      options.time ? Clock::now() + std::chrono::nanoseconds(options.time->ns) : Clock::time_point::max();
  const sim::SearchLimits limits = limits_of(options);
  CheckReport report{.group = &group, .bounds = bounds, .limits = limits};
  sim::Bounds now = bounds;
  for (now.together = std::min(1U, bounds.total());; ++now.together) {
    sim::Model model(group.group, now, group.seed);
    sim::Search search(model, model.settled(), limits);
    report.note(search, explore(search, now.together, limits, end), now.together);
    if (search.found()) report.result = shrunk(group, *search.found());
    if ((report.ended != Ended::exhausted && report.ended != Ended::depth) || now.together == bounds.total())
      return report;
  }
}

// A name that the user has not typed never replaces a file.
std::string place_for(const CheckOptions& options, const std::string& signature) {
  if (!options.out.empty()) return options.out;
  std::error_code ignored;
  std::string out = "check-" + signature + ".yaml";
  for (int number = 2; fs::exists(out, ignored); ++number)
    out = "check-" + signature + "-" + std::to_string(number) + ".yaml";
  return out;
}

void check_place(const CheckOptions& options) {
  std::error_code ignored;
  if (!options.out.empty() && !options.file.empty() && fs::equivalent(options.out, options.file, ignored))
    throw BadInput("-o: " + options.out + " is the scenario itself and would be overwritten");
  if (fs::is_directory(options.out, ignored)) throw BadInput("-o: " + options.out + " is a folder; name a file in it");
}

ExitCode exit_code(Ended ended) {
  if (ended == Ended::interrupted) return ExitCode::interrupted;
  return ended == Ended::found ? ExitCode::failed : ExitCode::held;
}

}  // namespace

ExitCode run_command(const CheckOptions& options) {
  const sim::Scenario group = group_of(options);
  check_place(options);
  catch_interrupts();
  CheckReport report = explore(group, bounds_of(options), options);
  if (report.result) {
    report.out = place_for(options, report.result->after.signature);
    write_regress_file(*report.result, options.program, report.out);
  }
  if (options.json)
    std::cout << check_json(report).dump(2) << '\n';
  else
    std::cout << check_text(report, options.program, Style::of_stdout());
  return exit_code(report.ended);
}

}  // namespace tools
