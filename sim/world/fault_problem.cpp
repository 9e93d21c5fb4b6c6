#include "sim/world/fault_problem.hpp"

#include <array>
#include <utility>

namespace sim {
namespace {

// In the largest unit that leaves no fraction.
std::string text_of(Duration span) {
  constexpr std::array<std::pair<std::int64_t, const char*>, 3> units{
      {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}}};
  for (const auto& [size, name] : units)
    if (span.ns % size == 0) return std::to_string(span.ns / size) + name;
  return std::to_string(span.ns) + "ns";
}

std::string text_of(const When& when) {
  const std::string after = when.plus == Duration{} ? "at" : text_of(when.plus) + " after";
  return after + " `" + std::string{core::name_of(when.kind)} + "` record " + std::to_string(when.nth);
}

std::string whom_it_needs(const Action& action) {
  if (std::holds_alternative<Crash>(action)) return "nobody whom it means was up or paused";
  if (std::holds_alternative<Restart>(action)) return "nobody whom it means was down";
  if (std::holds_alternative<Pause>(action)) return "nobody whom it means was running";
  return "nobody was what it means at that moment";
}

// How each kind of trigger fails; an overload for each.
struct Reason {
  const Action& action;
  const Unstruck& why;

  std::string operator()(const At& at) const {
    return " at " + text_of(at.at) + " found no target: " + whom_it_needs(action);
  }
  std::string operator()(const Every& every) const {
    return " every " + text_of(every.every) + " found no target in " + std::to_string(why.attempts) +
           " tries: " + whom_it_needs(action);
  }
  std::string operator()(const When& when) const {
    const std::string name = " " + text_of(when);
    if (!why.fired)
      return name + " never struck: the run had only " + std::to_string(why.records) + " of these records";
    if (why.attempts == 0) return name + " never struck: the run ended before it was due";
    return name + " found no target: " + whom_it_needs(action);
  }
};

}  // namespace

std::string describe(const Scenario& scenario, const Fault& fault, const Unstruck& why) {
  std::string place = scenario.file;
  if (fault.line > 0) place += (place.empty() ? "line " : ":") + std::to_string(fault.line);
  if (!place.empty()) place += ": ";
  return place + std::string{name_of(fault.action)} + std::visit(Reason{fault.action, why}, fault.trigger);
}

}  // namespace sim
