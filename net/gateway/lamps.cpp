#include "net/gateway/lamps.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr std::array<const char*, 4> kSides{"north", "east", "south", "west"};
constexpr std::array<const char*, 3> kWhats{"tell", "green", "cut"};
constexpr std::array kColours{core::Colour::red, core::Colour::yellow, core::Colour::green};

Json line_for(const char* type, core::LampName lamp, const core::LightsPlan& plan) {
  const bool sides = plan.approaches == kSides.size();
  return {{"type", type},
          {"intersection", lamp.intersection + 1},
          {"approach", sides ? Json(kSides[lamp.approach]) : Json(lamp.approach)}};
}

core::LampName lamp_in(const Json& line, const core::LightsPlan& plan) {
  core::LampName lamp;
  const std::uint64_t intersection = number_at(line, "intersection", UINT32_MAX);
  if (intersection == 0) throw BadValue("`intersection` counts from 1");
  lamp.intersection = static_cast<std::uint32_t>(intersection) - 1;
  if (!field_at(line, "approach").is_string()) {
    lamp.approach = static_cast<std::uint32_t>(number_at(line, "approach", UINT32_MAX));
    return lamp;
  }
  const auto side = std::find(kSides.begin(), kSides.end(), text_at(line, "approach"));
  if (side == kSides.end() || plan.approaches != kSides.size())
    throw BadValue("`approach` is none of the intersection");
  lamp.approach = static_cast<std::uint32_t>(side - kSides.begin());
  return lamp;
}

core::Duration span_at(const Json& line, const char* key) {
  return {line.contains(key) ? signed_at(line, key) : 0};
}

}  // namespace

Json to_json(const core::LampOrder& order, const core::LightsPlan& plan) {
  Json line = line_for("LAMP_ORDER", order.lamp, plan);
  line["what"] = kWhats[static_cast<std::size_t>(order.what)];
  if (order.what != core::LampOrder::What::tell) {
    line["number"] = order.number;
    line["min_green_ns"] = order.min_green.ns;
  }
  if (order.what == core::LampOrder::What::green) {
    line["boot"] = order.boot;
    line["until_ns"] = order.until.ns;
    line["green_ns"] = order.green.ns;
    line["yellow_ns"] = order.yellow.ns;
  }
  return line;
}

Json to_json(const core::LampReport& report, const core::LightsPlan& plan) {
  Json line = line_for("LAMP", report.lamp, plan);
  line["boot"] = report.boot;
  line["clock_ns"] = report.clock.ns;
  line["colour"] = core::name_of(report.colour);
  line["over"] = report.over;
  return line;
}

core::LampOrder lamp_order_in(const Json& line, const core::LightsPlan& plan) {
  core::LampOrder order;
  order.lamp = lamp_in(line, plan);
  const auto what = std::find(kWhats.begin(), kWhats.end(), text_at(line, "what"));
  if (what == kWhats.end()) throw BadValue("`what` is none of tell, green, cut");
  order.what = static_cast<core::LampOrder::What>(what - kWhats.begin());
  if (line.contains("number")) order.number = number_at(line, "number");
  if (line.contains("boot")) order.boot = number_at(line, "boot");
  order.until = core::Instant{} + span_at(line, "until_ns");
  order.green = span_at(line, "green_ns"), order.yellow = span_at(line, "yellow_ns");
  order.min_green = span_at(line, "min_green_ns");
  return order;
}

core::LampReport lamp_report_in(const Json& line, const core::LightsPlan& plan) {
  core::LampReport report;
  report.lamp = lamp_in(line, plan);
  report.boot = number_at(line, "boot");
  report.clock =
      core::Instant{} + core::Duration{static_cast<std::int64_t>(number_at(line, "clock_ns", INT64_MAX / 4))};
  report.over = number_at(line, "over");
  const std::string colour = text_at(line, "colour");
  const auto found = std::ranges::find(kColours, colour, [](core::Colour one) { return core::name_of(one); });
  if (found == kColours.end()) throw BadValue("`colour` is none of RED, YELLOW, GREEN");
  report.colour = *found;
  return report;
}

bool Lamps::hear(core::Instant now, std::string_view text, const std::shared_ptr<Caller>& caller,
                 const core::Config& config, core::Member self,
                 const std::function<void(const core::LampReport&)>& report,
                 const std::function<Json(core::Member)>& at) {
  if (text.find("\"LAMP\"") == std::string_view::npos) return false;
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object() || line.value("type", Json()) != "LAMP") return false;
  const core::LightsPlan& plan = config.city.lights;
  const auto refuse = [&](const std::string& why, const Json& keeper) {
    caller->answer(Json{{"type", "ERROR"}, {"reason", why}, {"keeper", keeper}}.dump());
    return true;
  };
  try {
    const core::LampReport said = lamp_report_in(line, plan);
    const core::LampName lamp = said.lamp;
    if (lamp.intersection >= plan.intersections || lamp.approach >= plan.approaches)
      return refuse("the group has no such lamp", nullptr);
    const core::Member keeper = plan.keeper_of(lamp, config.size());
    if (keeper != self) return refuse("this lamp hangs at " + config.members[keeper].name, at(keeper));
    Known& known = lamps_[lamp];
    known.line = caller;
    if (std::exchange(known.colour, said.colour) != said.colour) known.since = now;
    report(said);
  } catch (const BadValue& bad) {
    return refuse(std::string("the line ") + bad.what(), nullptr);
  }
  return true;
}

void Lamps::order(const core::LampOrder& order) {
  const auto found = lamps_.find(order.lamp);
  if (found == lamps_.end()) return;
  Known& known = found->second;
  if (order.what == core::LampOrder::What::green) known.green = order.green;
  if (order.what == core::LampOrder::What::cut) known.green = std::min(known.green, order.min_green);
  const auto lamp = known.line.lock();
  if (lamp != nullptr && plan_ != nullptr) lamp->answer(to_json(order, *plan_).dump());
}

// It does not tell when it turns yellow: that comes when its green has lasted.
std::vector<ShownLamp> Lamps::shown(core::Instant now) const {
  std::vector<ShownLamp> shown;
  for (const auto& [name, known] : lamps_) {
    const bool timed = known.colour == core::Colour::green && known.green > core::Duration{};
    const bool over = timed && now - known.since >= known.green;
    shown.push_back({name, over ? core::Colour::yellow : known.colour, !known.line.expired()});
  }
  return shown;
}

}  // namespace net
