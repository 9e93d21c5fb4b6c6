// workload: the cars, ambulances and hospitals of emergency dispatch.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kMost = 10'000;  // of each kind of client
constexpr Duration kLongest = Duration::s(360'000);

Words names_of_clients(const DispatchLoad& load) {
  Words names;
  const auto add = [&](const std::string& kind, std::uint32_t count) {
    for (std::uint32_t i = 1; i <= count; ++i) names.push_back(kind + std::to_string(i));
  };
  add("car", load.cars), add("ambulance", load.ambulances), add("hospital", load.hospitals);
  return names;
}

void decode_away(const yaml::Node& item, const Words& names, Context& context) {
  Fields fields(item, "dispatch.away", context.problems);
  DispatchLoad::Away away;
  if (fields.need("who") != nullptr && fields.text("who", away.who) &&
      std::find(names.begin(), names.end(), away.who) == names.end())
    context.problems.add(fields.value("who"), "who: no client is called " + quoted(away.who) + hint(away.who, names));
  if (fields.need("at") != nullptr) fields.duration("at", away.at, {}, context.scenario.duration);
  if (fields.need("for") != nullptr) fields.duration("for", away.lasts, Duration{1}, kLongest);
  fields.finish();
  context.scenario.dispatch->away.push_back(std::move(away));
}

void decode_times(Fields& fields, DispatchLoad& load, Context& context) {
  const Scenario& scenario = context.scenario;
  fields.duration("crash_every", load.crash_every, Duration::ms(1), kLongest);
  fields.duration("start", load.start, {}, scenario.duration);
  load.stop = std::max(load.start, scenario.duration - scenario.expect.settle);
  const bool stops = fields.duration("stop", load.stop, {}, scenario.duration);
  if (stops && load.stop <= load.start)
    context.problems.add(fields.value("stop"),
                         "stop: " + show(load.stop) + " is not after start (" + show(load.start) + ")");
  fields.duration("leg", load.leg, {}, kLongest);
  fields.duration("handover", load.handover, {}, kLongest);
  fields.duration("stay", load.stay, {}, kLongest);
  fields.duration("patience", load.patience, Duration::ms(1), kLongest);
}

}  // namespace

void decode_dispatch(const yaml::Node& node, Context& context) {
  if (context.scenario.dispatch) return context.problems.add(node, "dispatch: the workload has one already");
  DispatchLoad& load = context.scenario.dispatch.emplace();
  core::DispatchPlan& plan = context.scenario.group.city.dispatch;
  plan.on = true;
  Fields fields(node, "dispatch", context.problems);
  fields.count("cars", load.cars, 1, kMost);
  fields.count("ambulances", load.ambulances, 0, kMost);
  fields.count("hospitals", load.hospitals, 0, kMost);
  fields.count("beds", load.beds, 0, 1'000'000);
  decode_times(fields, load, context);
  fields.duration("give_back", plan.give_back, Duration::ms(1), kLongest);
  if (const yaml::Node* list = fields.list("away")) {
    const Words names = names_of_clients(load);
    for (const yaml::Node& item : list->items) decode_away(item, names, context);
  }
  fields.finish();
}

}  // namespace sim
