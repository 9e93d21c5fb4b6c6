// `view`: a page of a trace, or of two.
#include <filesystem>
#include <iostream>

#include "sim/check/names.hpp"
#include "tools/commands.hpp"
#include "tools/explain/explain_report.hpp"
#include "tools/trace/record_reader.hpp"
#include "tools/view/report_file.hpp"

namespace tools {
namespace {

struct Copied {
  std::uint64_t records = 0;
  bool violated = false;
};

// Puts the trace into the page, up to where it breaks off if it does. Each line is looked into, so that the page never
// meets one it cannot read.
Copied copy(const std::string& path, ByteSink& out) {
  RecordReader reader(path);
  Copied copied;
  out.write(reader.text() + "\n");
  for (; reader.next(); ++copied.records) {
    out.write(reader.text() + "\n");
    copied.violated = copied.violated || reader.record().kind == core::Kind::violation;
  }
  if (reader.end()) out.write(reader.text() + "\n");
  out.commit();
  return copied;
}

// Its scenario has no file any more: the page offers to save it under this name.
sim::Scenario scenario_to_save(const RecordReader& reader) {
  sim::Scenario scenario = reader.scenario();
  scenario.file = scenario.name + ".yaml";
  return scenario;
}

Json account_of(const std::string& path, bool violated, const std::string& program) {
  RecordReader reader(path);
  const sim::Scenario scenario = scenario_to_save(reader);
  const Job job{&scenario, reader.seed(), reader.header().value("mode", Json()) == "live" ? Mode::live : Mode::sim};
  Chronicle chronicle;
  while (violated && reader.next()) chronicle.on(reader.record());
  Json account = explanations_json(explain(chronicle, scenario), job, program);
  account["name"] = std::filesystem::path(path).filename().string();
  return account;
}

}  // namespace

ExitCode run_command(const ViewOptions& options) {
  ReportFile report(options.out);
  Json accounts = Json::array();
  std::uint64_t records = 0;
  for (const std::string& path : options.traces) {
    const Copied copied = copy(path, report.next_trace());
    records += copied.records;
    accounts.push_back(account_of(path, copied.violated, options.program));
  }
  report.end(std::move(accounts));
  std::cout << options.out << ": " << sim::counted(records, "record") << "; open it in a browser\n";
  return ExitCode::held;
}

}  // namespace tools
