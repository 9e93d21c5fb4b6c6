#include "tools/command_line_view.hpp"

#include <CLI/CLI.hpp>

#include "tools/flag_values.hpp"

namespace tools {

void add_view(CLI::App& app, ViewTyped& typed) {
  CLI::App* view = app.add_subcommand("view", "Make an HTML page of a trace: a picture to look around in");
  view->add_option("TRACE", typed.trace, "A trace, as `run --trace` and `live --trace` write it");
  view->add_option("-o,--out", typed.out, "The page; TRACE with .html at its end if left out")->type_name("OUT.html");
  view->add_option("--compare", typed.compare, "Two traces in one page, which shows where they part")
      ->type_name("A B")
      ->expected(2);
  view->footer(
      "The page is one file that any browser shows without network: nodes as lanes, messages as arrows, leaders,\n"
      "faults, lamps and ambulances, why a rule was broken, what caused what. `run FILE --report OUT.html` makes it\n"
      "at once.\n"
      "Examples:\n"
      "  bellwether run scenarios/leader-crash.yaml --trace run.jsonl && bellwether view run.jsonl -o run.html\n"
      "  bellwether view --compare good.jsonl bad.jsonl -o parting.html\n"
      "Exit codes: 0 it is written, 2 bad usage, or no trace of this version.");
}

ViewOptions finish_view(const ViewTyped& typed, const std::string& program) {
  if (typed.trace.empty() == typed.compare.empty())
    wrong_usage("view: name a trace, or two as `--compare A B`; not both");
  ViewOptions options{typed.compare, typed.out, program};
  if (options.traces.empty()) options.traces = {typed.trace};
  if (options.out.empty()) options.out = options.traces.front() + ".html";
  return options;
}

}  // namespace tools
