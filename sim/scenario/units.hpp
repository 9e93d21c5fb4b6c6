// Values with a unit, numbers, truth values and identities, read from text without any floating point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace sim {

// A value, or what is wrong with the text and what to write instead.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string problem;

  Parsed(T right) : value{std::move(right)} {}
  static Parsed wrong(std::string why) {
    Parsed parsed;
    parsed.problem = std::move(why);
    return parsed;
  }

 private:
  Parsed() = default;
};

Parsed<core::Duration> parse_duration(std::string_view text);  // 1.5s: 0 to 100000h, exact to the ns
Parsed<core::Duration> parse_interval(std::string_view text);  // 20/s or 1/50ms -> 50ms; at most a million a second
Parsed<std::uint32_t> parse_share(std::string_view text);      // 0.5% or 5000ppm -> parts per million, up to 100%
Parsed<core::Duration> parse_step(std::string_view text);      // a duration that may be negative: -50ms
Parsed<std::int32_t> parse_drift(std::string_view text);       // -200ppm: up to 200000 parts per million either way
Parsed<std::uint64_t> parse_bandwidth(std::string_view text);  // 10Mbit -> bits per second, > 0
Parsed<std::uint32_t> parse_milli(std::string_view text);      // 8.5 -> 8500; > 0, at most 100
Parsed<std::uint64_t> parse_count(std::string_view text);      // 0 to 2^64 - 1, decimal
Parsed<std::int64_t> parse_integer(std::string_view text);     // may be negative
Parsed<bool> parse_bool(std::string_view text);                // true | false
Parsed<core::Id128> parse_id(std::string_view text);           // a whole number of up to 128 bits, or a UUID

std::string show(core::Duration duration);  // in the greatest unit but m that needs no fraction: 1500ms, 60s

}  // namespace sim
