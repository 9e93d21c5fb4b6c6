// A lamp: an actuator with a monotonic clock of its own, which outlives the node that it hangs at. It is green by a
// lease only: when that is over it falls through yellow to red by itself, whoever is dead, stopped or cut off.
//
// Leases by the holder's own clock: Gray, Cheriton: "Leases: an efficient fault-tolerant mechanism for distributed
// file cache consistency", SOSP 1989.
#pragma once

#include "core/base/time.hpp"
#include "core/city/facts.hpp"

namespace core {

// What a node tells a lamp of its own.
struct LampOrder {
  enum class What : std::uint8_t {
    tell,   // how are you, and what time is it?
    green,  // show green, then yellow, and be red at the latest at `until`
    cut,    // end green `number`, once it has lasted `min_green`
  };
  LampName lamp;
  What what{};
  std::uint64_t number = 0;  // green, cut: of the green at this intersection
  std::uint64_t boot = 0;    // green: of the clock that `until` is meant by
  Instant until{};           // by the lamp's clock
  Duration green{}, yellow{}, min_green{};
};

// What a lamp tells its node: when it is asked, and when it has become red.
struct LampReport {
  LampName lamp;
  std::uint64_t boot = 0;  // of its clock: another if that began anew
  Instant clock;           // what it shows
  Colour colour{};
  std::uint64_t over = 0;  // no green up to this number will ever be shown again

  static void fields(auto& m, auto&& visit) {
    visit("lamp", m.lamp), visit("boot", m.boot), visit("clock", m.clock), visit("colour", m.colour);
    visit("over", m.over);
  }
};

class Lamp {
 public:
  Lamp(LampName name, std::uint64_t boot) : name_{name}, boot_{boot} {}

  // `now` is the lamp's own time in all of these. True if the colour has changed.
  bool obey(Instant now, const LampOrder& order);
  // Does what is due.
  bool wake(Instant now);
  // When there is something to do.
  [[nodiscard]] Instant next_change() const;

  [[nodiscard]] Colour colour() const { return colour_; }
  [[nodiscard]] LampName name() const { return name_; }
  [[nodiscard]] LampReport report(Instant now) const { return {name_, boot_, now, colour_, over_}; }

 private:
  LampName name_;
  std::uint64_t boot_;
  Colour colour_ = Colour::red;
  std::uint64_t over_ = 0;     // see LampReport
  std::uint64_t showing_ = 0;  // the number of the green at hand
  Instant green_since_, green_ends_, yellow_ends_;
  Duration yellow_;
};

}  // namespace core
