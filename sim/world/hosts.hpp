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
#include "sim/world/machines.hpp"
#include "sim/world/post.hpp"
#include "sim/world/recorder.hpp"

namespace sim {

class Hosts final : public Machines {
 public:
  // `script`: where to write down how messages travel; null: nowhere. REQUIRES: all but the seed outlive the hosts.
  Hosts(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Network& network, Recorder& recorder,
        Lamps& lamps, Script* script);

  // Inputs. REQUIRES: proceed() has nothing left to do.
  void start_all();
  void arrive(const Due& due);  // Due::Kind deliver, deliver_copy or link_down
  void wake(const Due& due);
  void hear_lamp(const Due& due);  // Due::Kind::lamp_report
  // Probably the next to arrive. Changes nothing: the memory is fetched while the present is still at work.
  void expect(const Due& due) const;
  void synced(const Due& due);  // Due::Kind::sync
  // Goes on with what was begun: the step in hand, then whoever has something to catch up on.
  // False when nothing is left to do at this instant.
  bool proceed();

  void crash(Member member) override;
  void restart(Member member) override;
  void pause(Member member) override;
  void resume(Member member) override;
  void join(Member member) override;
  void leave(Member member) override;

  Network::Handle change_links(const LinkChange& change) override { return network_.apply(change, scenario_.faults); }
  void bend_clock(Member member, std::int32_t drift_ppm) override;
  void set_disk(Member member, const Disk::Condition& condition) override { hosts_[member].disk.set(condition); }
  void damage_disk(Member member) override;

  // What is submitted may wait for the disk first.
  void submit(Member member, std::uint32_t load, const core::Submission& submission) override;
  [[nodiscard]] core::EventId newest_of(std::uint32_t load) const override { return newest_[load].id; }
  [[nodiscard]] bool submitted(core::EventId id) const override;

  // What the member shows its clients now: its applications. Null: it has none, does not answer, or knows no leader, so
  // that its clients had better go elsewhere.
  [[nodiscard]] const core::CityState* city(Member member) const;

  [[nodiscard]] std::vector<Standing> standings() const override;
  [[nodiscard]] Life life(Member member) const override { return hosts_[member].standing.life; }
  [[nodiscard]] bool present(Member member) const override { return hosts_[member].standing.present; }
  [[nodiscard]] std::uint64_t incarnation(Member member) const override { return hosts_[member].incarnation; }
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
  void drop(const Due& due);

  // hosts_steps.cpp: what they do
  [[nodiscard]] core::Instant local_time(const Host& host) const { return host.clock.at(timeline_.now()); }
  Host& open_step(Member member);
  bool begin_next();
  bool catch_up(Member member);
  void take_or_keep(const Due& due);
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
  Lamps& lamps_;
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
