#include "tools/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "sim/scenario/suggest.hpp"
#include "tools/flag_values.hpp"
#include "tools/trace/jsonl_trace.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kMaxSeeds = 10'000'000;

std::string version_text() {
  return "bellwether " BELLWETHER_VERSION "\ntrace format " + std::to_string(kTraceVersion) +
         "\ncompiled by " BELLWETHER_COMPILER;
}

SeedRange seed_range(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) wrong_usage("--seeds: '" + text + "' is not a range; write it as in 1..200");
  const SeedRange range{whole_number("--seeds", text.substr(0, dots), 0, UINT64_MAX),
                        whole_number("--seeds", text.substr(dots + 2), 0, UINT64_MAX)};
  if (range.first > range.last) wrong_usage("--seeds: " + text + " is empty; the smaller seed comes first");
  if (range.last - range.first >= kMaxSeeds)
    wrong_usage("--seeds: " + text + " is more than " + std::to_string(kMaxSeeds) + " seeds; split the range");
  return range;
}

// The parser writes into these; numbers stay text until they are checked.
struct Typed {
  RunOptions run, live;
  ValidateOptions validate;
  BenchOptions bench;
  DiffOptions diff;
  HuntTyped hunt;
  ReplayOptions replay;
  ExportTyped exports;
  ViewTyped view;
  MemberTyped member;
  ClientTyped client;
  std::string seed, seeds, threads, wire = "binary", min_time;
};

// What `run` and `live` have in common.
CLI::App* add_runs(CLI::App& app, const char* name, const char* what, RunOptions& options, Typed& typed) {
  CLI::App* runs = app.add_subcommand(name, what);
  runs->add_option("FILE", options.files, "Scenario files (YAML)")->required();
  auto* seed = runs->add_option("--seed", typed.seed, "Seed in place of the file's")->type_name("N");
  runs->add_option("--seeds", typed.seeds, "Every seed from A to B, both included")->type_name("A..B")->excludes(seed);
  runs->add_option("--trace", options.trace, "Write every record as JSON Lines; needs exactly one run")
      ->type_name("OUT");
  runs->add_option("--report", options.report, "Write a page with a picture of the run; needs exactly one run")
      ->type_name("OUT.html");
  runs->add_flag("--json", options.json, "Print the verdicts as one JSON document");
  return runs;
}

void add_run(CLI::App& app, Typed& typed) {
  CLI::App* run = add_runs(app, "run", "Replay scenarios in virtual time and tell what happened", typed.run, typed);
  run->add_option("-j", typed.threads, "Runs at the same time; as many as there are cores if left out")->type_name("N");
  run->footer(
      "Examples:\n"
      "  bellwether run scenarios/leader-crash.yaml                     one run, told as a story\n"
      "  bellwether run scenarios/*.yaml --seeds 1..200 -j 2            many runs, one line for each file\n"
      "  bellwether run scenarios/leader-crash.yaml --trace run.jsonl   every record of the run\n"
      "  bellwether run scenarios/leader-crash.yaml --report run.html   a picture to look around in\n"
      "  bellwether run scenarios/leader-crash.yaml --json | jq .       for programs\n"
      "Exit codes: 0 all held, 1 an invariant or expectation failed, 2 bad usage or input, 130 interrupted.");
}

