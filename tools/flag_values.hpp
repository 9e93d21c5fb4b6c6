// The values of flags: text that the user typed, checked and turned into numbers. All throw BadInput with the flag's
// name, what was typed, and what is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace tools {

constexpr std::uint64_t kMaxThreads = 1024;

[[noreturn]] void wrong_usage(const std::string& what);

std::uint64_t whole_number(const std::string& flag, std::string_view text, std::uint64_t least, std::uint64_t most);
double seconds(const std::string& flag, std::string_view text);               // "0.5": 0.001 to 3600, without a unit
core::Duration span_of_time(const std::string& flag, std::string_view text);  // "60s": longer than 0, with a unit

}  // namespace tools
