#include "sim/scenario/units.hpp"

#include <array>
#include <span>
#include <string_view>

#include "sim/scenario/suggest.hpp"

namespace sim {
namespace {

__extension__ using Wide = unsigned __int128;

struct Unit {
  std::string_view name;
  std::uint64_t factor;  // in the finest unit
};

constexpr std::array<Unit, 6> kTimeUnits{{{"ns", 1},
                                          {"us", 1'000},
                                          {"ms", 1'000'000},
                                          {"s", 1'000'000'000},
                                          {"m", 60'000'000'000},
                                          {"h", 3'600'000'000'000}}};
constexpr std::array<Unit, 2> kShareUnits{{{"ppm", 1}, {"%", 10'000}}};
constexpr std::array<Unit, 4> kBitUnits{{{"bit", 1}, {"kbit", 1'000}, {"Mbit", 1'000'000}, {"Gbit", 1'000'000'000}}};
constexpr core::Duration kLongest{360'000'000'000'000'000};  // 100,000 h

// What a text should be: "a duration", written with one of the units as in "60s"; `usual` is the unit to propose.
struct Family {
  std::string_view what, example, usual;
  std::span<const Unit> units;
};

constexpr Family kTime{"a duration", "60s", "s", kTimeUnits};
constexpr Family kShare{"a share", "1%", "%", kShareUnits};
constexpr Family kDrift{"a drift", "200ppm", "ppm", kShareUnits};
constexpr Family kBits{"a bandwidth", "10Mbit", "Mbit", kBitUnits};

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// A number that a text begins with: digits / scale. At most 18 digits, so that nothing overflows.
struct Decimal {
  std::uint64_t digits = 0;
  std::uint64_t scale = 1;
  std::string_view rest;  // what follows the number
  bool ok = false;
};

Decimal read_decimal(std::string_view text) {
  Decimal number;
  std::size_t at = 0;
  bool point = false;
  for (; at < text.size() && at < 19 && (digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
    } else {
      number.digits = number.digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
      number.scale *= point ? 10 : 1;
    }
  }
  number.rest = text.substr(at);
  number.ok = at > 0 && at < 19 && digit(text[0]) && digit(text[at - 1]);
  return number;
}

Words names(const Family& family) {
  Words list;
  for (const Unit& unit : family.units) list.emplace_back(unit.name);
  return list;
}

// Units as they are written elsewhere: sec, min, hours, msec.
std::string_view usual_time_unit(std::string_view word) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 8> usual{{{"milli", "ms"},
                                       {"msec", "ms"},
                                       {"micro", "us"},
                                       {"usec", "us"},
                                       {"nano", "ns"},
                                       {"sec", "s"},
                                       {"min", "m"},
                                       {"h", "h"}}};
  for (const auto& [prefix, unit] : usual) {
    if (word.starts_with(prefix)) return unit;
  }
  return "";
}

std::string unit_problem(std::string_view text, const Decimal& number, const Family& family) {
  const std::string digits{text.substr(0, text.size() - number.rest.size())};
  if (number.rest.empty()) {
    std::string list;
    for (const Unit& unit : family.units) list += " " + std::string{unit.name};
    return quoted(text) + " has no unit; write " + digits + std::string{family.usual} + " (units:" + list + ")";
  }
  if (number.rest[0] == ' ') {
    const std::size_t unit = number.rest.find_first_not_of(' ');
    return quoted(text) + " has a blank before its unit; write " + digits + std::string{number.rest.substr(unit)};
  }
  const std::string_view near = family.what == kTime.what ? usual_time_unit(number.rest) : "";
  const std::string advice =
      near.empty() ? hint(number.rest, names(family)) : "; did you mean '" + std::string{near} + "'?";
  return "unknown unit " + quoted(number.rest) + " in " + quoted(text) + advice;
}

// The text as a whole number of the finest unit.
Parsed<std::uint64_t> scaled(std::string_view text, const Family& family) {
  using Result = Parsed<std::uint64_t>;
  const Decimal number = read_decimal(text);
  if (text.starts_with('-') && digit(text.substr(1, 1).empty() ? ' ' : text[1])) {
    return Result::wrong(quoted(text) + " is negative; " + std::string{family.what} + " is not");
  }
  if (!number.ok) {
    return Result::wrong(quoted(text) + " is not " + std::string{family.what} + "; write it as in " +
                         std::string{family.example});
  }
  for (const Unit& unit : family.units) {
    if (unit.name != number.rest) continue;
    const Wide total = static_cast<Wide>(number.digits) * unit.factor;
    if (total % number.scale != 0) {
      return Result::wrong(quoted(text) + " is finer than 1" + std::string{family.units.front().name});
    }
    if (total / number.scale > INT64_MAX) return Result::wrong(quoted(text) + " is too large");
    return static_cast<std::uint64_t>(total / number.scale);
  }
  return Result::wrong(unit_problem(text, number, family));
}

}  // namespace

Parsed<core::Duration> parse_duration(std::string_view text) {
  const auto ns = scaled(text, kTime);
  if (!ns.value) return Parsed<core::Duration>::wrong(ns.problem);
  const core::Duration duration{static_cast<std::int64_t>(*ns.value)};
  if (duration > kLongest) return Parsed<core::Duration>::wrong(quoted(text) + " is too long; at most 100000h");
  return duration;
}

Parsed<core::Duration> parse_interval(std::string_view text) {
  using Result = Parsed<core::Duration>;
  const Decimal number = read_decimal(text);
  if (!number.ok || !number.rest.starts_with('/')) {
    return Result::wrong(quoted(text) + " is not a rate; write it as in 20/s or 1200/m");
  }
  const std::string_view per = number.rest.substr(1);
  const bool counted = !per.empty() && digit(per[0]);
  const auto unit = scaled((counted ? "" : "1") + std::string{per}, kTime);
  if (!unit.value || per.empty() || *unit.value == 0) {
    return Result::wrong("unknown unit " + quoted(per) + " in " + quoted(text) +
                         "; a rate is per s, m or h, as in 20/s, or per such a time, as in 1/130ms");
  }
  if (number.digits == 0) return Result::wrong("a rate of nothing; leave the workload out instead");
  const Wide interval = static_cast<Wide>(*unit.value) * number.scale / number.digits;
  if (interval < 1'000) return Result::wrong(quoted(text) + " is more than 1000000/s");
  if (interval > static_cast<Wide>(kLongest.ns)) return Result::wrong(quoted(text) + " is less than once in 100000h");
  return core::Duration{static_cast<std::int64_t>(interval)};
}

Parsed<std::uint32_t> parse_share(std::string_view text) {
  const auto ppm = scaled(text, kShare);
  if (!ppm.value) return Parsed<std::uint32_t>::wrong(ppm.problem);
  if (*ppm.value > 1'000'000) return Parsed<std::uint32_t>::wrong(quoted(text) + " is more than 100%");
  return static_cast<std::uint32_t>(*ppm.value);
}

Parsed<core::Duration> parse_step(std::string_view text) {
  const bool back = text.starts_with('-');
  const auto size = parse_duration(text.substr(back ? 1 : 0));
  if (!size.value) return size;
  return back ? core::Duration{} - *size.value : *size.value;
}

Parsed<std::int32_t> parse_drift(std::string_view text) {
  constexpr std::uint64_t most = 200'000;
  const bool slow = text.starts_with('-');
  const auto ppm = scaled(text.substr(slow ? 1 : 0), kDrift);
  if (!ppm.value) return Parsed<std::int32_t>::wrong(ppm.problem);
  if (*ppm.value > most) return Parsed<std::int32_t>::wrong(quoted(text) + " is more than 200000ppm either way");
  const auto size = static_cast<std::int32_t>(*ppm.value);
  return slow ? -size : size;
}

Parsed<std::uint64_t> parse_bandwidth(std::string_view text) {
  const auto bits = scaled(text, kBits);
  if (bits.value && *bits.value == 0)
    return Parsed<std::uint64_t>::wrong("a bandwidth of nothing; cut the link instead");
  return bits;
}

Parsed<std::uint32_t> parse_milli(std::string_view text) {
  using Result = Parsed<std::uint32_t>;
  const Decimal number = read_decimal(text);
  if (!number.ok || !number.rest.empty()) return Result::wrong(quoted(text) + " is not a number such as 8 or 8.5");
  const Wide milli = static_cast<Wide>(number.digits) * 1000;
  if (milli % number.scale != 0) return Result::wrong(quoted(text) + " is finer than 0.001");
  if (milli == 0 || milli / number.scale > 100'000)
    return Result::wrong(quoted(text) + " is not above 0 and at most 100");
  return static_cast<std::uint32_t>(milli / number.scale);
}

std::string show(core::Duration duration) {
  const auto divides = [&](const Unit& unit) { return duration.ns % static_cast<std::int64_t>(unit.factor) == 0; };
  const Unit* best = &kTimeUnits[0];
  for (const Unit& unit : kTimeUnits) {
    const bool plain = unit.name != "m" && (unit.name != "h" || duration.ns != 0);  // rather 60s than 1m, 0s than 0h
    if (plain && divides(unit)) best = &unit;
  }
  return std::to_string(duration.ns / static_cast<std::int64_t>(best->factor)) + std::string{best->name};
}

}  // namespace sim
