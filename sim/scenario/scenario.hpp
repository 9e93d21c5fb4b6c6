// A scenario as plain values. Nothing here knows YAML; nothing after the decoder does either.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "core/group/config.hpp"
#include "core/message/type.hpp"
#include "core/trace/record.hpp"
#include "sim/scenario/step.hpp"

namespace sim {

using core::Duration;
using core::Member;

// How long a message travels.
struct Latency {
  enum class Shape : std::uint8_t { fixed, uniform, normal, lognormal, exponential } shape = Shape::uniform;
  Duration a = Duration::ms(1);   // fixed: the value; uniform: least; normal, exponential: mean; lognormal: median
  Duration b = Duration::ms(10);  // uniform: most; normal: standard deviation; lognormal: 99th percentile
  friend bool operator==(const Latency&, const Latency&) = default;
};

// One direction of one link. Probabilities in parts per million.
struct LinkModel {
  Latency latency;
  std::uint32_t loss_ppm = 10'000;
  std::uint32_t duplicate_ppm = 0;
  std::uint32_t reorder_ppm = 0;                  // the share that may overtake; the rest is first in, first out
  std::uint64_t bits_per_second = 1'000'000'000;  // > 0
  friend bool operator==(const LinkModel&, const LinkModel&) = default;
};

// The keys of a link that are given; the others keep what was there.
struct LinkPatch {
  std::optional<Latency> latency;
  std::optional<std::uint32_t> loss_ppm, duplicate_ppm, reorder_ppm;
  std::optional<std::uint64_t> bits_per_second;

