// The lamps that hang at a live node: programs of their own (core/city/lamp.hpp), each connected to its keeper. They
// speak JSON lines at the member's port. Intersections count from 1, as in traces; an approach is north, east, south or
// west where there are four, else its number from 0; times are nanoseconds of the lamp's own clock.
//   the lamp, first of all, after each order and when it has become red by itself:
//     {"type":"LAMP","intersection":1,"approach":"north","boot":7,"clock_ns":5000000000,"colour":"RED","over":3}
//   the node:
//     {"type":"LAMP_ORDER","intersection":1,"approach":"north","what":"tell"}
//     {"type":"LAMP_ORDER",...,"what":"green","number":4,"boot":7,"until_ns":N,"green_ns":N,"yellow_ns":N,
//      "min_green_ns":N}
//     {"type":"LAMP_ORDER",...,"what":"cut","number":4,"min_green_ns":N}
//   to who hangs at another node, or is none of the group's lamps:
//     {"type":"ERROR","reason":"...","keeper":{"host":"127.0.0.1","tcp_port":7002}}   (`keeper` null: no such lamp)
// What the fields mean: core::LampReport and core::LampOrder. A lamp's latest connection is the one that counts.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include "core/group/config.hpp"
#include "net/discovery/resident.hpp"
#include "net/mesh/visitors.hpp"
#include "net/runtime/lamp_outlet.hpp"

namespace net {

Json to_json(const core::LampOrder& order, const core::LightsPlan& plan);
Json to_json(const core::LampReport& report, const core::LightsPlan& plan);
// Both throw BadValue.
core::LampOrder lamp_order_in(const Json& line, const core::LightsPlan& plan);
core::LampReport lamp_report_in(const Json& line, const core::LightsPlan& plan);

// A lamp that hangs here, as far as it is known from what it said last and was told since.
struct ShownLamp {
  core::LampName name;
  core::Colour colour{};
  bool connected = false;
};

class Lamps final : public LampOutlet {
 public:
  // False: the line is of no lamp. Else `report` is called if the lamp hangs here; `at`: where a member is to be found.
  // `now`: the node's time. REQUIRES: a group with lights.
  bool hear(core::Instant now, std::string_view line, const std::shared_ptr<Caller>& caller, const core::Config& config,
            core::Member self, const std::function<void(const core::LampReport&)>& report,
            const std::function<Json(core::Member)>& at);
  // Orders are written for this plan. REQUIRES: it outlives the lamps.
  void follow(const core::LightsPlan& plan) { plan_ = &plan; }
  // Lost if the lamp is not connected: it is asked again with the next call.
  void order(const core::LampOrder& order) override;
  // All that have ever been heard, by name.
  [[nodiscard]] std::vector<ShownLamp> shown(core::Instant now) const;

 private:
  struct Known {
    std::weak_ptr<Caller> line;
    core::Colour colour{};
    core::Instant since{};   // when it said so first
    core::Duration green{};  // how long the last green that it was told of lasts
  };

  const core::LightsPlan* plan_ = nullptr;
  std::map<core::LampName, Known> lamps_;
};

}  // namespace net
