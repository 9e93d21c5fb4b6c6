#include "tools/view/report_file.hpp"

#include "core/base/check.hpp"
#include "tools/pages/pages.hpp"

namespace tools {
namespace {

std::string_view head() {
  const std::string_view page = report_page();
  const std::size_t place = page.find(kPageData);
  core::check(place != std::string_view::npos, "the page says where its data goes");
  return page.substr(0, place);
}

// As JSON that no HTML parser takes for the end of a script.
std::string in_script(const nlohmann::ordered_json& json) {
  std::string text = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
    text.replace(at, 1, "\\u003c");
  return text;
}

}  // namespace

ReportFile::ReportFile(const std::string& path) : file_{path} {
  file_.write(head());
}

ByteSink& ReportFile::next_trace() {
  file_.write("<script type=\"application/octet-stream\" id=\"trace-" + std::to_string(traces_++) + "\">");
  packed_.emplace(file_);
  return *this;
}

void ReportFile::end(nlohmann::ordered_json traces) {
  const nlohmann::ordered_json account{{"format", "bellwether-report"},
                                       {"version", 1},
                                       {"program", "bellwether " BELLWETHER_VERSION},
                                       {"traces", std::move(traces)}};
  file_.write("<script type=\"application/json\" id=\"account\">" + in_script(account) + "</script>\n");
  file_.write(report_page().substr(head().size() + kPageData.size()));
  file_.commit();
}

void ReportFile::write(std::string_view bytes) {
  packed_->write(bytes);
}

void ReportFile::commit() {
  packed_->commit();
  file_.write("</script>\n");
}

}  // namespace tools
