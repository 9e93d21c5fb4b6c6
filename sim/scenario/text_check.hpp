// Is this text at all? Asked before a parser sees a byte.
#pragma once

#include <optional>
#include <string_view>

#include "sim/scenario/yaml_tree.hpp"

namespace sim::yaml {

constexpr std::size_t kMaxBytes = 32 << 20;

// The first thing that keeps `text` from being UTF-8 text of a sane size without control characters.
std::optional<Refusal> text_problem(std::string_view text);

// The length in bytes of the UTF-8 sequence that `text` begins with; 0 if it begins with none.
std::size_t utf8_length(std::string_view text);

}  // namespace sim::yaml
