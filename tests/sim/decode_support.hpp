// What the decoder's tests share: decoding a text that must be right, or reading what is wrong with it.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/decode.hpp"

namespace decode_support {

// Two lines that every scenario needs; what a test adds begins in line 3.
inline std::string with_nodes(const std::string& rest) {
  return "version: 1\nnodes: 5\n" + rest;
}

inline sim::Scenario good(const std::string& text) {
  auto result = sim::decode(text, "dir/story.yaml");
  if (auto* problems = std::get_if<std::vector<sim::Problem>>(&result)) {
    for (const sim::Problem& problem : *problems) UNSCOPED_INFO(sim::describe(problem, "story.yaml"));
    FAIL("a right text was refused");
  }
  return std::get<sim::Scenario>(std::move(result));
}

// "LINE:COLUMN: message" of each problem; none if the text is right.
inline std::vector<std::string> problems(const std::string& text) {
  const auto result = sim::decode(text, "story.yaml");
  std::vector<std::string> list;
  if (const auto* found = std::get_if<std::vector<sim::Problem>>(&result)) {
    for (const sim::Problem& problem : *found) {
      list.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " + problem.message);
    }
  }
  return list;
}

// The text has one problem, and it is this one.
inline void refused(const std::string& text, const std::string& expected) {
  CAPTURE(text.substr(0, 300));
  CHECK(problems(text) == std::vector<std::string>{expected});
}

// As refused(), for lines after the version and the nodes; the expected line counts from 3.
inline void wrong(const std::string& rest, const std::string& expected) {
  refused(with_nodes(rest), expected);
}

}  // namespace decode_support
