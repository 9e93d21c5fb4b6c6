#include "core/group/settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/digest.hpp"

namespace core {
namespace {

constexpr const char* kNotSet = "not set";

// "1500us": the coarsest unit that needs no fraction.
std::string text_of(Duration span) {
  struct Unit {
    std::int64_t ns;
    const char* name;
  };
  constexpr std::array units{Unit{1'000'000'000, "s"}, Unit{1'000'000, "ms"}, Unit{1'000, "us"}};
  for (const Unit unit : units)
    if (span.ns % unit.ns == 0) return std::to_string(span.ns / unit.ns) + unit.name;
  return std::to_string(span.ns) + "ns";
}

// "5 members, digest 123": how many there are, and a number for who they are.
std::string text_of(const std::vector<MemberInfo>& members) {
  Hasher hasher;
  for (const MemberInfo& member : members) {
    hasher.text(member.name);
    hasher.word(member.id.high), hasher.word(member.id.low);
    hasher.word(static_cast<std::uint64_t>(member.rank)), hasher.word(member.founder ? 1 : 0);
  }
  return std::to_string(members.size()) + " members, digest " + std::to_string(hasher.digest().high);
}

// "4 intersections of 4 approaches, ...".
std::string text_of(const LightsPlan& plan) {
  return std::to_string(plan.intersections) + " intersections of " + std::to_string(plan.approaches) +
         " approaches, green " + text_of(plan.green) + ", yellow " + text_of(plan.yellow) + ", all_red " +
         text_of(plan.all_red) + ", min_green " + text_of(plan.min_green) +
         (plan.order == PhaseOrder::demand ? ", by demand" : ", round robin") + (plan.leases ? "" : ", no leases") +
         ", from " + std::to_string(plan.corner.latitude) + " " + std::to_string(plan.corner.longitude) + " every " +
         std::to_string(plan.block) + (plan.keepers == 0 ? "" : " at " + std::to_string(plan.keepers) + " members");
}

}  // namespace

Settings settings_of(const Config& config) {
  const Timing& t = config.timing;
  constexpr std::array takeovers{"caught_up", "eager", "never"};
  Settings settings{{"nodes", text_of(config.members)},
                    {"group.quorum", config.quorum == Quorum::none ? "none" : "majority"},
                    {"group.takeover", takeovers[static_cast<std::size_t>(config.takeover)]},
                    {"group.storage", config.storage == Storage::durable ? "durable" : "volatile"},
                    {"group.snapshot_every", std::to_string(config.snapshot_every)},
                    {"timing.heartbeat_interval", text_of(t.heartbeat_interval)},
                    {"timing.detector", t.detector == DetectorKind::fixed ? "fixed" : "phi"},
                    {"timing.phi_threshold", std::to_string(t.phi_threshold_milli) + "/1000"},
                    {"timing.phi_window", std::to_string(t.phi_window)},
                    {"timing.phi_min_stddev", text_of(t.phi_min_stddev)},
                    {"timing.phi_acceptable_pause", text_of(t.phi_acceptable_pause)},
                    {"timing.fixed_timeout", text_of(t.fixed_timeout)},
                    {"timing.answer_timeout", text_of(t.answer_timeout)},
                    {"timing.election_timeout", text_of(t.election_timeout)},
                    {"timing.retransmit", text_of(t.retransmit)},
                    {"timing.hold_timeout", text_of(t.hold_timeout)},
                    {"timing.clock_drift_max", std::to_string(t.clock_drift_max_ppm) + "ppm"}};
  if (config.city.dispatch.on) settings.emplace_back("dispatch.give_back", text_of(config.city.dispatch.give_back));
  if (config.city.lights.intersections > 0) settings.emplace_back("lights", text_of(config.city.lights));
  return settings;
}

void seal(Config& config) {
  Hasher hasher;
  for (const auto& [key, value] : settings_of(config)) hasher.text(key), hasher.text(value);
  config.digest = hasher.digest().high;
}

std::string difference(const Settings& here, const Settings& there) {
  const auto value_in = [](const Settings& settings, std::string_view key) -> std::string {
    const auto found = std::ranges::find(settings, key, &Settings::value_type::first);
    return found == settings.end() ? kNotSet : found->second;
  };
  std::string text;
  for (const auto& [key, value] : here) {
    const std::string other = value_in(there, key);
    if (other != value) text += (text.empty() ? "" : "; ") + key + " is " + value + " here and " + other + " there";
  }
  for (const auto& [key, value] : there)
    if (value_in(here, key) == kNotSet)
      text += (text.empty() ? "" : "; ") + key + " is not set here and " + value + " there";
  return text;
}

}  // namespace core
