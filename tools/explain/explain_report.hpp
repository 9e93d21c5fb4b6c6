// Explanations as the command prints them, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/explain/explain.hpp"
#include "tools/report/style.hpp"

namespace tools {

// REQUIRES: they explain the run of `job`. `program`: as it was called. At most `width` columns.
std::string tell_explanations(const std::vector<Explanation>& explanations, const Job& job, const std::string& program,
                              const Style& style, std::size_t width);

// {"scenario", "file", "seed", "explanations": [{"invariant", "at", "rule", "breach", "declared", "threads": [{"title",
// "steps": [{"at", "text", "witness", "place"}]}]}], "repeat"}; times in nanoseconds, as in traces; places are numbers
// of records from 0, the header not counted, null for a step that stands for several.
nlohmann::ordered_json explanations_json(const std::vector<Explanation>& explanations, const Job& job,
                                         const std::string& program);

}  // namespace tools
