#include "tools/scenario_json.hpp"

#include "tools/scenario_json_parts.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;
using core::DetectorKind;
using core::Quorum;
using core::Takeover;

Json node(const core::MemberInfo& member) {
  return {{"name", member.name}, {"id", id_json(member.id)}, {"rank", member.rank}};
}

std::string_view name_of(Takeover takeover) {
  switch (takeover) {
    case Takeover::caught_up:
      return "caught_up";
    case Takeover::eager:
      return "eager";
    case Takeover::never:
      break;
  }
  return "never";
}

Json group(const core::Config& group) {
  return {{"quorum", group.quorum == Quorum::majority ? "majority" : "none"},
          {"takeover", name_of(group.takeover)},
          {"storage", group.storage == core::Storage::durable ? "durable" : "volatile"},
          {"snapshot_every", group.snapshot_every}};
}

Json timing(const core::Timing& timing) {
  return {{"heartbeat_interval", sim::show(timing.heartbeat_interval)},
          {"detector", timing.detector == DetectorKind::phi ? "phi" : "fixed"},
          {"phi_threshold", milli_json(timing.phi_threshold_milli)},
          {"phi_window", timing.phi_window},
          {"phi_min_stddev", sim::show(timing.phi_min_stddev)},
          {"phi_acceptable_pause", sim::show(timing.phi_acceptable_pause)},
          {"fixed_timeout", sim::show(timing.fixed_timeout)},
          {"answer_timeout", sim::show(timing.answer_timeout)},
          {"election_timeout", sim::show(timing.election_timeout)},
          {"retransmit", sim::show(timing.retransmit)},
          {"hold_timeout", sim::show(timing.hold_timeout)},
          {"clock_drift_max", std::to_string(timing.clock_drift_max_ppm) + "ppm"}};
}

Json nodes(const sim::Scenario& scenario) {
  Json list = Json::array();
  for (const core::MemberInfo& member : scenario.group.members) list.push_back(node(member));
  for (const auto& [member, own] : scenario.own_settings) list[member]["timing"] = timing(own.timing);
  return list;
}

Json network(const sim::Scenario& scenario) {
  Json links = Json::array();
  for (const sim::LinkOverride& link : scenario.links) {
    Json item{{"from", target_json(link.from, scenario.group)}, {"to", target_json(link.to, scenario.group)}};
    item.update(patch_json(link.patch));
    item["both"] = link.both;
    links.push_back(std::move(item));
  }
  return {{"default", link_json(scenario.network)}, {"links", std::move(links)}};
}

Json disk(const sim::Scenario& scenario) {
  return {{"latency", scenario.disk_latency ? latency_json(*scenario.disk_latency) : Json("0s")}};
}

Json workload(const sim::Scenario& scenario) {
  Json list = Json::array();
  for (const sim::SubmitLoad& load : scenario.workload)
    list.push_back({{"submit", rate_json(load.interval)},
                    {"from", target_json(load.from, scenario.group)},
                    {"start", sim::show(load.start)},
                    {"stop", sim::show(load.stop)},
                    {"size", load.size},
                    {"chain", load.chain}});
  if (scenario.dispatch) list.push_back({{"dispatch", dispatch_json(*scenario.dispatch, scenario.group)}});
  for (const sim::MembershipChange& item : scenario.membership)
    list.push_back(
        {{item.kind == sim::MembershipChange::Kind::join ? "join" : "leave", target_json(item.who, scenario.group)},
         {"at", sim::show(item.at)}});
  for (const sim::PlannedEvent& event : scenario.events) list.push_back(event_json(event, scenario));
  if (scenario.lights) list.push_back({{"lights", lights_json(*scenario.lights, scenario.group.city.lights)}});
  return list;
}

Json messages(const sim::Scenario& scenario) {
  Json list = Json::array();
  for (const sim::MessageFate& fate : scenario.messages) list.push_back(fate_json(fate, scenario.group));
  return list;
}

Json steps(const sim::Scenario& scenario) {
  Json list = Json::array();
  for (const sim::PlannedStep& step : scenario.steps) list.push_back(step_json(step, scenario.group));
  return list;
}

Json final_leader(const sim::Expect::FinalLeader& leader, const core::Config& group) {
  using Who = sim::Expect::FinalLeader::Who;
  switch (leader.who) {
    case Who::member:
      return group.members.at(leader.member).name;
    case Who::highest:
      return "highest";
    case Who::any:
      return "any";
    case Who::none:
      break;
  }
  return "none";
}

Json expect(const sim::Expect& expect, const core::Config& group) {
  Json json;
  json["invariants"] = expect.all_invariants ? Json("all") : Json(expect.invariants);
  json["violations"] = expect.violations;
  json["tolerated"] = expect.tolerated;
  json["settle"] = sim::show(expect.settle);
  if (expect.final_leader) json["final_leader"] = final_leader(*expect.final_leader, group);
  if (expect.leader_within) json["leader_within"] = sim::show(*expect.leader_within);
  if (expect.delivered_all) json["delivered"] = "all";
  if (expect.completed_all) json["completed"] = "all";
  for (const auto& [kind, least] : expect.at_least) json["at_least"][std::string(core::name_of(kind))] = least;
  return json;
}

Json what_happens(const sim::Scenario& scenario) {
  Json faults = Json::array();
  for (const sim::Fault& fault : scenario.faults) faults.push_back(fault_json(fault, scenario.group));
  Json json{{"network", network(scenario)}};
  if (scenario.group.storage == core::Storage::durable) json["disk"] = disk(scenario);
  json.update(Json{{"workload", workload(scenario)}, {"messages", messages(scenario)}, {"faults", std::move(faults)}});
  return json;
}

}  // namespace

Json scenario_json(const sim::Scenario& scenario) {
  Json json{{"version", 1},
            {"name", scenario.name},
            {"description", scenario.description},
            {"seed", scenario.seed},
            {"duration", sim::show(scenario.duration)},
            {"nodes", nodes(scenario)},
            {"group", group(scenario.group)},
            {"timing", timing(scenario.group.timing)}};
  if (scenario.steps.empty())
    json.update(what_happens(scenario));
  else
    json["steps"] = steps(scenario);
  json["expect"] = expect(scenario.expect, scenario.group);
  return json;
}

}  // namespace tools
