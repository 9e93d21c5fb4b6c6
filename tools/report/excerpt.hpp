// Long texts in narrow places. Widths count characters (UTF-8), not bytes.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tools {

// The first characters of `text`; the last of them is "…" where some are left out.
std::string cut(const std::string& text, std::size_t columns);

// Of each text a part that shows the first place where they differ.
std::pair<std::string, std::string> excerpts(const std::string& a, const std::string& b, std::size_t columns);

}  // namespace tools
