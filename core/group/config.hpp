// What all members of a group agree on before they start: who they are and how long they wait.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/city/plan.hpp"

namespace core {

enum class Quorum : std::uint8_t { majority, none };  // none: a leader alone may sequence and deliver
enum class Takeover : std::uint8_t { caught_up, eager, never };
enum class Storage : std::uint8_t { durable, memory };  // memory: a restart forgets everything
enum class DetectorKind : std::uint8_t { phi, fixed };

struct MemberInfo {
  std::string name;
  Id128 id;
  std::int64_t rank = 0;  // the highest (rank, id) wins
  bool founder = true;    // a voter from the beginning; the others join later
};

struct Timing {
  Duration heartbeat_interval = Duration::ms(500);
  DetectorKind detector = DetectorKind::phi;
  std::uint32_t phi_threshold_milli = 8'000;  // phi at which a silent peer is suspected, in thousandths
  std::uint32_t phi_window = 200;             // inter-arrival samples kept per peer
  Duration phi_min_stddev = Duration::ms(100);
  Duration phi_acceptable_pause = Duration::s(1);
  Duration fixed_timeout = Duration::s(3);
  Duration answer_timeout =
      Duration::s(1);  // for ANSWER; also how long a leaderless node waits before it starts an election
  Duration election_timeout = Duration::s(5);  // for COORDINATOR after ANSWER
  Duration retransmit = Duration::ms(200);     // first repeat; doubles up to 2 s
  Duration hold_timeout = Duration::s(5);      // how long the leader keeps an event whose causes are missing
  std::uint32_t clock_drift_max_ppm = 5'000;   // how wrong the rate of any clock may be, in millionths
};

// Immutable while a run lasts; nodes keep a pointer to it.
struct Config {
  std::vector<MemberInfo> members;  // everybody who may ever take part; the index is the Member
  Quorum quorum = Quorum::majority;
  Takeover takeover = Takeover::caught_up;
  Storage storage = Storage::durable;
  std::uint64_t snapshot_every = 10'000;  // entries between two snapshots; 0: none are taken
  std::uint64_t digest = 0;               // of settings_of() the rest: members with another stay apart
  Timing timing;
  CityPlan city;

  [[nodiscard]] std::size_t size() const { return members.size(); }

  // How many of so many voters make a quorum.
  [[nodiscard]] std::size_t quorum_of(std::size_t voters) const { return quorum == Quorum::none ? 1 : voters / 2 + 1; }

  // True if a bullies b.
  [[nodiscard]] bool outranks(Member a, Member b) const {
    const MemberInfo& x = members[a];
    const MemberInfo& y = members[b];
    return x.rank != y.rank ? x.rank > y.rank : x.id > y.id;
  }
};

}  // namespace core
