// All members and what goes on in them. Gives each node its inputs and carries out what it wants done; starts,
// stops and breaks nodes as it is told. It decides nothing.
//
// One step is in hand at a time: an input begins it, proceed() carries out its effects and comes back early when a
// record has set off a `when` fault, which so strikes between two effects.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/world/carrier.hpp"
#include "sim/world/host.hpp"
#include "sim/world/post.hpp"
#include "sim/world/recorder.hpp"

namespace sim {

class Hosts {
 public:
  // REQUIRES: all but the seed outlive the hosts.
  Hosts(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Network& network, Recorder& recorder);

  // Inputs. REQUIRES: proceed() has nothing left to do.
  void start_all();
  void arrive(const Due& due);  // Due::Kind deliver, deliver_copy or link_down
  void wake(const Due& due);
  // Probably the next to arrive. Changes nothing: the memory is fetched while the present is still at work.
  void expect(const Due& due) const;
  // REQUIRES: the member is up. Returns a null id when the node refuses.
  core::EventId submit(Member member, const core::Submission& submission);

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

  [[nodiscard]] std::size_t size() const { return hosts_.size(); }
  [[nodiscard]] Life life(Member member) const { return hosts_[member].standing.life; }
  [[nodiscard]] std::uint64_t incarnation(Member member) const { return hosts_[member].incarnation; }
  [[nodiscard]] std::vector<Standing> standings() const;
  // The `submit` record of this event was written.
  [[nodiscard]] bool submitted(core::EventId id) const;
  // Wake-ups in which a timer was due.
  [[nodiscard]] std::uint64_t timers_fired() const { return timers_fired_; }

 private:
  void boot(Member member, core::Kind kind);
  void record(core::Kind kind, Member member);
  void break_links(Member dead);
  void empty_inbox(Host& host);
  core::Node& open_step(Member member);
  bool begin_next();
  [[nodiscard]] const core::Config& settings_of(Member member) const;
  bool catch_up(Member member);
  void take(const Due& due);
  void carry_out();
  void put_off(Host& host);
  void finish();
  void set_alarm(Member member);

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Network& network_;
  Recorder& recorder_;
  Post post_;
  Carrier carrier_;
  std::vector<Host> hosts_;
  Step step_;                 // in hand, or cleared
  std::deque<Member> ready_;  // who may have something to catch up on
  std::uint64_t timers_fired_ = 0;
};

}  // namespace sim
