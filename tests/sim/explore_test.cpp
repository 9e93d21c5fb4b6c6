// The exhaustive search: that it sees everything once, says honestly what it has not seen, and finds what is broken.
#include <catch2/catch.hpp>

#include <map>

#include "sim/explore/search.hpp"

namespace {

using sim::Bounds;

core::Config group_of(std::size_t n, core::Quorum quorum = core::Quorum::majority) {
  core::Config config;
  for (std::size_t i = 0; i < n; ++i) config.members.push_back({"n" + std::to_string(i + 1), {0, i + 1}});
  config.quorum = quorum;
  return config;
}

Bounds nothing_wrong() {
  return {.crashes = 0,
          .losses = 0,
          .duplicates = 0,
          .suspicions = 0,
          .submits = 0,
          .late = Bounds::kAny,
          .anytime = true,
          .epochs = 2};
}

struct Report {
  std::uint64_t states = 0, steps = 0, frontier = 0;
  bool exhausted = false;
  std::optional<sim::Found> found;
};

Report explore(const core::Config& config, const Bounds& bounds, const sim::SearchLimits& limits = {}) {
  sim::Model model(config, bounds, 1);
  sim::Search search(model, model.settled(), limits);
  while (search.go_on(1'000'000)) {
  }
  return {search.states(), search.steps(), search.frontier(), search.exhausted(), search.found()};
}

}  // namespace

TEST_CASE("leaving out orders of steps that commute leaves out no state") {
  const core::Config three = group_of(3), two = group_of(2);
  const auto compare = [](const core::Config& config, Bounds bounds) {
    CAPTURE(config.size(), bounds.crashes, bounds.losses, bounds.suspicions, bounds.submits);
    const Report all = explore(config, bounds, {.reduce = false});
    const Report some = explore(config, bounds);
    CHECK(all.exhausted);
    CHECK(some.exhausted);
    CHECK(some.states == all.states);
    CHECK(some.steps <= all.steps);
    if (config.size() > 2) CHECK(some.steps < all.steps);  // of two, each takes what the other puts
    CHECK(all.states > 200);
  };
  Bounds bounds = nothing_wrong();
  bounds.submits = 1;
  compare(three, bounds);
  bounds.losses = 1;
  compare(three, bounds);
  bounds.duplicates = 1;
  compare(three, bounds);
  bounds = nothing_wrong();
  bounds.suspicions = 1;
  compare(three, bounds);
  bounds.crashes = 1;
  compare(two, bounds);
}

TEST_CASE("what a small group can do is pinned: it changes only on purpose") {
  const core::Config config = group_of(3);
  Bounds bounds = nothing_wrong();
  bounds.late = 0, bounds.anytime = false, bounds.crashes = 1, bounds.submits = 1, bounds.epochs = 3;
  const Report first = explore(config, bounds), again = explore(config, bounds);
  CHECK(first.exhausted);
  CHECK(first.states == again.states);
  CHECK(first.states == 3'904);
  bounds.late = 1;
  CHECK(explore(config, bounds).states > 2 * first.states);
}

TEST_CASE("what may come together is a bound of its own") {
  const core::Config config = group_of(3);
  Bounds bounds = nothing_wrong();
  bounds.late = 0, bounds.anytime = false, bounds.crashes = 1, bounds.submits = 2;
  const std::uint64_t all = explore(config, bounds).states;
  const auto with = [&](unsigned together) {
    bounds.together = together;
    return explore(config, bounds).states;
  };
  CHECK(bounds.total() == 3);
  CHECK(with(3) == all);
  CHECK(with(2) < all);
  CHECK(with(1) < with(2));
  // A crash alone and the submissions alone share only the quiet in the beginning, which each has.
  Bounds crash = bounds, submit = bounds;
  crash.submits = 0, submit.crashes = 0, submit.submits = 1;
  crash.together = submit.together = Bounds::kAny;
  CHECK(with(1) < explore(config, crash).states + explore(config, submit).states);
  CHECK(with(1) > explore(config, crash).states);
}

TEST_CASE("a search that was cut off says so") {
  const core::Config config = group_of(3);
  Bounds bounds = nothing_wrong();
  bounds.crashes = 1;
  const Report whole = explore(config, bounds);
  REQUIRE(whole.exhausted);
  CHECK(whole.frontier == 0);
  const Report few = explore(config, bounds, {.states = 1'000});
  CHECK_FALSE(few.exhausted);
  CHECK(few.frontier > 0);
  const Report shallow = explore(config, bounds, {.depth = 6});
  CHECK_FALSE(shallow.exhausted);
  CHECK(shallow.frontier > 0);
  CHECK(shallow.states < whole.states);
}

TEST_CASE("the steps that can be taken are as many kinds as there are") {
  const core::Config config = group_of(3);
  const Bounds bounds{.crashes = 1, .losses = 1, .duplicates = 1, .suspicions = 1, .submits = 1, .late = 1};
  sim::Model model(config, bounds, 1);
  std::map<sim::Step::Kind, int> seen;
  sim::State state = model.settled();
  for (int i = 0; i < 4'000; ++i) {
    std::vector<sim::Step> steps;
    model.enabled(state, steps);
    for (const sim::Step& step : steps) ++seen[step.kind];
    state = i % 40 == 39 || steps.empty() ? model.settled()
                                          : model.take(state, steps[static_cast<std::size_t>(i * 7) % steps.size()]);
  }
  CHECK(seen.size() == 9);  // all there are
}

TEST_CASE("a group without a quorum is found out") {
  const core::Config config = group_of(3, core::Quorum::none);
  Bounds bounds = nothing_wrong();
  bounds.suspicions = 2, bounds.submits = 2, bounds.epochs = 3, bounds.late = 0, bounds.anytime = false;
  const Report report = explore(config, bounds, {.states = 2'000'000});
  REQUIRE(report.found.has_value());
  CHECK_FALSE(report.exhausted);

  // The path leads there again.
  sim::Model model(config, bounds, 1);
  sim::State state = model.settled();
  for (const sim::Step& step : report.found->path) {
    REQUIRE_FALSE(state.ghost.breach().has_value());
    REQUIRE(model.possible(state, step));
    state = model.take(state, step);
  }
  REQUIRE(state.ghost.breach().has_value());
  CHECK(state.ghost.breach()->invariant == report.found->breach.invariant);
}