void add_live(CLI::App& app, Typed& typed) {
  CLI::App* live = add_runs(app, "live", "Play scenarios for real: a process for each node, real time, sockets, disks",
                            typed.live, typed);
  live->add_option("-j", typed.threads, "Runs at the same time; one if left out, for they disturb each other")
      ->type_name("N");
  live->add_option("--wire", typed.wire, "How members speak: binary or json")->type_name("FORM");
  live->add_option("--keep", typed.live.keep,
                   "Keep what the nodes leave behind in this new folder; else only of runs that fail")
      ->type_name("DIR");
  live->footer(
      "Every node is a process of its own on 127.0.0.1 with its own data. Crashes are SIGKILL, pauses SIGSTOP;\n"
      "links are delayed and cut inside the nodes, so no rights are needed. Checks and verdict are those of `run`.\n"
      "A trace has a `drop` for what the scenario's links lost or stopped, and none for what was lost for real: if a\n"
      "process is dead, or dies before it has read or written a message, that is sent and never received.\n"
      "Examples:\n"
      "  bellwether live scenarios/live/leader-crash.yaml                     one run, told as a story\n"
      "  bellwether live scenarios/live/*.yaml                                one line for each file\n"
      "  bellwether live scenarios/live/zombie.yaml --trace run.jsonl         every record of all processes, in order\n"
      "  bellwether live scenarios/live/partition.yaml --wire json            members speak JSON with each other\n"
      "  bellwether live scenarios/live/flapping.yaml --keep there            what `bellwether replay there` needs\n"
      "Exit codes: 0 all held, 1 an invariant or expectation failed, 2 bad usage or input, 130 interrupted.");
}

void add_diff(CLI::App& app, DiffOptions& options) {
  CLI::App* diff = app.add_subcommand("diff", "Show the first records in which two traces part");
  diff->add_option("A", options.a, "A trace, as `run --trace` writes it")->required();
  diff->add_option("B", options.b, "The trace to compare it with")->required();
  diff->add_flag("--json", options.json, "Print the difference as one JSON document");
  diff->footer(
      "Examples:\n"
      "  bellwether diff a.jsonl b.jsonl\n"
      "  bellwether diff a.jsonl b.jsonl --json | jq .differs    the names of the fields that differ\n"
      "Headers that differ are told and do not count; phi_milli is not compared, as it is not in the digest.\n"
      "Exit codes: 0 every record is equal, 1 they differ, 2 bad usage, or no trace of this version.");
}

void add_others(CLI::App& app, Typed& typed) {
  CLI::App* validate = app.add_subcommand("validate", "Check scenario files without running them");
  validate->add_option("FILE", typed.validate.files, "Scenario files (YAML)")->required();
  validate->footer(
      "Examples:\n"
      "  bellwether validate scenarios/*.yaml\n"
      "Every mistake is shown with its line and column. Exit codes: 0 all are fine, 2 one is not.");
  add_diff(app, typed.diff);
  CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of scenario files");
  schema->footer(
      "Examples:\n"
      "  bellwether schema > bellwether.schema.json    then, in the first line of a scenario:\n"
      "  # yaml-language-server: $schema=bellwether.schema.json");
}

void add_bench(CLI::App& app, Typed& typed) {
  CLI::App* bench = app.add_subcommand("bench", "Measure the speed, as a share of lower bounds where there are some");
  bench->add_option("--filter", typed.bench.filter, "Only benchmarks whose name contains this regular expression")
      ->type_name("RE");
  bench->add_option("--min-time", typed.min_time, "CPU seconds for each benchmark, at least; 0.5 if left out")
      ->type_name("S");
  bench->add_flag("--json", typed.bench.json, "Print the figures as one JSON document");
  bench->footer(
      "Suites: queue, simulator, fuzz, ordering (up to a million events), detector, causal, log, snapshot, trace\n"
      "Examples:\n"
      "  bellwether bench                                     all; half a minute of CPU time\n"
      "  bellwether bench --filter 'queue|simulator/nodes:50' some\n"
      "  bellwether bench --filter ordering --json | jq .     for programs\n"
      "Exit codes: 0 all were measured, 1 one gave up, 2 bad usage.");
}

