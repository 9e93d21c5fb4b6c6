// `fuzz`: many runs that nobody has thought of, and what fails in them.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/hunt/finds.hpp"
#include "tools/hunt/fuzz_report.hpp"
#include "tools/hunt/shard_files.hpp"
#include "tools/in_order.hpp"
#include "tools/interrupt.hpp"
#include "tools/report/status_line.hpp"
#include "tools/scenario_files.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kNoEnd = 1'000'000'000;  // runs, when only the time is limited

ExitCode exit_code(const Tally& tally, bool complete) {
  if (!complete) return ExitCode::interrupted;
  return tally.failures.empty() ? ExitCode::held : ExitCode::failed;
}

void print(const Campaign& campaign, bool json) {
  if (json)
    std::cout << fuzz_json(campaign).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  else
    std::cout << fuzz_text(campaign, Style::of_stdout());
}

ExitCode merge(const FuzzOptions& options) {
  if (!options.file.empty() || options.runs || options.time || !options.shard.empty())
    throw BadInput("bellwether: --merge reads results and runs nothing; leave out FILE, --runs, --time and --shard");
  const Merged merged = merge_shards(options.merge, options.program);
  print({merged.plan, merged.tally, options.merge, options.program}, options.json);
  return exit_code(merged.tally, true);
}

void check_folder(const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored))
    throw BadInput("--out: " + folder + " is there and no folder");
}

// Shards must not depend on how fast the machine is.
Shard checked_shard(const ShardChoice& choice, const FuzzOptions& options) {
  if (!choice.shard) return {};
  if (options.time)
    throw BadInput("--time: what a shard does would depend on its machine; say --runs, of all shards together");
  if (!choice.from.empty())
    std::cerr << "bellwether: shard " << choice.shard->index << " of " << choice.shard->count << ", as " << choice.from
              << " says\n";
  make_folder(options.out);
  return *choice.shard;
}

std::string progress_text(const Tally& tally, double seconds) {
  char text[200];
  std::snprintf(text, sizeof text, "%llu runs, %.0f/s, %.0f s of virtual time, %zu features, %llu failed",
                static_cast<unsigned long long>(tally.runs), static_cast<double>(tally.runs) / seconds,
                static_cast<double>(tally.simulated.ns) / 1e9, tally.features.count(),
                static_cast<unsigned long long>(tally.failed()));
  std::string out = text;
  for (const auto& [signature, same] : tally.failures) out += ", " + signature + " " + std::to_string(same.count);
  return out;
}

// Adds the results up, of the first runs if Ctrl-C comes.
void run_all(const Plan& plan, const Shard& shard, const FuzzOptions& options, const sim::Scenario* base,
             Tally& tally) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end =
      options.time ? Clock::now() + std::chrono::nanoseconds(options.time->ns) : Clock::time_point::max();
  StatusLine line(std::chrono::seconds(10));
  const auto tell = [&] { line.show(progress_text(tally, line.seconds())); };
  Work<Trial> work;
  work.job = [&](std::size_t run) -> std::optional<Trial> {
    if (interrupted() || Clock::now() >= end) return std::nullopt;
    return try_seed(base, plan.seed_of(place_of(shard, run)));
  };
  work.use = [&](const Trial& trial) {
    tally.add(trial);
    if (line.due()) tell();
    return true;
  };
  in_order(runs_of(shard, plan.runs.value_or(kNoEnd)), options.threads, work);
  line.hide();
  std::cerr << progress_text(tally, line.seconds()) << '\n';
}

}  // namespace

ExitCode run_command(const FuzzOptions& options) {
  if (!options.merge.empty()) return merge(options);
  std::vector<sim::Scenario> files;
  if (!options.file.empty()) files = load_scenarios({options.file});
  const sim::Scenario* base = files.empty() ? nullptr : &files.front();
  if (base != nullptr && !base->steps.empty())
    throw BadInput(options.file + ": has steps, which leave nothing to vary; `check` explores its group");
  const ShardChoice choice = choose_shard(options.shard, [](const char* name) { return std::getenv(name); });
  const Plan plan = plan_of(options, base);
  check_folder(options.out);
  const Shard shard = checked_shard(choice, options);
  catch_interrupts();
  Tally tally(plan.keep);
  run_all(plan, shard, options, base, tally);
  write_finds(plan, {base, options.out, options.program, options.threads}, tally);
  const bool complete = !interrupted();
  if (choice.shard && complete) write_shard(options.out, shard, plan, tally);
  print({plan, tally, options.out, options.program, complete}, options.json);
  return exit_code(tally, complete);
}

}  // namespace tools
