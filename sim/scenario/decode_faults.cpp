// faults: when something strikes, and for how long.
#include <algorithm>
#include <array>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr std::int64_t kMostRepeats = 1'000'000;

std::optional<Trigger> decode_at(Fields& fields, Context& context) {
  At at;
  if (!fields.get("at", at.at, parse_duration)) return std::nullopt;
  const Duration end = context.scenario.duration;
  if (at.at > end) {
    context.problems.add(fields.value("at"), "at: " + show(at.at) + " is after the end; duration is " + show(end));
  }
  return at;
}

std::optional<Trigger> decode_every(Fields& fields, Context& context) {
  const Duration end = context.scenario.duration;
  Every repeat;
  const bool repeated = fields.duration("every", repeat.every, Duration{1}, end);
  repeat.from = repeat.every;
  repeat.until = end;
  fields.duration("from", repeat.from, {}, end);
  fields.duration("until", repeat.until, {}, end);
  if (!repeated) return std::nullopt;
  if (repeat.from > repeat.until) {
    context.problems.add(
        fields.value(fields.has("from") ? "from" : "every"),
        "every: the first strike at " + show(repeat.from) + " is after until (" + show(repeat.until) + ")");
  } else if ((repeat.until - repeat.from).ns / repeat.every.ns >= kMostRepeats) {
    context.problems.add(fields.value("every"), "every: this would strike more than 1000000 times");
  }
  return repeat;
}

std::optional<Trigger> decode_when(Fields& fields, Context& context) {
  When when;
  const yaml::Node* node = fields.find("when");
  fields.duration("plus", when.plus, {}, context.scenario.duration);
  if (node == nullptr) return std::nullopt;
  Fields record(*node, "when", context.problems);
  record.need("kind");
  const bool known = record.choice("kind", when.kind, kind_choices());
  record.count("nth", when.nth, 1, UINT64_MAX);
  record.finish();
  return known ? std::optional<Trigger>{when} : std::nullopt;
}

// Exactly one of at, every and when, and no key of another one.
void check_trigger_keys(const Fields& fields, Problems& problems) {
  constexpr std::array<std::string_view, 3> triggers{"at", "every", "when"};
  const auto given =
      std::count_if(triggers.begin(), triggers.end(), [&](std::string_view key) { return fields.has(key); });
  if (given == 0) fields.complain("it is not said when; give at, every or when");
  if (given > 1) fields.complain("only one of at, every and when can be given; write one item for each");
  using Pair = std::pair<std::string_view, std::string_view>;
  for (const auto& [key, trigger] : {Pair{"from", "every"}, Pair{"until", "every"}, Pair{"plus", "when"}}) {
    if (fields.has(key) && !fields.has(trigger)) {
      problems.add(fields.key(key), quoted(key) + " goes with " + quoted(trigger) + ", which is not given");
    }
  }
}

std::optional<Trigger> decode_trigger(Fields& fields, Context& context) {
  check_trigger_keys(fields, context.problems);
  const auto at = decode_at(fields, context);
  const auto every = decode_every(fields, context);
  const auto when = decode_when(fields, context);
  return at ? at : every ? every : when;
}

// `it` needs a record that belongs to a node.
Allowed allowed_targets(const Fields& fields, const std::optional<Trigger>& trigger) {
  if (!fields.has("when")) return Allowed::words;
  const When* when = trigger ? std::get_if<When>(&*trigger) : nullptr;
  if (when == nullptr) return Allowed::words_and_it;  // the trigger is what is wrong
  const bool nobody =
      when->kind == core::Kind::fault || when->kind == core::Kind::heal || when->kind == core::Kind::violation;
  return nobody ? Allowed::words : Allowed::words_and_it;
}

bool corrupts(const Action& action) {
  const auto* disk = std::get_if<DiskFault>(&action);
  return disk != nullptr && disk->what == DiskFault::What::corrupt;
}

bool ends(const Action& action) {
  const bool ends_others = std::holds_alternative<Restart>(action) || std::holds_alternative<HealAll>(action) ||
                           std::holds_alternative<Calm>(action);
  return !ends_others && !corrupts(action);
}

std::string in_words(const Action& action) {
  return corrupts(action) ? "a corrupt disk" : "a " + std::string{name_of(action)};
}

void decode_fault(const yaml::Node& item, Context& context) {
  Fields fields(item, "faults", context.problems);
  const auto trigger = decode_trigger(fields, context);
  const auto action = decode_action(fields, allowed_targets(fields, trigger), context);
  std::optional<Duration> lasts;
  fields.duration("for", lasts, Duration{1}, Duration::s(360'000'000));
  fields.finish();
  if (!trigger || !action) return;
  if (std::holds_alternative<Calm>(*action) && std::holds_alternative<Every>(*trigger)) {
    context.problems.add(fields.key("every"),
                         "every: no fault strikes after a calm, so it comes once; give at or when");
  }
  if (lasts && !ends(*action)) {
    context.problems.add(fields.key("for"), "for: " + in_words(*action) + " has no end; leave 'for' out");
  }
  context.scenario.faults.push_back({*trigger, *action, lasts, item.line});
}

}  // namespace

void decode_faults(const yaml::Node& list, Context& context) {
  for (const yaml::Node& item : list.items) decode_fault(item, context);
}

}  // namespace sim
