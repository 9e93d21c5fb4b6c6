// Makes a failing scenario as small as it gets while it fails the same way (Zeller, Hildebrandt: "Simplifying and
// isolating failure-inducing input", TSE 2002, on the parts of a scenario instead of lines).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// Tries scenarios out, perhaps many at once: whatever it does inside, its answers are the same.
struct Laboratory {
  virtual ~Laboratory() = default;
  // The first of `candidates` that fails with the signature looked for; nullopt: none does.
  virtual std::optional<std::size_t> first_that_fails(const std::vector<Scenario>& candidates) = 0;
  // Told now and then, in words: what is tried, and how small it is.
  virtual void progress(const std::string& pass, const Scenario& smallest) = 0;
  // True once nobody wants to wait any longer: nothing more fails then.
  [[nodiscard]] virtual bool told_to_stop() const = 0;
};

// What makes one scenario smaller than another, the first difference decides.
struct Size {
  std::size_t nodes = 0, faults = 0, sends = 0, fates = 0;  // sends: events and membership changes; a load is as many
                                                            // as it submits, a repeated fault as often as it strikes
  std::size_t steps = 0;
  Duration duration;
  friend auto operator<=>(const Size&, const Size&) = default;
};
Size size_of(const Scenario& scenario);

struct Shrunk {
  Scenario scenario;
  std::size_t tried = 0;     // candidates
  bool one_minimal = false;  // no single node, fault, send, fate or step can be left out; false: it was told to stop
};

// Every scenario with a single node, fault, send or fate less; of one with steps, a single step. If none of them fails
// in the same way, it is 1-minimal.
std::vector<Scenario> one_less(const Scenario& scenario);

enum class Effort : std::uint8_t {
  rough,  // what throws out much, once
  full,   // all, until nothing can be left out
};

// REQUIRES: `failing` fails with the signature that the laboratory looks for. The result depends on nothing else.
Shrunk shrink(Scenario failing, Laboratory& laboratory, Effort effort = Effort::full);

}  // namespace sim
