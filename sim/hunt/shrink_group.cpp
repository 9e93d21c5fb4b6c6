// Who takes part and under which settings, the network between them, and what is expected: as little as possible said.
#include <algorithm>
#include <numeric>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"
#include "sim/scenario/decode.hpp"

namespace sim {
namespace {

// The best scenario with one change, by a function that makes it in place.
template <class Change>
bool change(ShrinkSearch& search, Change make) {
  Scenario changed = search.best();
  make(changed);
  return search.take_one_of({changed});
}

template <class T>
void reset(ShrinkSearch& search, T Expect::* part) {
  change(search, [&](Scenario& scenario) { scenario.expect.*part = T{}; });
}

template <class T>
void reset(ShrinkSearch& search, T core::Timing::* part) {
  change(search, [&](Scenario& scenario) {
    scenario.group.timing.*part = core::Timing{}.*part;
    for (auto& [member, own] : scenario.own_settings) own.timing.*part = core::Timing{}.*part;
  });
}

template <class T>
void reset(ShrinkSearch& search, T core::Config::* part) {
  change(search, [&](Scenario& scenario) {
    scenario.group.*part = core::Config{}.*part;
    for (auto& [member, own] : scenario.own_settings) own.*part = core::Config{}.*part;
  });
}

// The members of a file that says only how many there are.
std::vector<core::MemberInfo> plain_members(std::size_t count) {
  auto decoded = decode("version: 1\nnodes: " + std::to_string(count), "");
  return std::move(std::get<Scenario>(decoded).group.members);
}

bool plain(const Scenario& scenario) {
  const std::vector<core::MemberInfo> wanted = plain_members(scenario.group.size());
  return std::equal(wanted.begin(), wanted.end(), scenario.group.members.begin(),
                    [](const auto& a, const auto& b) { return a.name == b.name && a.id == b.id && a.rank == b.rank; });
}

// The same who wins against whom, but n1, n2 ... from the lowest to the highest.
Scenario with_plain_members(const Scenario& scenario) {
  std::vector<Member> ascending(scenario.group.size());
  std::iota(ascending.begin(), ascending.end(), Member{0});
  std::sort(ascending.begin(), ascending.end(), [&](Member a, Member b) { return scenario.group.outranks(b, a); });
  std::vector<Member> become(ascending.size());
  for (std::size_t i = 0; i < ascending.size(); ++i) become[ascending[i]] = static_cast<Member>(i);
  Scenario out = renumbered(scenario, become);
  out.group.members = plain_members(out.group.size());
  return out;
}

void simplify_timing(ShrinkSearch& search) {
  change(search, [](Scenario& scenario) { scenario.group.timing = {}; });
  reset(search, &core::Timing::heartbeat_interval);
  reset(search, &core::Timing::detector);
  reset(search, &core::Timing::phi_threshold_milli);
  reset(search, &core::Timing::phi_window);
  reset(search, &core::Timing::phi_min_stddev);
  reset(search, &core::Timing::phi_acceptable_pause);
  reset(search, &core::Timing::fixed_timeout);
  reset(search, &core::Timing::answer_timeout);
  reset(search, &core::Timing::election_timeout);
  reset(search, &core::Timing::retransmit);
  reset(search, &core::Timing::hold_timeout);
  reset(search, &core::Timing::clock_drift_max_ppm);
}

// Without each of the items, one after the other.
template <class T>
void leave_out_each(ShrinkSearch& search, std::vector<T> Scenario::* list) {
  for (std::size_t i = (search.best().*list).size(); i-- > 0;)
    change(search, [&](Scenario& scenario) {
      (scenario.*list).erase((scenario.*list).begin() + static_cast<std::ptrdiff_t>(i));
    });
}

}  // namespace

void expect_no_more(ShrinkSearch& search) {
  search.begin("what is expected");
  const auto said_nothing = [](const Scenario& scenario) {
    Expect expect;
    expect.settle = scenario.group.timing.election_timeout * 3;
    return expect;
  };
  change(search, [&](Scenario& scenario) { scenario.expect = said_nothing(scenario); });
  reset(search, &Expect::violations);
  reset(search, &Expect::tolerated);
  reset(search, &Expect::final_leader);
  reset(search, &Expect::leader_within);
  reset(search, &Expect::delivered_all);
  reset(search, &Expect::completed_all);
  reset(search, &Expect::at_least);
  change(search, [](Scenario& scenario) { scenario.expect.all_invariants = true, scenario.expect.invariants = {}; });
  change(search, [&](Scenario& scenario) { scenario.expect.settle = said_nothing(scenario).settle; });
}

void simplify_group(ShrinkSearch& search) {
  search.begin("settings");
  if (!plain(search.best())) search.take_equal(with_plain_members(search.best()));
  change(search, [](Scenario& scenario) { scenario.seed = 1; });
  change(search, [](Scenario& scenario) { scenario.own_settings.clear(); });
  const std::map<Member, core::Config> own = search.best().own_settings;
  for (const auto& [member, settings] : own)
    change(search, [&](Scenario& scenario) { scenario.own_settings.erase(member); });
  for (std::size_t i = 0; i < search.best().group.size(); ++i)
    change(search, [&](Scenario& scenario) { scenario.group.members[i].rank = 0; });
  simplify_timing(search);
  reset(search, &core::Config::takeover);
  reset(search, &core::Config::storage);
  reset(search, &core::Config::snapshot_every);
  reset(search, &core::Config::quorum);
}

void simplify_network(ShrinkSearch& search) {
  search.begin("network");
  constexpr Latency fixed{Latency::Shape::fixed, Duration::ms(5), {}};
  const LinkModel nice{.latency = fixed, .loss_ppm = 0};
  change(search, [&](Scenario& scenario) { scenario.network = nice, scenario.links.clear(); });
  change(search, [](Scenario& scenario) { scenario.disk_latency.reset(); });
  change(search, [](Scenario& scenario) { scenario.links.clear(); });
  leave_out_each(search, &Scenario::links);
  change(search, [&](Scenario& scenario) { scenario.network = nice; });
  change(search, [](Scenario& scenario) { scenario.network.loss_ppm = 0; });
  change(search, [](Scenario& scenario) { scenario.network.duplicate_ppm = 0; });
  change(search, [](Scenario& scenario) { scenario.network.reorder_ppm = 0; });
  change(search, [](Scenario& scenario) { scenario.network.bits_per_second = LinkModel{}.bits_per_second; });
  change(search, [&](Scenario& scenario) { scenario.network.latency = fixed; });
  change(search, [](Scenario& scenario) { scenario.network.latency = {}; });
}

}  // namespace sim
