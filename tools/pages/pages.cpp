#include "tools/pages/pages.hpp"

// The assembler reads the files; PAGES is their folder.
asm(".pushsection .rodata\n"
    "bellwether_report_page: .incbin \"" PAGES
    "/report.html\"\n"
    "bellwether_report_page_end:\n"
    "bellwether_live_page: .incbin \"" PAGES
    "/live.html\"\n"
    "bellwether_live_page_end:\n"
    ".popsection\n");

extern "C" {
extern const char bellwether_report_page[], bellwether_report_page_end[];
extern const char bellwether_live_page[], bellwether_live_page_end[];
}

namespace tools {

std::string_view report_page() {
  return {bellwether_report_page, bellwether_report_page_end};
}

std::string_view live_page() {
  return {bellwether_live_page, bellwether_live_page_end};
}

}  // namespace tools
