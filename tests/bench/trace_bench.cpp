// Writing the trace, to /dev/null; the lower bound hands the same lines to the same file as they are.
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/bench/measure.hpp"
#include "tests/bench/scenarios.hpp"
#include "tools/trace/jsonl_trace.hpp"
#include "tools/trace/output_file.hpp"

namespace bench {
namespace {

using core::Kind;
using core::Record;

constexpr int kRepeats = 2'500;

// The life of an event, in four records.
std::array<Record, 4> records(const core::Event& event) {
  Record record{.at = {12'345'678'901}, .type = core::MessageType::order, .node = 1, .peer = 4, .epoch = 3};
  record.number = 123'456;
  const auto of = [&](Kind kind) {
    record.kind = kind;
    return record;
  };
  std::array made{of(Kind::send), of(Kind::recv), of(Kind::order), of(Kind::deliver)};
  for (Record& one : made) one.seq = 54'321, one.id = event.id;
  made[3].event = &event;
  return made;
}

std::size_t write_trace(const std::string& path, const sim::Scenario& scenario, const core::Event& event) {
  tools::OutputFile file(path);
  tools::JsonlTrace trace(file, scenario, 1);
  const auto all = records(event);
  for (int i = 0; i < kRepeats; ++i)
    for (const Record& record : all) trace.on(record);
  trace.end({});
  return kRepeats * all.size();
}

std::vector<std::string> lines_of_trace(const sim::Scenario& scenario, const core::Event& event) {
  const auto path = std::filesystem::temp_directory_path() / ("bellwether_bench" + std::to_string(getpid()));
  write_trace(path, scenario, event);
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line + '\n');
  std::filesystem::remove(path);
  return lines;
}

void trace(benchmark::State& state) {
  state.SetLabel("record written");
  const sim::Scenario measured = scenario("nodes: 5\n");
  const core::Event event{core::EventId::of(1, 77), {core::EventId::of(2, 76)}, "load", "payload", {}};
  const std::vector<std::string> lines = lines_of_trace(measured, event);
  const auto copy = [&] {
    tools::OutputFile file("/dev/null");
    for (const std::string& line : lines) file.write(line);
    return lines.size();
  };
  measure(state, [&] { return write_trace("/dev/null", measured, event); }, copy);
}

}  // namespace

BENCHMARK(trace)->Name("trace/jsonl")->UseManualTime();

}  // namespace bench
