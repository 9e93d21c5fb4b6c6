// The pages that the program has inside, each one HTML file that needs nothing else: made from tools/pages/src.
#pragma once

#include <string_view>

namespace tools {

// Of a run. What it shows goes in place of kPageData: see tools/view/report_file.hpp.
std::string_view report_page();
constexpr std::string_view kPageData = "<!--bellwether:data-->";

// Of a live node: it asks for /events of where it came from.
std::string_view live_page();

}  // namespace tools
