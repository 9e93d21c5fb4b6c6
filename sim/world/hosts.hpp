// All members and what goes on in them. Gives each node its inputs and carries out what it wants done; starts,
// stops and breaks nodes as it is told. It decides nothing.
//
// One step is in hand at a time: an input begins it, proceed() carries out its effects and comes back early when a
// record has set off a `when` fault, which so strikes between two effects. A step that has to wait for the host's disk
// is put aside; so is what reaches the host meanwhile, all of which becomes one step afterwards, with one sync.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/world/carrier.hpp"
#include "sim/world/host.hpp"
#include "sim/world/post.hpp"
#include "sim/world/recorder.hpp"

namespace sim {

class Hosts {
 public:
  // `script`: where to write down how messages travel; null: nowhere. REQUIRES: all but the seed outlive the hosts.
  Hosts(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Network& network, Recorder& recorder,
        Script* script);

  // Inputs. REQUIRES: proceed() has nothing left to do.
  void start_all();
  void arrive(const Due& due);  // Due::Kind deliver, deliver_copy or link_down
  void wake(const Due& due);
  // Probably the next to arrive. Changes nothing: the memory is fetched while the present is still at work.
  void expect(const Due& due) const;
  void synced(const Due& due);  // Due::Kind::sync
  // An event of a load (its place in the workload, which planned events follow, each by itself); it may wait for the
  // disk first. REQUIRES: the member is up.
  void submit(Member member, std::uint32_t load, const core::Submission& submission);

  // Goes on with what was begun: the step in hand, then whoever has something to catch up on.
  // False when nothing is left to do at this instant.
  bool proceed();

  // Each of these records itself.
  void crash(Member member);    // REQUIRES: not down
  void restart(Member member);  // REQUIRES: down
  void pause(Member member);    // REQUIRES: up
  void resume(Member member);   // REQUIRES: paused

  void join(Member member);   // starts it. REQUIRES: down
  void leave(Member member);  // asks it to. REQUIRES: up

  // What faults do to the machines, from now on.
  void bend_clock(Member member, std::int32_t drift_ppm);
  void set_disk(Member member, const Disk::Condition& condition) { hosts_[member].disk.set(condition); }
  void damage_disk(Member member);

  [[nodiscard]] std::size_t size() const { return hosts_.size(); }
  [[nodiscard]] Life life(Member member) const { return hosts_[member].standing.life; }
  // It has started and not left for good.
  [[nodiscard]] bool present(Member member) const { return hosts_[member].standing.present; }
  [[nodiscard]] std::uint64_t incarnation(Member member) const { return hosts_[member].incarnation; }
  [[nodiscard]] std::vector<Standing> standings() const;
  // The id of a load's newest submission; null while it waits or when the node has refused it.
  [[nodiscard]] core::EventId newest_of(std::uint32_t load) const { return newest_[load].id; }
  // The `submit` record of this event was written, in the life that its node now has or remembers.
  [[nodiscard]] bool submitted(core::EventId id) const;
  // Wake-ups in which a timer was due.
  [[nodiscard]] std::uint64_t timers_fired() const { return timers_fired_; }

 private:
  // The newest submission of a load.
  struct Newest {
    std::uint64_t turn = 0;
    core::EventId id;
  };

  // hosts.cpp: the lives of processes
  void boot(Member member, core::Kind kind);
  void record(core::Kind kind, Member member, bool forgot = false);
  void record_accepted(Member member);
  [[nodiscard]] const core::Config& settings_of(Member member) const;
  void break_links(Member dead);
  void drop_waiting(Host& host);

  // hosts_steps.cpp: what they do
  [[nodiscard]] core::Instant local_time(const Host& host) const { return host.clock.at(timeline_.now()); }
  Host& open_step(Member member);
  bool begin_next();
  bool catch_up(Member member);
  void take_next(Host& host);
  void take(Host& host, const Due& due);
  void take(Host& host, const Submission& submission);
  void fire_timers(Host& host);
  void carry_out();
  void put_off(Host& host);
  void wait_for_sync(Host& host);
  void finish();
  void set_alarm(Member member);

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Network& network_;
  Recorder& recorder_;
  Script* script_;
  Post post_;
  Carrier carrier_;
  std::optional<LatencyTable> sync_latency_;  // none: no disk has any
  std::vector<Host> hosts_;
  std::vector<Newest> newest_;  // by load
  OpenStep step_;               // in hand, or cleared
  std::deque<Member> ready_;    // who may have something to catch up on
  std::uint64_t timers_fired_ = 0;
};

}  // namespace sim
