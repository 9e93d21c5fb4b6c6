#include "tools/laboratory.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/digest.hpp"
#include "sim/hunt/concrete.hpp"
#include "tools/in_order.hpp"
#include "tools/interrupt.hpp"
#include "tools/scenario_yaml.hpp"

namespace tools {
namespace {

struct Interrupted {};
struct Violated {
  std::string invariant;
};

bool listed(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Leaves a run as soon as it is known how it fails, or when Ctrl-C comes.
class Watch : public core::RecordSink {
 public:
  explicit Watch(const sim::Expect& expect) : expect_(expect) {}

  void on(const core::Record& record) override {
    if (interrupted()) throw Interrupted{};
    if (record.kind != core::Kind::violation || listed(expect_.violations, record.more->text)) return;
    if (!listed(expect_.tolerated, record.more->text)) throw Violated{record.more->text};
  }

 private:
  const sim::Expect& expect_;
};

// How the scenario fails; "" if it does not, or if nobody waits for the answer any more.
std::string signature_of(const sim::Scenario& scenario) {
  Watch watch(scenario.expect);
  core::RecordSink* const sinks[] = {&watch};
  try {
    const auto failure = sim::failure_of(scenario, sim::replay(scenario, scenario.seed, sinks));
    return failure ? failure->signature : "";
  } catch (const Violated& violated) {
    return violated.invariant;
  } catch (const core::CheckFailed&) {
    return "check";
  } catch (const Interrupted&) {
    return "";
  }
}

// Replays candidates in several threads. What it knows to pass it does not try again.
class Bench : public sim::Laboratory {
 public:
  Bench(std::string signature, const ShrinkOrder& order)
      : signature_(std::move(signature)),
        threads_(order.threads),
        tells_(order.progress && isatty(STDERR_FILENO) != 0) {}
  ~Bench() override {
    if (tells_) std::fputs("\r\033[K", stderr);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  std::optional<std::size_t> first_that_fails(const std::vector<sim::Scenario>& candidates) override {
    std::vector<std::size_t> fresh;
    std::vector<Fingerprint> prints;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const Fingerprint print = fingerprint(candidates[i]);
      if (passing_.contains(print)) continue;
      fresh.push_back(i);
      prints.push_back(print);
    }
    const std::size_t first = first_failing(candidates, fresh);
    if (!interrupted()) passing_.insert(prints.begin(), prints.begin() + static_cast<std::ptrdiff_t>(first));
    if (interrupted() || first == fresh.size()) return std::nullopt;
    return fresh[first];
  }

  void progress(const std::string& pass, const sim::Scenario& smallest) override {
    if (!tells_) return;
    const sim::Size size = sim::size_of(smallest);
    std::fprintf(stderr, "\r\033[Kshrinking: %s; %zu nodes, %zu faults, %zu sends, %zu fates", pass.c_str(), size.nodes,
                 size.faults, size.sends, size.fates);
    std::fflush(stderr);
  }

  [[nodiscard]] bool told_to_stop() const override { return interrupted(); }

 private:
  using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;
  static Fingerprint fingerprint(const sim::Scenario& scenario) {
    core::Hasher hasher;
    hasher.text(scenario_yaml(scenario));
    return {hasher.digest().high, hasher.digest().low};
  }

  // The place in `which` of the first candidate that fails as wanted; its size if none does. Every candidate before
  // that one has been tried then, unless Ctrl-C came.
  std::size_t first_failing(const std::vector<sim::Scenario>& candidates, const std::vector<std::size_t>& which) const {
    std::size_t passed = 0;
    Work<bool> work;
    work.job = [&](std::size_t i) -> std::optional<bool> {
      if (interrupted()) return std::nullopt;
      return signature_of(candidates[which[i]]) == signature_;
    };
    work.use = [&](bool fails) {
      passed += fails ? 0 : 1;
      return !fails;
    };
    in_order(which.size(), threads_, work);
    return passed;
  }

  std::string signature_;
  unsigned threads_;  // 0: one for each core
  bool tells_;
  std::set<Fingerprint> passing_;
};

sim::Scenario with_nice_network(sim::Scenario scenario) {
  scenario.network = {.latency = {sim::Latency::Shape::fixed, core::Duration::ms(5), {}}, .loss_ppm = 0};
  scenario.links.clear();
  return scenario;
}

// Whether a scenario of that size says by itself what happens.
bool small(const sim::Size& size) {
  constexpr std::size_t kSmall = 12;
  return size.faults + size.sends + size.fates <= kSmall;
}

// Without chance if that is possible. The simplest way that fails as well: a network without trouble; the fate of each
// message written down, once there are few enough; or all as it was.
sim::Shrunk shrink_from_simplest(const sim::Scenario& scenario, const std::string& signature, Bench& bench) {
  using sim::Concrete, sim::Effort;
  if (signature == "check" || !scenario.steps.empty()) return sim::shrink(scenario, bench);
  const auto fails = [&](const sim::Scenario& candidate) { return bench.first_that_fails({candidate}).has_value(); };
  const sim::Scenario faults = concrete(scenario, scenario.seed, Concrete::faults);
  const sim::Scenario nice = with_nice_network(faults);
  if (fails(nice)) return sim::shrink(nice, bench);
  const sim::Scenario rough = sim::shrink(fails(faults) ? faults : scenario, bench, Effort::rough).scenario;
  const sim::Scenario messages = concrete(rough, rough.seed, Concrete::messages);
  if (!fails(messages)) return sim::shrink(rough, bench);
  sim::Shrunk certain = sim::shrink(messages, bench);
  if (small(sim::size_of(certain.scenario)) || interrupted()) return certain;
  sim::Shrunk chancy = sim::shrink(rough, bench);
  return sim::size_of(chancy.scenario) < sim::size_of(certain.scenario) ? chancy : certain;
}

}  // namespace

std::optional<ShrinkResult> shrink_failure(const ShrinkOrder& order) {
  sim::Scenario scenario = *order.scenario;
  scenario.seed = order.seed;
  scenario.description.clear();
  const std::optional<sim::Failure> before = sim::try_out(scenario, scenario.seed);
  if (!before) return std::nullopt;
  Bench bench(before->signature, order);
  ShrinkResult result{*before, shrink_from_simplest(scenario, before->signature, bench), *before};
  const std::optional<sim::Failure> after = sim::try_out(result.shrunk.scenario, result.shrunk.scenario.seed);
  core::check(after && after->signature == before->signature, "what is shrunk fails in the same way");
  result.after = *after;
  return result;
}

}  // namespace tools
