#include "tools/command_line_hunt.hpp"

#include <CLI/CLI.hpp>
#include <climits>
#include <utility>

#include "tools/flag_values.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kMaxRuns = 1'000'000'000, kMaxKept = 1'000;
constexpr std::uint64_t kMaxTrouble = 1'000, kMaxDepth = 1'000'000'000;

void add_fuzz(CLI::App& app, HuntTyped& typed) {
  FuzzOptions& fuzz = typed.fuzz;
  CLI::App* command = app.add_subcommand("fuzz", "Run random schedules of trouble and shrink what fails");
  command->add_option("FILE", fuzz.file, "Vary this scenario in place of drawing whole ones");
  command->add_option("--runs", typed.runs, "How many runs; 1000 if neither this nor --time is given")->type_name("N");
  command->add_option("--time", typed.time, "Begin no run after so much real time")->type_name("60s");
  command->add_option("--seed", typed.seed, "Seed of the first run, 1 if left out; the others count up")
      ->type_name("N");
  command->add_option("--shard", fuzz.shard, "Do only part I of N, from 1; */N: I from the environment")
      ->type_name("I/N");
  command->add_option("--out", fuzz.out, "Folder for what is found; fuzz-out if left out")->type_name("DIR");
  command->add_option("--merge", fuzz.merge, "Put the results of all shards in DIR together and run nothing")
      ->type_name("DIR");
  command->add_option("--keep", typed.keep, "Failing runs that become files, of each signature; 1 if left out")
      ->type_name("N");
  command->add_flag("--no-shrink", fuzz.as_drawn, "Keep failing scenarios as they were drawn");
  command->add_flag("--json", fuzz.json, "Print the report as one JSON document");
  command->add_option("-j", typed.threads, "Runs at the same time; as many as there are cores if left out")
      ->type_name("N");
  command->footer(
      "Examples:\n"
      "  bellwether fuzz --time 60s                       whatever a minute finds\n"
      "  bellwether fuzz --seed 4711 --runs 1             one run again\n"
      "  bellwether fuzz scenarios/chain.yaml --runs 500  variations of a scenario\n"
      "  bellwether fuzz --runs 200000 --shard 3/8 --out results    the third of eight parts, each on a machine\n"
      "  bellwether fuzz --merge results                  and the report over all of them\n"
      "Without --shard, a Slurm array task, an Open MPI rank and the like do their own part; --shard 1/1 does all.\n"
      "Exit codes: 0 nothing failed, 1 something did, 2 bad usage or missing shards, 130 interrupted.");
}

void add_shrink(CLI::App& app, HuntTyped& typed) {
  CLI::App* command = app.add_subcommand("shrink", "Make a failing scenario as small as it gets");
  command->add_option("FILE", typed.shrink.file, "A scenario file that fails")->required();
  command
      ->add_option("-o,--out", typed.shrink.out,
                   "The file to write; NAME-min.yaml beside FILE if left out, but never in place of another")
      ->type_name("OUT");
  command->add_option("--seed", typed.seed, "Seed in place of the file's")->type_name("N");
  command->add_option("-j", typed.threads, "Runs at the same time; as many as there are cores if left out")
      ->type_name("N");
  command->add_flag("--json", typed.shrink.json, "Print the result as one JSON document");
  command->footer(
      "Examples:\n"
      "  bellwether shrink failing.yaml -o small.yaml\n"
      "  bellwether shrink failing.yaml --seed 17         as it fails with another seed\n"
      "The result fails by the same rule and does not depend on -j. Ctrl-C ends the search; what it has found by then\n"
      "is written.\n"
      "Exit codes: 0 the scenario passes and nothing is written, 1 it fails and the small one is written,\n"
      "2 bad usage or input, 130 interrupted.");
}

