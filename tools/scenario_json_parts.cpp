#include "tools/scenario_json_parts.hpp"

#include <array>

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

std::string uuid(core::Id128 id) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t half : {id.high, id.low})
    for (int shift = 60; shift >= 0; shift -= 4) out += kHex[half >> shift & 15];
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) out.insert(dash, "-");
  return out;
}

std::string name_of(const sim::Atom& atom, const core::Config& group) {
  constexpr std::array<std::string_view, 11> kNames{"",         "leader", "followers", "highest", "lowest", "minority",
                                                    "majority", "random", "crashed",   "all",     "it"};
  using Who = sim::Atom::Who;
  if (atom.who == Who::member) return group.members.at(atom.member).name;
  const std::string name(kNames.at(static_cast<std::size_t>(atom.who)));
  return atom.who == Who::random && atom.count != 1 ? name + "(" + std::to_string(atom.count) + ")" : name;
}

std::string_view name_of(sim::Shape shape) {
  constexpr std::array<std::string_view, 4> kNames{"halves", "one", "bridge", "ring"};
  return kNames.at(static_cast<std::size_t>(shape));
}

std::string_view name_of(sim::DiskFault::What what) {
  constexpr std::array<std::string_view, 5> kNames{"lose_unsynced", "torn_write", "corrupt", "full", "slow"};
  return kNames.at(static_cast<std::size_t>(what));
}

// What stands behind the action's key.
struct ActionJson {
  const core::Config& group;

  Json operator()(const sim::Crash& crash) const { return target_json(crash.who, group); }
  Json operator()(const sim::Restart& restart) const { return target_json(restart.who, group); }
  Json operator()(const sim::Pause& pause) const { return target_json(pause.who, group); }
  Json operator()(const sim::Isolate& isolate) const { return target_json(isolate.who, group); }
  Json operator()(const sim::Partition& partition) const {
    Json groups = Json::array();
    for (const sim::Target& side : partition.groups) groups.push_back(list(side));
    return groups;
  }
  Json operator()(const sim::ShapedPartition& partition) const { return {{"shape", name_of(partition.shape)}}; }
  Json operator()(const sim::Cut& cut) const { return ends(cut.from, cut.to, cut.both); }
  Json operator()(const sim::LinkFault& link) const {
    Json json = ends(link.from, link.to, link.both);
    json.update(patch_json(link.patch));
    return json;
  }
  Json operator()(const sim::ClockFault& clock) const {
    Json json{{"node", target_json(clock.who, group)}};
    if (clock.drift_ppm) json["drift"] = drift_json(*clock.drift_ppm);
    if (clock.step != core::Duration{} || !clock.drift_ppm) json["step"] = sim::show(clock.step);
    return json;
  }
  Json operator()(const sim::DiskFault& disk) const {
    Json json{{"node", target_json(disk.who, group)}, {"fault", name_of(disk.what)}};
    if (disk.what == sim::DiskFault::What::slow) json["latency"] = latency_json(disk.latency);
    return json;
  }
  Json operator()(const sim::HealAll&) const { return "all"; }
  Json operator()(const sim::Calm& calm) const { return target_json(calm.who, group); }

  [[nodiscard]] Json list(const sim::Target& target) const {
    Json names = Json::array();
    for (const sim::Atom& atom : target) names.push_back(name_of(atom, group));
    return names;
  }
  [[nodiscard]] Json ends(const sim::Target& from, const sim::Target& to, bool both) const {
    return {{"from", target_json(from, group)}, {"to", target_json(to, group)}, {"both", both}};
  }
};

struct TriggerJson {
  Json operator()(const sim::At& trigger) const { return {{"at", sim::show(trigger.at)}}; }
  Json operator()(const sim::Every& trigger) const {
    return {
        {"every", sim::show(trigger.every)}, {"from", sim::show(trigger.from)}, {"until", sim::show(trigger.until)}};
  }
  Json operator()(const sim::When& trigger) const {
    return {{"when", {{"kind", core::name_of(trigger.kind)}, {"nth", trigger.nth}}}, {"plus", sim::show(trigger.plus)}};
  }
};

}  // namespace

Json id_json(core::Id128 id) {
  constexpr std::uint64_t kExactInDoubles = 1ULL << 53;  // what every JSON reader keeps
  return id.high == 0 && id.low <= kExactInDoubles ? Json(id.low) : Json(uuid(id));
}

Json milli_json(std::uint32_t thousandths) {
  return thousandths % 1000 == 0 ? Json(thousandths / 1000) : Json(static_cast<double>(thousandths) / 1000);
}

std::string drift_json(std::int32_t ppm) {
  return std::to_string(ppm) + "ppm";
}

std::string share_json(std::uint32_t ppm) {
  return ppm % 10'000 == 0 ? std::to_string(ppm / 10'000) + "%" : std::to_string(ppm) + "ppm";
}

std::string bandwidth_json(std::uint64_t bits_per_second) {
  for (const auto& [unit, name] : {std::pair{1'000'000'000U, "Gbit"}, {1'000'000U, "Mbit"}, {1'000U, "kbit"}})
    if (bits_per_second % unit == 0) return std::to_string(bits_per_second / unit) + name;
  return std::to_string(bits_per_second) + "bit";
}

std::string rate_json(core::Duration interval) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t nanoseconds = std::max<std::int64_t>(interval.ns, 1);
  const std::int64_t rate = (kSecond + nanoseconds / 2) / nanoseconds;
  return rate > 0 && kSecond / rate == nanoseconds ? std::to_string(rate) + "/s" : "1/" + sim::show(interval);
}

