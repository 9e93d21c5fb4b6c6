// Where two traces part, for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "tools/report/style.hpp"
#include "tools/trace/trace_diff.hpp"

namespace tools {

// What they share last, the two records field by field with `≠` at what differs, what follows in each, and one
// sentence, in at most `columns` characters a line (the sentence, the head with files and headers excepted).
std::string tell_diff(const TraceDiff& diff, const std::string& a, const std::string& b, const Style& style,
                      std::size_t columns);

// {"equal", "records", "digest", "header", "line", "differs", "a", "b", "says"}; null for what there is not.
Json diff_json(const TraceDiff& diff);

// From 80 to 120; 100 where stdout is no terminal.
std::size_t columns_of_stdout();

}  // namespace tools
