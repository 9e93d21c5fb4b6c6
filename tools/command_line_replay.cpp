#include "tools/command_line_replay.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>

#include "tools/flag_values.hpp"

namespace tools {

void add_replay(CLI::App& app, ReplayOptions& options) {
  CLI::App* replay = app.add_subcommand("replay", "Run recorded live nodes again, and their group in the simulator");
  replay->add_option("RECORDING", options.recordings, "A folder of recordings, or some of its files")->required();
  replay->add_option("-o,--out", options.out, "The file for the scenario of the group; replay.yaml in the folder")
      ->type_name("OUT");
  replay->add_flag("--node-only", options.node_only, "Do not replay the group");
  replay->add_flag("--json", options.json, "Print the result as one JSON document");
  replay->footer(
      "Each recorded life of a node is run again with the same inputs at the same times, and every output is\n"
      "compared. Then the group: a scenario in which every message arrives when it did runs in the simulator under\n"
      "the invariants, and is written for `run`, `shrink` and `explain`. A folder that `live` has written has its\n"
      "faults and expectations too.\n"
      "Examples:\n"
      "  bellwether replay recordings/                      all nodes and the group\n"
      "  bellwether replay recordings/n2.1.rec              one life of one node\n"
      "  bellwether replay recordings/ -o failure.yaml && bellwether shrink failure.yaml\n"
      "  bellwether replay recordings/ --json | jq .lives   for programs\n"
      "Exit codes: 0 no difference, and the scenario passes; 1 an output differs, or the scenario fails; 2 bad usage\n"
      "or no recordings; 130 interrupted.");
}

ReplayOptions finish_replay(ReplayOptions& options, const std::string& program) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(options.recordings.front(), ignored);
  if (!folder && !options.out.empty()) wrong_usage("-o: a scenario is made of a whole folder of recordings; name that");
  if (options.node_only && !options.out.empty()) wrong_usage("-o: with --node-only no scenario is made");
  options.program = program;
  return std::move(options);
}

}  // namespace tools
