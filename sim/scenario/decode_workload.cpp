// workload: what is submitted, how often, by whom.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

void decode_submit(Fields& fields, Context& context) {
  const Scenario& scenario = context.scenario;
  SubmitLoad load;
  load.from = {Atom{Atom::Who::all, core::kNobody, 1}};
  fields.get("submit", load.interval, parse_interval);
  if (const yaml::Node* from = fields.find("from")) {
    load.from = decode_target(*from, "from", Allowed::words, context).value_or(load.from);
  }
  fields.duration("start", load.start, {}, scenario.duration);
  load.stop = std::max(load.start, scenario.duration - scenario.expect.settle);
  const bool stops = fields.duration("stop", load.stop, {}, scenario.duration);
  if (stops && load.stop <= load.start) {
    context.problems.add(fields.value("stop"),
                         "stop: " + show(load.stop) + " is not after start (" + show(load.start) + ")");
  }
  fields.count("size", load.size, 0, 1 << 20);
  fields.count("chain", load.chain, 1, 1'000'000);
  context.scenario.workload.push_back(load);
}

}  // namespace

void decode_workload(const yaml::Node& list, Context& context) {
  for (const yaml::Node& item : list.items) {
    Fields fields(item, "workload", context.problems);
    if (fields.has("join") || fields.has("leave")) {
      decode_membership(fields, context);
      continue;
    }
    if (fields.has("event")) {
      decode_event(fields, context);
      continue;
    }
    if (fields.has("lights") || fields.has("dispatch")) {
      if (const yaml::Node* lights = fields.find("lights")) decode_lights(*lights, context);
      if (const yaml::Node* dispatch = fields.find("dispatch")) decode_dispatch(*dispatch, context);
      fields.finish();
      continue;
    }
    if (!fields.has("submit")) {
      fields.complain("it is not said what happens; give submit, event, dispatch, lights, join or leave");
      for (const char* key : {"event", "after", "dispatch", "lights", "join", "leave", "at"}) fields.find(key);
    }
    decode_submit(fields, context);
    fields.finish();
  }
}

}  // namespace sim