Json latency_json(const sim::Latency& latency) {
  using Shape = sim::Latency::Shape;
  std::string a = sim::show(latency.a), b = sim::show(latency.b);
  switch (latency.shape) {
    case Shape::fixed:
      return a;
    case Shape::uniform:
      return a + ".." + b;
    case Shape::normal:
      return {{"normal", {a, b}}};
    case Shape::lognormal:
      return {{"lognormal", {a, b}}};
    case Shape::exponential:
      break;
  }
  return {{"exponential", a}};
}

Json link_json(const sim::LinkModel& model) {
  return {{"latency", latency_json(model.latency)},
          {"loss", share_json(model.loss_ppm)},
          {"duplicate", share_json(model.duplicate_ppm)},
          {"reorder", share_json(model.reorder_ppm)},
          {"bandwidth", bandwidth_json(model.bits_per_second)}};
}

Json patch_json(const sim::LinkPatch& patch) {
  Json json = Json::object();
  if (patch.latency) json["latency"] = latency_json(*patch.latency);
  if (patch.loss_ppm) json["loss"] = share_json(*patch.loss_ppm);
  if (patch.duplicate_ppm) json["duplicate"] = share_json(*patch.duplicate_ppm);
  if (patch.reorder_ppm) json["reorder"] = share_json(*patch.reorder_ppm);
  if (patch.bits_per_second) json["bandwidth"] = bandwidth_json(*patch.bits_per_second);
  return json;
}

Json target_json(const sim::Target& target, const core::Config& group) {
  if (target.size() == 1) return name_of(target.front(), group);
  return ActionJson{group}.list(target);
}

Json dispatch_json(const sim::DispatchLoad& load, const core::Config& group) {
  Json away = Json::array();
  for (const sim::DispatchLoad::Away& item : load.away)
    away.push_back({{"who", item.who}, {"at", sim::show(item.at)}, {"for", sim::show(item.lasts)}});
  return {{"cars", load.cars},
          {"ambulances", load.ambulances},
          {"hospitals", load.hospitals},
          {"beds", load.beds},
          {"crash_every", sim::show(load.crash_every)},
          {"start", sim::show(load.start)},
          {"stop", sim::show(load.stop)},
          {"give_back", sim::show(group.city.dispatch.give_back)},
          {"leg", sim::show(load.leg)},
          {"handover", sim::show(load.handover)},
          {"stay", sim::show(load.stay)},
          {"patience", sim::show(load.patience)},
          {"away", std::move(away)}};
}

Json event_json(const sim::PlannedEvent& event, const sim::Scenario& scenario) {
  Json after = Json::array();
  for (const std::uint32_t place : event.after) after.push_back(scenario.events.at(place).name);
  return {{"event", event.name},
          {"from", scenario.group.members.at(event.from).name},
          {"at", sim::show(event.at)},
          {"after", std::move(after)},
          {"size", event.size}};
}

Json lights_json(const sim::LightsLoad& load, const core::LightsPlan& plan) {
  Json json{{"intersections", plan.intersections},
            {"approaches", plan.approaches},
            {"green", sim::show(plan.green)},
            {"yellow", sim::show(plan.yellow)},
            {"all_red", sim::show(plan.all_red)},
            {"min_green", sim::show(plan.min_green)},
            {"plan", plan.order == core::PhaseOrder::demand ? "demand" : "round_robin"},
            {"leases", plan.leases},
            {"lamp_drift", std::to_string(load.lamp_drift_ppm) + "ppm"}};
  if (plan.order == core::PhaseOrder::demand) json["cars_every"] = sim::show(load.cars_every);
  return json;
}

Json fate_json(const sim::MessageFate& fate, const core::Config& group) {
  using What = sim::MessageFate::What;
  Json json{{"from", group.members.at(fate.link.from).name},
            {"to", group.members.at(fate.link.to).name},
            {"type", fate.link_down ? std::string_view{"LINK_DOWN"} : core::name_of(fate.type)},
            {"nth", fate.nth}};
  if (fate.what == What::drop) json["drop"] = true;
  if (fate.what == What::arrive) json["at"] = sim::show(fate.at);
  if (fate.what == What::copy) json["copy"] = sim::show(fate.at);
  return json;
}

Json step_json(const sim::PlannedStep& planned, const core::Config& group) {
  using Kind = sim::Step::Kind;
  const sim::Step& step = planned.step;
  const auto name = [&](core::Member member) -> Json { return group.members.at(member).name; };
  Json json;
  Json& first = json[std::string(sim::name_of(step.kind))];
  first = step.kind == Kind::fire      ? Json(core::name_of(step.timer))
          : step.kind == Kind::suspect ? name(step.peer)
                                       : name(step.node);
  if (step.kind == Kind::fire || step.kind == Kind::suspect) json["node"] = name(step.node);
  if (sim::concerns_message(step.kind)) json["from"] = name(step.peer);
  if (!planned.what.empty()) json["what"] = planned.what;
  if (step.cut > 0) json["crash_after"] = step.cut;
  return json;
}

Json fault_json(const sim::Fault& fault, const core::Config& group) {
  Json json = std::visit(TriggerJson{}, fault.trigger);
  json[std::string(sim::name_of(fault.action))] = std::visit(ActionJson{group}, fault.action);
  if (fault.lasts) json["for"] = sim::show(*fault.lasts);
  return json;
}

}  // namespace tools