void add_check(CLI::App& app, HuntTyped& typed) {
  CLI::App* command = app.add_subcommand("check", "Explore everything that can happen to a small group");
  command->add_option("FILE", typed.check.file, "Take the group from this scenario; three nodes if left out");
  const auto number = [&](const char* flag, std::string& text, const char* meaning) {
    command->add_option(flag, text, meaning)->type_name("N");
  };
  number("--depth", typed.depth, "At most so many steps");
  number("--max-states", typed.max_states, "At most so many distinct states (100,000,000)");
  number("--crashes", typed.crashes, "How many crashes there may be (1)");
  number("--losses", typed.losses, "How many messages may be lost (1)");
  number("--duplicates", typed.duplicates, "How many messages may come twice (0)");
  number("--suspicions", typed.suspicions, "How often a node may be suspected wrongly (2)");
  number("--submits", typed.submits, "How many events are submitted (2)");
  number("--epochs", typed.epochs, "The highest epoch that is explored (3)");
  command->add_option("--late", typed.late, "How many links others may overtake (0); `any`: messages come in any order")
      ->type_name("N|any");
  command->add_flag("--anytime", typed.check.anytime, "Let trouble come at any time, not only while the group rests");
  command->add_option("--time", typed.time, "Stop after so much real time")->type_name("60s");
  command->add_option("-o,--out", typed.check.out, "The file for a counterexample")->type_name("OUT");
  command->add_flag("--json", typed.check.json, "Print the result as one JSON document");
  command->footer(
      "Examples:\n"
      "  bellwether check --time 60s                     three nodes; what a minute explores\n"
      "  bellwether check --losses 0 --submits 1         all of it, in some seconds\n"
      "  bellwether check --max-states 400000000         all of 1 crash, 1 loss, 2 wrong suspicions, 2 submissions\n"
      "  bellwether check group.yaml --time 60s          what a minute explores of another group\n"
      "A counterexample is shrunk and becomes a scenario file with `steps`, which `run` and `explain` take;\n"
      "check-INVARIANT.yaml if -o is left out.\n"
      "Exit codes: 0 nothing found, exhausted or not; 1 a counterexample, 2 bad usage or input, 130 interrupted.");
}

void add_explain(CLI::App& app, HuntTyped& typed) {
  CLI::App* command =
      app.add_subcommand("explain", "Say why a scenario fails: the rule, the witnesses, what led to it");
  command->add_option("FILE", typed.explain.file, "A scenario file that fails")->required();
  command->add_option("--seed", typed.seed, "Seed in place of the file's")->type_name("N");
  command->add_flag("--json", typed.explain.json, "Print the explanations as one JSON document");
  command->footer(
      "Examples:\n"
      "  bellwether explain failing.yaml\n"
      "Exit codes: 0 nothing is violated, 1 something is, 2 bad usage or input.");
}

std::optional<std::uint64_t> number(const char* flag, const std::string& text, std::uint64_t least = 0,
                                    std::uint64_t most = UINT64_MAX) {
  if (text.empty()) return std::nullopt;
  return whole_number(flag, text, least, most);
}

std::optional<core::Duration> time_limit(const HuntTyped& typed) {
  if (typed.time.empty()) return std::nullopt;
  return span_of_time("--time", typed.time);
}

unsigned threads(const HuntTyped& typed) {
  return static_cast<unsigned>(number("-j", typed.threads, 1, kMaxThreads).value_or(0));
}

}  // namespace

void add_hunt_commands(CLI::App& app, HuntTyped& typed) {
  add_fuzz(app, typed);
  add_shrink(app, typed);
  add_check(app, typed);
  add_explain(app, typed);
}

FuzzOptions finish_fuzz(HuntTyped& typed, const std::string& program) {
  FuzzOptions& fuzz = typed.fuzz;
  fuzz.program = program;
  fuzz.runs = number("--runs", typed.runs, 1, kMaxRuns);
  fuzz.time = time_limit(typed);
  fuzz.seed = number("--seed", typed.seed).value_or(fuzz.seed);
  fuzz.keep = number("--keep", typed.keep, 1, kMaxKept).value_or(fuzz.keep);
  fuzz.threads = threads(typed);
  return std::move(fuzz);
}

ShrinkOptions finish_shrink(HuntTyped& typed, const std::string& program) {
  typed.shrink.program = program;
  typed.shrink.seed = number("--seed", typed.seed);
  typed.shrink.threads = threads(typed);
  return std::move(typed.shrink);
}

CheckOptions finish_check(HuntTyped& typed, const std::string& program) {
  CheckOptions& check = typed.check;
  check.program = program;
  check.depth = number("--depth", typed.depth, 1, kMaxDepth);
  check.max_states = number("--max-states", typed.max_states, 1);
  check.crashes = number("--crashes", typed.crashes, 0, kMaxTrouble);
  check.losses = number("--losses", typed.losses, 0, kMaxTrouble);
  check.duplicates = number("--duplicates", typed.duplicates, 0, kMaxTrouble);
  check.suspicions = number("--suspicions", typed.suspicions, 0, kMaxTrouble);
  check.submits = number("--submits", typed.submits, 0, kMaxTrouble);
  check.epochs = number("--epochs", typed.epochs, 1);
  check.late =
      typed.late == "any" ? std::optional<std::uint64_t>{UINT_MAX} : number("--late", typed.late, 0, kMaxTrouble);
  check.time = time_limit(typed);
  return std::move(check);
}

ExplainOptions finish_explain(HuntTyped& typed, const std::string& program) {
  typed.explain.program = program;
  typed.explain.seed = number("--seed", typed.seed);
  return std::move(typed.explain);
}

}  // namespace tools
