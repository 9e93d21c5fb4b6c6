// The report of a run, or of two that are compared: one HTML file with all that it shows inside. The page itself comes
// with the program; into it go
//   <script type="application/octet-stream" id="trace-0">   a trace: JSON Lines, by gzip, in base64; and trace-1
//   <script type="application/json" id="account">           {"format": "bellwether-report", "version": 1, "program",
//                                                            "traces": [{"name", "repeat", "explanations", ...}]}
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tools/trace/output_file.hpp"
#include "tools/view/packed_text.hpp"

namespace tools {

class ReportFile : private ByteSink {
 public:
  // Throws BadInput if nothing can be written there.
  explicit ReportFile(const std::string& path);

  // Begins the next trace: its lines go there, then a commit. Valid until the next call.
  ByteSink& next_trace();
  // `traces`: of each trace what tools/explain/explain_report.hpp says of its run, and its "name". The file stands in
  // its place from now on. Throws BadInput if the disk did not take it.
  void end(nlohmann::ordered_json traces);

 private:
  void write(std::string_view bytes) override;
  void commit() override;

  OutputFile file_;
  std::optional<PackedText> packed_;
  int traces_ = 0;
};

}  // namespace tools