sim::Words command_names(const CLI::App& app) {
  sim::Words names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

sim::Words flag_names(const CLI::App& command) {
  sim::Words names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// The parser's complaint, or a better one where a word is not known at all.
std::string complaint(const CLI::App& app, const std::vector<std::string>& arguments, const CLI::ParseError& error) {
  if (arguments.size() < 2) return "no command; `bellwether --help` lists them";
  const std::string& name = arguments[1];
  const sim::Words commands = command_names(app);
  if (std::count(commands.begin(), commands.end(), name) == 0) {
    const bool flag = name.starts_with('-');
    return (flag ? "unknown flag " : "unknown command ") + sim::quoted(name) +
           sim::hint(name, flag ? flag_names(app) : commands);
  }
  const sim::Words known = flag_names(*app.get_subcommand(name));
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    const std::string flag = arguments[i].substr(0, arguments[i].find('='));
    const bool attached =
        flag.size() > 2 && flag[1] != '-' && std::count(known.begin(), known.end(), flag.substr(0, 2)) > 0;
    if (flag.starts_with('-') && flag != "--" && !attached && std::count(known.begin(), known.end(), flag) == 0)
      return "unknown flag " + sim::quoted(flag) + sim::hint(flag, known);
  }
  return std::string(error.what()) + "; see `bellwether " + name + " --help`";
}

void finish_live(RunOptions& live, const Typed& typed) {
  live.mode = Mode::live;
  live.threads = 1;
  if (typed.wire != "binary" && typed.wire != "json")
    wrong_usage("--wire: " + sim::quoted(typed.wire) + " is no form; binary or json");
  live.json_wire = typed.wire == "json";
}

Command finish(const CLI::App& app, Typed& typed, const std::string& program) {
  if (app.got_subcommand("schema")) return SchemaOptions{};
  if (app.got_subcommand("validate")) return std::move(typed.validate);
  if (app.got_subcommand("bench")) {
    if (!typed.min_time.empty()) typed.bench.min_time_s = seconds("--min-time", typed.min_time);
    return std::move(typed.bench);
  }
  if (app.got_subcommand("diff")) return std::move(typed.diff);
  if (app.got_subcommand("fuzz")) return finish_fuzz(typed.hunt, program);
  if (app.got_subcommand("shrink")) return finish_shrink(typed.hunt, program);
  if (app.got_subcommand("check")) return finish_check(typed.hunt, program);
  if (app.got_subcommand("node")) return finish_node(typed.member);
  if (app.got_subcommand("status")) return finish_status(typed.member);
  if (app.got_subcommand("submit")) return finish_submit(typed.member);
  if (app.got_subcommand("client")) return finish_client(typed.client);
  if (app.got_subcommand("explain")) return finish_explain(typed.hunt, program);
  if (app.got_subcommand("replay")) return finish_replay(typed.replay, program);
  if (app.got_subcommand("export")) return finish_export(typed.exports);
  if (app.got_subcommand("logs")) return finish_logs(typed.exports);
  if (app.got_subcommand("view")) return finish_view(typed.view, program);
  const bool live = app.got_subcommand("live");
  RunOptions& run = live ? typed.live : typed.run;
  if (live) finish_live(run, typed);
  run.program = program;
  if (!typed.seed.empty()) run.seed = whole_number("--seed", typed.seed, 0, UINT64_MAX);
  if (!typed.seeds.empty()) run.seeds = seed_range(typed.seeds);
  if (!typed.threads.empty()) run.threads = static_cast<unsigned>(whole_number("-j", typed.threads, 1, kMaxThreads));
  return std::move(run);
}

}  // namespace

Command parse_command_line(const std::vector<std::string>& arguments) {
  CLI::App app("Nodes elect a leader, order events and lose none, in a deterministic simulator.", "bellwether");
  Typed typed;
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.footer("`bellwether COMMAND --help` shows the flags of a command, with examples.");
  add_run(app, typed);
  add_live(app, typed);
  add_hunt_commands(app, typed.hunt);
  add_replay(app, typed.replay);
  add_view(app, typed.view);
  add_others(app, typed);
  add_export_commands(app, typed.exports);
  add_bench(app, typed);
  add_member_commands(app, typed.member);
  add_client_command(app, typed.client);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend() - 1));
  } catch (const CLI::CallForHelp&) {
    return Information{app.help()};
  } catch (const CLI::CallForVersion& version) {
    return Information{std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    wrong_usage(complaint(app, arguments, error));
  }
  return finish(app, typed, arguments.front());
}

}  // namespace tools
