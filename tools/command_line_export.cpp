#include "tools/command_line_export.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "sim/scenario/suggest.hpp"
#include "tools/flag_values.hpp"
#include "tools/report/log.hpp"

namespace tools {
namespace {

constexpr std::array<std::string_view, 3> kFormats{"perfetto", "shiviz", "mermaid"};
constexpr std::size_t kMostMessages = 100'000;

void add_wanted(CLI::App& command, Wanted& wanted, const char* until) {
  command.add_option("--from", wanted.from, "Only what happens from then on, as in 2s or 1500ms")->type_name("TIME");
  command.add_option(until, wanted.until, "Only what happens before then")->type_name("TIME");
  command.add_option("--nodes", wanted.nodes, "Only what happens at these nodes")->type_name("A,B");
}

void add_export(CLI::App& app, ExportTyped& typed) {
  CLI::App* command = app.add_subcommand("export", "Write a trace in the format of another program");
  command->add_option("TRACE", typed.options.trace, "A trace, as `run --trace` writes it")->required();
  command->add_option("--to", typed.format, "perfetto, shiviz or mermaid")->type_name("FORMAT")->required();
  command->add_option("-o,--out", typed.options.out, "The file to write; stdout if left out")->type_name("OUT");
  add_wanted(*command, typed.options.wanted, "--until");
  command->add_option("--around", typed.options.around, "Only the messages around this event, as in n1:7")
      ->type_name("EVENT");
  command->add_option("--messages", typed.messages, "So many around an event; no more in a diagram; 200 if left out")
      ->type_name("N");
  command->footer(
      "perfetto  for ui.perfetto.dev: nodes as processes, messages as arrows, roles, faults and figures; any size\n"
      "shiviz    for the ShiViz page: each record of a node with its vector clock. Its page takes seconds for 10,000\n"
      "          records and does not end for 100,000, so choose a part\n"
      "mermaid   a sequence diagram as text for Markdown pages; heartbeats are counted, not drawn\n"
      "Examples:\n"
      "  bellwether export run.jsonl --to perfetto -o run.json\n"
      "  bellwether export run.jsonl --to shiviz --from 11s --until 12s > run.log\n"
      "  bellwether export run.jsonl --to mermaid --around n1:7 --messages 40\n"
      "  bellwether export run.jsonl --to mermaid --from 11900ms --until 12s --nodes n4,n5\n"
      "Exit codes: 0 written, 2 bad usage, no trace of this version, or more messages than a diagram may have.");
}

void add_logs(CLI::App& app, ExportTyped& typed) {
  CLI::App* command = app.add_subcommand("logs", "Show a trace in words, with one column for each node if wanted");
  command->add_option("TRACE", typed.logs.trace, "A trace, as `run --trace` writes it")->required();
  command->add_flag("--columns", typed.logs.columns, "One column for each node");
  add_wanted(*command, typed.logs.wanted, "--until,--to");
  command->add_option("--kinds", typed.kinds, "Only records of these kinds, as in role,deliver")->type_name("A,B");
  command->add_flag("--heartbeats", typed.logs.heartbeats, "Show heartbeats, too");
  command->add_option("--width", typed.width, "Columns of a line; the terminal's if left out")->type_name("N");
  command->footer(
      "Examples:\n"
      "  bellwether logs run.jsonl --columns | less\n"
      "  bellwether logs run.jsonl --columns --from 11s --to 13s --nodes n3,n4,n5\n"
      "  bellwether logs run.jsonl --kinds role,leader,crash,fault      who led when\n"
      "Exit codes: 0 shown, 2 bad usage, or no trace of this version.");
}

std::set<core::Kind> kinds_of(const std::string& list) {
  sim::Words known;
  for (std::size_t kind = 0; kind < core::kKinds; ++kind)
    known.emplace_back(core::name_of(static_cast<core::Kind>(kind)));
  std::set<core::Kind> out;
  for (const std::string& word : words_of(list)) {
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) wrong_usage("--kinds: no record is a " + sim::quoted(word) + sim::hint(word, known));
    out.insert(static_cast<core::Kind>(found - known.begin()));
  }
  return out;
}

}  // namespace

void add_export_commands(CLI::App& app, ExportTyped& typed) {
  add_export(app, typed);
  add_logs(app, typed);
}

ExportOptions finish_export(ExportTyped& typed) {
  const auto* found = std::find(kFormats.begin(), kFormats.end(), typed.format);
  if (found == kFormats.end())
    wrong_usage("--to: " + sim::quoted(typed.format) +
                " is no format; perfetto, shiviz or mermaid (a time is --until)");
  typed.options.format = static_cast<Format>(found - kFormats.begin());
  if (!typed.messages.empty()) typed.options.messages = whole_number("--messages", typed.messages, 1, kMostMessages);
  return std::move(typed.options);
}

LogsOptions finish_logs(ExportTyped& typed) {
  if (!typed.kinds.empty()) typed.logs.kinds = kinds_of(typed.kinds);
  if (!typed.width.empty()) typed.logs.width = whole_number("--width", typed.width, Log::kLeastWidth, Log::kMostWidth);
  return std::move(typed.logs);
}

}  // namespace tools
