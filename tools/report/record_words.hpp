// Records of a trace in words, from their JSON: any kind is shown, also one that this version does not know.
#pragma once

#include <string>

#include "tools/trace/trace_diff.hpp"

namespace tools {

// "n3 delivers n1:7"
std::string in_words(const Json& record);

// What in_words() leaves out, the time excepted: "seq 5 · epoch 2 · depends_on n1:6 · type tick".
std::string other_fields(const Json& record);

// One field: text without quotes, a list as "n1:6 n2:3", `at` in seconds.
std::string value_in_words(const std::string& field, const Json& value);

// One sentence: "line 1234: n3 delivers @2:5 in A, n2:17 in B". REQUIRES: they differ.
std::string difference_in_words(const TraceDiff& diff);

}  // namespace tools
