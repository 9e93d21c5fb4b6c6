#include "sim/explore/shrink_path.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/check.hpp"
#include "sim/explore/rehearse.hpp"

namespace sim {
namespace {

class PathShrinker {
 public:
  PathShrinker(const core::Config& config, std::uint64_t seed, Found found)
      : model_{config, without_bounds(), seed}, best_{std::move(found)} {
    std::erase_if(best_.path, [](const Step& step) { return step.kind == Step::Kind::delay; });
    states_.push_back(model_.settled());
    core::check(try_from(0, best_.path), "the path breaks the rule when it is taken again");
  }

  Found run() {
    for (std::size_t size = best_.path.size() / 2; size > 1; size /= 2) leave_out(size);
    while (leave_out(1)) {
    }
    return std::move(best_);
  }

 private:
  // Backwards: the last steps are the cheapest to leave out. False: none could be.
  bool leave_out(std::size_t size) {
    bool any = false;
    for (std::size_t end = best_.path.size(); end > 0;) {
      const std::size_t begin = end - std::min(size, end);
      const std::vector<Step> rest(best_.path.begin() + static_cast<std::ptrdiff_t>(end), best_.path.end());
      any = try_from(begin, rest) || any;
      end = begin;
    }
    return any;
  }

  // The first `begin` steps of the best path and then `rest`. If that breaks the same rule, what was taken is the best.
  bool try_from(std::size_t begin, const std::vector<Step>& rest) {
    std::vector<Step> taken;
    std::vector<State> states{states_[begin]};
    for (const Step& step : rest) {
      if (!model_.possible(states.back(), step)) continue;
      taken.push_back(step);
      states.push_back(model_.attempt(states.back(), step));
      const std::optional<Breach>& breach = states.back().ghost.breach();
      if (!breach) continue;
      if (breach->invariant != best_.breach.invariant) return false;
      best_.breach = *breach;
      best_.path.resize(begin);
      best_.path.insert(best_.path.end(), taken.begin(), taken.end());
      states_.resize(begin);
      states_.insert(states_.end(), states.begin(), states.end());
      return true;
    }
    return false;
  }

  Model model_;
  Found best_;
  std::vector<State> states_;  // states_[i]: before the best path's step i
};

std::string type_of(const Parcel& parcel) {
  return parcel.message == nullptr ? "LINK_DOWN" : std::string{name_of(parcel.message->type())};
}

}  // namespace

Found shrink_path(const core::Config& config, std::uint64_t seed, Found found) {
  return PathShrinker(config, seed, std::move(found)).run();
}

std::vector<PlannedStep> as_planned(const core::Config& config, std::uint64_t seed, const std::vector<Step>& path) {
  Model model(config, without_bounds(), seed);
  State state = model.settled();
  std::vector<PlannedStep> planned;
  for (const Step& step : path) {
    if (!model.possible(state, step)) continue;
    const bool carried = concerns_message(step.kind);
    planned.push_back({step, carried ? type_of(state.line(step.peer, step.node).parcels.front()) : ""});
    state = model.attempt(state, step);
  }
  return planned;
}

}  // namespace sim
