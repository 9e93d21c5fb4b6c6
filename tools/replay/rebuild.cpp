#include "tools/replay/rebuild.hpp"

#include <algorithm>
#include <map>

#include "core/group/names.hpp"
#include "tools/replay/attune.hpp"
#include "tools/replay/by_time.hpp"

namespace tools {
namespace {

using core::Duration;
using core::Instant;
using core::Member;

sim::Target only(Member member) {
  return {{.member = member}};
}

Duration since_start(Instant at) {
  return at - Instant{};
}

// Why the simulator cannot begin where they began; "": it can.
std::string obstacle(const std::vector<Past>& lives, const RecordedGroup& group) {
  const core::Config& config = group.config();
  for (const Past& past : lives)
    if (past.birth.group != lives.front().birth.group)
      return past.file + " is of the group '" + past.birth.group + "', the others are of '" +
             lives.front().birth.group + "'; keep the recordings of each group in a folder of its own";
  for (Member member = 0; member < config.size(); ++member) {
    const auto& of_one = group.lives()[member];
    for (std::size_t i = 1; i < of_one.size(); ++i)
      if (of_one[i].past->birth.incarnation <= of_one[i - 1].past->birth.incarnation)
        return of_one[i].past->file + " is of a later group than " + of_one[i - 1].past->file +
               ", though it has the same name; keep the recordings of each group in a folder of its own";
    if (of_one.empty() && config.members[member].founder)
      return "there is no recording of " + config.members[member].name;
    if (!of_one.empty() && !of_one.front().past->fresh)
      return config.members[member].name +
             " began with what an earlier run had left, and only that run's recordings tell what";
  }
  return {};
}

void describe(const std::vector<Past>& lives, sim::Scenario& scenario) {
  scenario.file.clear();
  scenario.group = lives.front().birth.config;
  for (const Past& past : lives)
    if (past.birth.config.digest != scenario.group.digest) scenario.own_settings[past.birth.self] = past.birth.config;
  scenario.workload.clear();
  scenario.links.clear();
  if (scenario.group.city.lights.intersections > 0 && !scenario.lights) scenario.lights.emplace();
  if (!scenario.dispatch) scenario.group.city.dispatch = {};
  if (!scenario.name.empty()) return;
  scenario.name = lives.front().birth.group;
  scenario.expect.settle = scenario.group.timing.election_timeout * 3;
}

// Where recordings end too early, so does the scenario, and nothing is expected but the invariants.
void bound(const RecordedGroup& group, bool as_run, Rebuilt& out) {
  const bool short_of_it = std::any_of(group.lives().begin(), group.lives().end(), [](const auto& of_one) {
    return std::any_of(of_one.begin(), of_one.end(),
                       [](const RecordedLife& life) { return life.fate == Fate::unknown; });
  });
  if (as_run && !short_of_it) return;
  if (!as_run || since_start(group.end()) < out.scenario.duration) out.scenario.duration = since_start(group.end());
  if (!short_of_it) return;
  const Duration settle = out.scenario.expect.settle;
  out.scenario.expect = {};
  out.scenario.expect.settle = settle;
  out.notes.push_back("a recording ends earlier than its life, and there the scenario ends");
}

void add(std::vector<sim::Fault>& faults, Instant at, sim::Action action) {
  faults.push_back({.trigger = sim::At{since_start(at)}, .action = std::move(action), .lasts = std::nullopt});
}

// A process was killed after the last that it wrote, and starts again when it first writes.
std::vector<sim::Fault> faults_of(const RecordedGroup& group, const Troubles* troubles, Duration duration) {
  std::vector<sim::Fault> faults;
  if (troubles != nullptr) faults = troubles->faults;
  for (Member member = 0; member < group.lives().size(); ++member) {
    const auto& lives = group.lives()[member];
    for (std::size_t i = 0; i < lives.size(); ++i) {
      if (lives[i].fate != Fate::killed) continue;
      const Instant killed = group.ended(lives[i]) + Duration{1};
      add(faults, killed, sim::Crash{only(member)});
      if (i + 1 == lives.size()) continue;
      const bool durable = group.config().storage == core::Storage::durable;
      using Disk = sim::DiskFault;
      if (durable && lives[i + 1].past->forgot)
        add(faults, killed, Disk{.what = Disk::What::corrupt, .who = only(member)});
      add(faults, group.begun(lives[i + 1]), sim::Restart{only(member)});
    }
  }
  const auto time = [](const sim::Fault& fault) { return std::get<sim::At>(fault.trigger).at; };
  sort_by_time(faults, time);
  std::erase_if(faults, [&](const sim::Fault& fault) { return time(fault) > duration; });
  return faults;
}

std::vector<sim::PlannedEvent> events_of(const RecordedGroup& group, Duration duration) {
  std::vector<std::tuple<Duration, Member, const Past::Submitted*>> all;
  for (Member member = 0; member < group.lives().size(); ++member)
    for (const RecordedLife& life : group.lives()[member])
      for (const Past::Submitted& one : life.past->submitted)
        if (const Duration at = since_start(group.since_start(one.at)); at <= duration && !one.of_city)
          all.emplace_back(at, member, &one);
  sort_by_time(all, [](const auto& one) { return std::get<0>(one); });
  std::vector<sim::PlannedEvent> events;
  std::map<core::EventId, std::uint32_t> places;
  for (const auto& [at, from, one] : all) {
    sim::PlannedEvent event{.name = "e" + std::to_string(events.size() + 1),
                            .from = from,
                            .at = at,
                            .after = {},
                            .size = static_cast<std::uint32_t>(one->size)};
    for (const core::EventId cause : one->depends_on)
      if (const auto place = places.find(cause); place != places.end()) event.after.push_back(place->second);
    std::sort(event.after.begin(), event.after.end());
    if (one->id.number != 0) places[one->id] = static_cast<std::uint32_t>(events.size());
    events.push_back(std::move(event));
  }
  return events;
}

// Who is no founder joins when it starts, at the end if it never did; who has left joins again.
std::vector<sim::MembershipChange> membership_of(const RecordedGroup& group, Duration duration) {
  using Kind = sim::MembershipChange::Kind;
  std::vector<sim::MembershipChange> changes;
  const auto change = [&](Kind kind, Member member, Instant at) {
    changes.push_back({kind, only(member), std::min(since_start(at), duration)});
  };
  for (Member member = 0; member < group.lives().size(); ++member) {
    const auto& lives = group.lives()[member];
    bool joins = !group.config().members[member].founder;
    if (joins && lives.empty()) change(Kind::join, member, Instant{} + duration);
    for (const RecordedLife& life : lives) {
      if (joins) change(Kind::join, member, group.begun(life));
      if (!life.past->leaves.empty()) change(Kind::leave, member, group.since_start(life.past->leaves.front()));
      joins = life.fate == Fate::left;
    }
  }
  sort_by_time(changes, [](const sim::MembershipChange& one) { return one.at; });
  return changes;
}

// What lamps, cars and ambulances said live came to single nodes, whose own lives contain it.
void note_city(const core::CityPlan& plan, const sim::Scenario& scenario, std::vector<std::string>& notes) {
  if (scenario.lights) notes.emplace_back("lamps, and cars that wait at them, are the simulator's own");
  if (scenario.dispatch) notes.emplace_back("cars, ambulances and hospitals are the simulator's own");
  if (plan.dispatch.on && !scenario.dispatch)
    notes.emplace_back("emergency dispatch is left out: recordings of nodes do not tell who its clients were");
}

// As the simulator deals them.
bool same_dice(const Past& past, std::uint64_t seed) {
  using core::Rng, core::Purpose;
  const auto& birth = past.birth;
  return birth.rng == (birth.incarnation == 1 ? Rng::stream(seed, Purpose::node, {birth.self})
                                              : Rng::stream(seed, Purpose::node, {birth.self, birth.incarnation}));
}

}  // namespace

Rebuilt rebuild(const std::vector<Past>& lives, const sim::Scenario* run, const Troubles* troubles) {
  const RecordedGroup group(lives, troubles);
  Rebuilt out;
  out.impossible = obstacle(lives, group);
  if (!out.impossible.empty()) return out;
  sim::Scenario& scenario = out.scenario;
  if (run != nullptr) scenario = *run;
  describe(lives, scenario);
  bound(group, run != nullptr, out);
  scenario.faults = faults_of(group, troubles, scenario.duration);
  scenario.events = events_of(group, scenario.duration);
  scenario.membership = membership_of(group, scenario.duration);
  const Crossings crossings = crossings_of(group, Instant{} + scenario.duration);
  scenario.network = {.latency = {sim::Latency::Shape::fixed, crossings.usual, {}}, .loss_ppm = 0};
  attune(scenario, crossings, likes_of(lives));
  note_city(lives.front().birth.config.city, scenario, out.notes);
  if (crossings.unexplained > 0)
    out.notes.push_back(std::to_string(crossings.unexplained) +
                        " connections between living nodes broke or were refused, which a scenario cannot say");
  if (!std::all_of(lives.begin(), lives.end(), [&](const Past& past) { return same_dice(past, scenario.seed); }))
    out.notes.push_back("the nodes drew how long they wait before an election from other dice than the simulator's");
  return out;
}

}  // namespace tools