  void apply_to(LinkModel& model) const {
    model.latency = latency.value_or(model.latency);
    model.loss_ppm = loss_ppm.value_or(model.loss_ppm);
    model.duplicate_ppm = duplicate_ppm.value_or(model.duplicate_ppm);
    model.reorder_ppm = reorder_ppm.value_or(model.reorder_ppm);
    model.bits_per_second = bits_per_second.value_or(model.bits_per_second);
  }
};

// Whom a fault, a link or a workload means. A list of atoms; names are fixed, the rest is found when it strikes.
struct Atom {
  enum class Who : std::uint8_t {
    member,
    leader,
    followers,
    highest,
    lowest,
    minority,
    majority,
    random,
    crashed,
    all,
    it
  };
  Who who = Who::member;
  Member member = core::kNobody;  // Who::member
  std::uint32_t count = 1;        // Who::random: how many, >= 1
};
using Target = std::vector<Atom>;

struct LinkOverride {  // network.links: from the start, in file order; later ones win
  Target from, to;
  LinkPatch patch;
  bool both = false;
};

// What a fault does. `Restart`, `HealAll` and `Calm` end things, the others begin them.
struct Crash {
  Target who;
};
struct Restart {
  Target who;
};
struct Pause {
  Target who;
};
struct Isolate {
  Target who;
};  // each of them alone
struct Partition {
  std::vector<Target> groups;
};  // nodes in no group are alone
enum class Shape : std::uint8_t { halves, one, bridge, ring };
struct ShapedPartition {
  Shape shape = Shape::halves;
};
struct Cut {
  Target from, to;
  bool both = false;
};
struct LinkFault {
  Target from, to;
  LinkPatch patch;
  bool both = false;
};
struct ClockFault {
  Target who;
  std::optional<std::int32_t> drift_ppm;  // of the monotonic clock, which everything is timed by; |drift| <= 200000
  Duration step;                          // of the wall clock, by which nothing is decided; may be negative
};
struct DiskFault {
  enum class What : std::uint8_t { lose_unsynced, torn_write, corrupt, full, slow } what = What::lose_unsynced;
  Target who;
  Latency latency{Latency::Shape::fixed, Duration::ms(50), {}};  // slow: of a sync, while it is in force
};
struct HealAll {};
// The end of all trouble for `who`: the crashed among them start again, the paused go on, their clocks and disks are
// sound and the links between them are open and as at the start. Everything else is frozen as it is: no fault of the
// file strikes any more, and none is undone.
struct Calm {
  Target who;
};
using Action = std::variant<Crash, Restart, Pause, Isolate, Partition, ShapedPartition, Cut, LinkFault, ClockFault,
                            DiskFault, HealAll, Calm>;

// The action's key in the file, which is its name in `fault` records.
std::string_view name_of(const Action& action);

struct At {
  Duration at;
};
struct Every {
  Duration every, from, until;
};  // `until` included; defaults: from = every, until = duration
struct When {
  core::Kind kind{};
  std::uint64_t nth = 1;
  Duration plus;
};
using Trigger = std::variant<At, Every, When>;

struct Fault {
  Trigger trigger;
  Action action;
  std::optional<Duration> lasts;  // `for`: then it is undone (crash: restarts; pause: resumes; cuts: open again)
  int line = 0;                   // in the file, for messages
};

struct SubmitLoad {
  Duration interval = Duration::ms(50);  // between submissions, all `from` nodes together, dealt round robin
  Target from;                           // default: all
  Duration start;
  Duration stop;
  std::uint32_t size = 100;  // payload bytes
  std::uint32_t chain = 1;   // events that depend on one another
};

// Cars, ambulances and hospitals of emergency dispatch: "car1", "ambulance1", "hospital1" and so on. Each is at some
// node, its server, and moves to another when that is gone or does not answer. The plan is Config::city.dispatch.
struct DispatchLoad {
  // A client is switched off for a while and then comes back.
  struct Away {
    std::string who;
    Duration at, lasts;
  };
  std::uint32_t cars = 10, ambulances = 3, hospitals = 2;
  std::uint32_t beds = 4;                 // in each hospital
  Duration crash_every = Duration::s(5);  // one car after the other
  Duration start, stop;                   // of the crash reports
  Duration leg = Duration::s(2);          // from dispatched to arrived, to transporting, to at_hospital
  Duration handover = Duration::s(5);     // from at_hospital to available
  Duration stay = Duration::s(30);        // of a patient in a bed
  Duration patience = Duration::s(5);     // without an answer, until a client tries another server
  std::vector<Away> away;
};

// What moves the lights; their plan is Config::city.lights.
constexpr std::uint32_t kMostLampDrift = 200'000;  // ppm
struct LightsLoad {
  std::uint32_t lamp_drift_ppm = 0;  // each lamp's clock is wrong by a rate drawn from -drift to +drift
  Duration cars_every;               // with `plan: demand`: so often some approach reports cars that wait; 0: never
};

// One event, submitted at `from` if that runs then. It depends on those of the earlier ones in the file that were
// accepted by then.
struct PlannedEvent {
  std::string name;  // by which others name it in `after`; unique in the file
  Member from = core::kNobody;
  Duration at;
  std::vector<std::uint32_t> after;  // places in Scenario::events, ascending
  std::uint32_t size = 100;          // payload bytes
};

// What becomes of one message, in place of what the link's model would make of it. A closed link still loses it.
struct MessageFate {
  core::Link link;
  core::MessageType type{};
  bool link_down = false;  // in place of `type`: the news that the sender's process is gone; it can only `arrive`
  std::uint64_t nth = 1;   // of this type on this link, counted from 1 over the whole run
  enum class What : std::uint8_t { drop, arrive, copy } what = What::drop;
  Duration at;  // arrive: when, first in first out or not; copy: when it arrives once more. Not before it is sent.
};

// A node joins the group or leaves it. Who joins and has not left before is not there until then.
struct MembershipChange {
  enum class Kind : std::uint8_t { join, leave } kind = Kind::join;
  Target who;  // join: names only
  Duration at;
};

struct Expect {
  bool all_invariants = true;           // `invariants: all`
  std::vector<std::string> invariants;  // else these; each must have something to judge
  std::vector<std::string> violations;  // must be violated
  std::vector<std::string> tolerated;   // may be violated
  Duration settle;                      // default 3 x election_timeout
  struct FinalLeader {
    enum class Who : std::uint8_t { member, highest, any, none } who = Who::any;
    Member member = core::kNobody;
  };
  std::optional<FinalLeader> final_leader;
  std::optional<Duration> leader_within;
  bool delivered_all = false;
  bool completed_all = false;  // every acknowledged crash
  std::vector<std::pair<core::Kind, std::uint64_t>> at_least;
};

struct Scenario {
  std::string file;  // as given on the command line; "" when made by code
  std::string name;
  std::string description;
  std::uint64_t seed = 1;
  Duration duration = Duration::s(60);
  core::Config group;
  std::map<Member, core::Config> own_settings;  // of nodes whose files differ from the group's
  LinkModel network;
  std::vector<LinkOverride> links;
  std::optional<Latency> disk_latency;  // of a sync; none: it takes no time
  std::vector<SubmitLoad> workload;
  std::vector<PlannedEvent> events;
  std::optional<DispatchLoad> dispatch;
  std::optional<LightsLoad> lights;
  std::vector<MessageFate> messages;  // at most one of each `what` for a message; drop goes with no other
  std::vector<MembershipChange> membership;
  std::vector<Fault> faults;
  std::vector<PlannedStep> steps;  // of a settled group; with them there is none of the above but the group
  Expect expect;
};

// What Machines know the newest report of waiting cars by: it comes after the loads and the planned events.
inline std::uint32_t traffic_load(const Scenario& scenario) {
  return static_cast<std::uint32_t>(scenario.workload.size() + scenario.events.size());
}

// What Machines know the submissions of dispatch's clients by: it comes after that.
inline std::uint32_t fleet_load(const Scenario& scenario) {
  return traffic_load(scenario) + 1;
}

// The invariants that can be named in `expect`, core ones first, as in the format's description.
const std::vector<std::string>& invariant_names();

}  // namespace sim
