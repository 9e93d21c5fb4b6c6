// The smaller values of a scenario as JSON: numbers with units, targets, links, faults, dispatch, events, messages and
// steps.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/units.hpp"

namespace tools {

nlohmann::ordered_json id_json(core::Id128 id);                // a number, or a UUID where it would not be exact
nlohmann::ordered_json milli_json(std::uint32_t thousandths);  // 8, 8.5
std::string drift_json(std::int32_t ppm);                      // "-200ppm"
std::string share_json(std::uint32_t ppm);                     // "1%", "50ppm"
std::string bandwidth_json(std::uint64_t bits_per_second);     // "1Gbit"
std::string rate_json(core::Duration interval);                // "20/s", "1/130ms"

nlohmann::ordered_json latency_json(const sim::Latency& latency);
nlohmann::ordered_json link_json(const sim::LinkModel& model);
nlohmann::ordered_json patch_json(const sim::LinkPatch& patch);  // only the keys that are given
nlohmann::ordered_json target_json(const sim::Target& target, const core::Config& group);
nlohmann::ordered_json fault_json(const sim::Fault& fault, const core::Config& group);

nlohmann::ordered_json dispatch_json(const sim::DispatchLoad& load, const core::Config& group);
nlohmann::ordered_json event_json(const sim::PlannedEvent& event, const sim::Scenario& scenario);
nlohmann::ordered_json lights_json(const sim::LightsLoad& load, const core::LightsPlan& plan);
nlohmann::ordered_json fate_json(const sim::MessageFate& fate, const core::Config& group);
nlohmann::ordered_json step_json(const sim::PlannedStep& planned, const core::Config& group);

}  // namespace tools
