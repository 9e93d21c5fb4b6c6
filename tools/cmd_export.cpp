// `export`: a trace for other programs.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>

#include "tools/commands.hpp"
#include "tools/export/mermaid.hpp"
#include "tools/export/perfetto.hpp"
#include "tools/export/shiviz.hpp"
#include "tools/export/stretch.hpp"
#include "tools/trace/output_file.hpp"
#include "tools/trace/record_reader.hpp"

namespace tools {
namespace {

std::unique_ptr<Export> make_export(const ExportOptions& options, const sim::Scenario& scenario,
                                    const Selection& selection, Output out) {
  switch (options.format) {
    case Format::perfetto:
      return std::make_unique<PerfettoExport>(scenario, selection, std::move(out));
    case Format::shiviz:
      return std::make_unique<ShivizExport>(scenario, std::move(out));
    case Format::mermaid:
      return std::make_unique<MermaidExport>(scenario, selection, options.messages, std::move(out));
  }
  return nullptr;
}

// All that is wanted of the trace, in order, and where it ends.
void feed(RecordReader& reader, const Selection& selection, const Stretch& stretch, Export& to) {
  core::Instant end;
  for (std::size_t place = 0; reader.next() && !selection.past(reader.record()) && place <= stretch.last; ++place) {
    if (place < stretch.first || !selection.has(reader.record())) continue;
    to.on(reader.record());
    end = reader.record().at;
  }
  if (reader.end()) end = std::max(end, core::Instant{(*reader.end())["at"].get<std::int64_t>()});
  to.end(end);
}

// None: to stdout.
std::unique_ptr<OutputFile> open_output(const ExportOptions& options) {
  if (options.out.empty()) return nullptr;
  std::error_code ignored;
  if (std::filesystem::equivalent(options.out, options.trace, ignored))
    throw BadInput("-o: " + options.out + " is the trace itself and would be overwritten");
  return std::make_unique<OutputFile>(options.out);
}

}  // namespace

ExitCode run_command(const ExportOptions& options) {
  RecordReader reader(options.trace);
  const Selection selection(options.wanted, reader.scenario());
  Stretch stretch;
  if (!options.around.empty())
    stretch = stretch_around(options.around, options.wanted, options.trace, options.messages);
  const std::unique_ptr<OutputFile> file = open_output(options);
  if (file == nullptr) std::signal(SIGPIPE, SIG_DFL);  // `| head` has seen enough, and nothing is lost
  const Output out = [&](std::string_view text) {
    if (file != nullptr)
      file->write(text);
    else
      std::cout << text;
  };
  feed(reader, selection, stretch, *make_export(options, reader.scenario(), selection, out));
  if (file != nullptr) file->commit();
  return ExitCode::held;
}

}  // namespace tools
