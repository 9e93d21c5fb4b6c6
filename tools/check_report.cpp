#include "tools/check_report.hpp"

#include <algorithm>

#include "tools/regress_file.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;
using Ended = CheckReport::Ended;

std::string counted(std::uint64_t count, const std::string& thing) {
  return with_commas(count) + " " + thing + (count == 1 ? "" : "s");
}

// "1 crash, 1 lost message, ..."
std::string bounds_in_words(const sim::Bounds& bounds) {
  const std::string crashes = with_commas(bounds.crashes) + (bounds.crashes == 1 ? " crash" : " crashes");
  const std::string order = bounds.late == sim::Bounds::kAny ? "messages in any order"
                            : bounds.late == 0               ? "messages in the order in which they are sent"
                                                             : counted(bounds.late, "link") + " that others overtake";
  return crashes + ", " + counted(bounds.losses, "lost message") + ", " +
         counted(bounds.duplicates, "doubled message") + ", " + counted(bounds.suspicions, "wrong suspicion") +
         " and " + counted(bounds.submits, "submission") + ", all " +
         (bounds.anytime ? "at any time" : "but losses while the group rests") + ", " + order + ", epochs up to " +
         with_commas(bounds.epochs);
}

std::string reason_in_words(const CheckReport& report) {
  switch (report.ended) {
    case Ended::states:
      return "the bound of " + counted(report.limits.states, "distinct state") + " was reached";
    case Ended::depth:
      return "the bound of " + counted(report.limits.depth, "step") + " in a row was reached";
    case Ended::time:
      return "the time was over";
    default:
      return "it was interrupted";
  }
}

const char* name_of(Ended ended) {
  switch (ended) {
    case Ended::states:
      return "states";
    case Ended::depth:
      return "depth";
    case Ended::time:
      return "time";
    default:
      return "interrupted";
  }
}

std::string figures(const CheckReport& report) {
  return counted(report.states, "distinct state") + ", " + counted(report.steps, "step") + ", deepest " +
         with_commas(report.deepest);
}

std::string bounds_text(const CheckReport& report) {
  return counted(report.group->group.size(), "node") + ", " + bounds_in_words(report.bounds);
}

std::string found_text(const CheckReport& report, const std::string& program, const Style& style) {
  sim::Scenario small = report.result->shrunk.scenario;
  small.file = report.out;
  return style.red("violated: " + report.result->after.signature) + "\n  how    " + report.result->after.detail +
         "\n  path   " + in_words(sim::size_of(small)) + "; " + minimality_in_words(report.result->shrunk) +
         "\n  after  " + figures(report) + "\n  file   " + report.out + "\n  again  " +
         repeat_command(program, {&small, small.seed}) + "\n  why    " +
         explain_command(program, {&small, small.seed}) + "\n";
}

Json violation_json(const CheckReport& report) {
  const ShrinkResult& result = *report.result;
  return {{"invariant", result.after.signature},
          {"detail", result.after.detail},
          {"steps", result.shrunk.scenario.steps.size()},
          {"one_minimal", result.shrunk.one_minimal},
          {"file", report.out}};
}

Json bounds_json(const sim::Bounds& bounds) {
  return {
      {"crashes", bounds.crashes},       {"losses", bounds.losses},
      {"duplicates", bounds.duplicates}, {"suspicions", bounds.suspicions},
      {"submits", bounds.submits},       {"late", bounds.late == sim::Bounds::kAny ? Json("any") : Json(bounds.late)},
      {"epochs", bounds.epochs}};
}

}  // namespace

void CheckReport::note(const sim::Search& search, Ended how, unsigned troubles) {
  ended = how;
  if (how == Ended::exhausted) explored = troubles;
  states = search.states();
  steps = search.steps();
  frontier = search.frontier();
  beyond = search.beyond();
  deepest = search.deepest();
}

Ended end_of(const sim::Search& search, const sim::SearchLimits& limits) {
  if (search.found()) return Ended::found;
  if (search.exhausted()) return Ended::exhausted;
  return search.states() >= limits.states ? Ended::states : Ended::depth;
}

std::string check_text(const CheckReport& report, const std::string& program, const Style& style) {
  if (report.result) return found_text(report, program, style);
  std::string text;
  if (report.ended == Ended::exhausted)
    text = style.bold("exhausted") + ": " + figures(report) + ": no violation within ";
  else
    text = style.bold("not exhausted") + ": " + reason_in_words(report) + ", frontier " + with_commas(report.frontier) +
           "; " + figures(report) + ": no violation so far within ";
  text += bounds_text(report) + "\n";
  if (report.ended != Ended::exhausted && report.explored > 0)
    text += "all was explored that comes of " + counted(report.explored, "trouble") + " together\n";
  if (report.beyond > 0)
    text += counted(report.beyond, "step") + " led beyond epoch " + with_commas(report.bounds.epochs) +
            " and what comes of them was not followed\n";
  return text;
}

Json check_json(const CheckReport& report) {
  const bool exhausted = report.ended == Ended::exhausted;
  Json json{{"verdict", report.result ? "violated" : exhausted ? "exhausted" : "not exhausted"}};
  json["bound"] = report.result || exhausted ? Json() : Json(name_of(report.ended));
  json["nodes"] = report.group->group.size();
  json["within"] = bounds_json(report.bounds);
  json["explored_together"] = report.explored;
  json["states"] = report.states;
  json["steps"] = report.steps;
  json["deepest"] = report.deepest;
  json["frontier"] = report.frontier;
  json["beyond"] = report.beyond;
  json["violation"] = report.result ? violation_json(report) : Json();
  return json;
}

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ",");
  return text;
}

}  // namespace tools
