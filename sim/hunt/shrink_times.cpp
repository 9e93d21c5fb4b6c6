// Earlier, closer together, and on round numbers.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"

namespace sim {
namespace {

constexpr std::size_t kMostTimes = 200;
constexpr std::array kSteps{Duration::s(10),   Duration::s(5),    Duration::s(2),    Duration::s(1),
                            Duration::ms(500), Duration::ms(200), Duration::ms(100), Duration::ms(50),
                            Duration::ms(20),  Duration::ms(10),  Duration::ms(5),   Duration::ms(1)};

Duration down(Duration time, Duration step) {
  return {time.ns - time.ns % step.ns};
}

Duration up(Duration time, Duration step) {
  return down(time + step - Duration{1}, step);
}

// All moments from `from` on, and the end, come earlier; the end stays on a whole second.
Scenario earlier(Scenario scenario, Duration from, Duration by) {
  for (Duration* moment : moments_of(scenario))
    if (*moment >= from) *moment = *moment - by;
  scenario.duration = up(scenario.duration - by, Duration::s(1));
  return scenario;
}

std::vector<Duration> distinct_moments(Scenario scenario) {
  std::set<Duration> distinct;
  for (const Duration* moment : moments_of(scenario)) distinct.insert(*moment);
  return {distinct.begin(), distinct.end()};
}

// The round numbers on both sides of a time, the roundest and of these the smallest first.
std::vector<Duration> round_near(Duration time) {
  std::vector<Duration> out;
  for (const Duration step : kSteps)
    for (const Duration round : {down(time, step), up(time, step)})
      if (round != time && std::find(out.begin(), out.end(), round) == out.end()) out.push_back(round);
  std::sort(out.begin(), out.end(),
            [](Duration a, Duration b) { return std::tuple{untidiness(a), a} < std::tuple{untidiness(b), b}; });
  return out;
}

// These for what lasts, and before them the shorter ones that need a single digit.
std::vector<Duration> round_spans(Duration time) {
  std::vector<Duration> out = round_near(time);
  std::erase_if(out, [](Duration round) { return round == Duration{}; });
  for (const Duration step : kSteps)
    if (step < time && untidiness(step) <= untidiness(time)) out.insert(out.begin(), step);
  return out;
}

template <class Round>
Scenario with_rounded_moments(Scenario scenario, Round round) {
  for (Duration* moment : moments_of(scenario)) *moment = std::min(round(*moment), scenario.duration);
  return scenario;
}

void round_together(ShrinkSearch& search) {
  std::vector<Scenario> candidates;
  for (const Duration step : kSteps) {
    candidates.push_back(with_rounded_moments(search.best(), [=](Duration at) { return down(at, step); }));
    candidates.push_back(with_rounded_moments(search.best(), [=](Duration at) { return down(at + step / 2, step); }));
    candidates.push_back(with_rounded_moments(search.best(), [=](Duration at) { return up(at, step); }));
  }
  search.take_one_of(candidates);
}

// What happens at one moment stays together.
void round_moments(ShrinkSearch& search) {
  for (const Duration moment : distinct_moments(search.best())) {
    const std::vector<Duration> round = round_near(moment);
    search.take_first(round.size(), [&](std::size_t i) {
      return with_rounded_moments(search.best(), [&](Duration at) { return at == moment ? round[i] : at; });
    });
  }
}

// Each by itself; `times_of` finds them in a scenario, `round_for` the numbers to try.
void round_each(ShrinkSearch& search, std::vector<Duration*> (*times_of)(Scenario&),
                std::vector<Duration> (*round_for)(Duration)) {
  Scenario copy = search.best();
  for (std::size_t k = 0; k < times_of(copy).size(); ++k) {
    const std::vector<Duration> round = round_for(*times_of(copy)[k]);
    const auto taken = search.take_first(round.size(), [&](std::size_t i) {
      Scenario changed = search.best();
      *times_of(changed)[k] = round[i];
      return changed;
    });
    if (taken) copy = search.best();
  }
}

}  // namespace

void shorten_gaps(ShrinkSearch& search) {
  search.begin("shorter gaps");
  std::vector<Duration> moments = distinct_moments(search.best());
  if (moments.size() > kMostTimes) return;
  Duration before;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const Duration gap = moments[i] - before;
    const auto shorter = [&](std::size_t step) -> std::optional<Scenario> {
      const Duration left = step == 0 ? Duration{} : kSteps[kSteps.size() - step];
      if (left >= gap || gap - left >= search.best().duration) return std::nullopt;
      return earlier(search.best(), moments[i], gap - left);
    };
    if (search.take_first(kSteps.size() + 1, shorter)) moments = distinct_moments(search.best());
    if (i < moments.size()) before = moments[i];
  }
}

void round_times(ShrinkSearch& search) {
  search.begin("round times");
  round_together(search);
  Scenario copy = search.best();
  if (moments_of(copy).size() > kMostTimes) return;
  round_moments(search);
  round_each(search, moments_of, round_near);
  round_each(search, spans_of, round_spans);
}

}  // namespace sim
