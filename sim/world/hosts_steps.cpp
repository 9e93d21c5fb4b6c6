// What hosts do: inputs become steps, and steps are carried out.
#include <algorithm>
#include <utility>

#include "sim/world/hosts.hpp"

namespace sim {

void Hosts::arrive(const Due& due) {
  const bool message = due.kind() != Due::Kind::link_down;
  if (!post_.open(due)) {
    if (message) post_.drop_at_closed_link(due);
    return;
  }
  take_or_keep(due);
}

void Hosts::hear_lamp(const Due& due) {
  take_or_keep(due);
}

void Hosts::take_or_keep(const Due& due) {
  Host& host = hosts_[due.node()];
  if (host.listens()) return take(open_step(due.node()), due);
  if (host.standing.life != Life::down) return host.inbox.push_back(due);
  drop(due);
}

void Hosts::expect(const Due& due) const {
  const Host& host = hosts_[due.node()];
  if (due.kind() == Due::Kind::deliver && host.node) host.node->expect(due.peer());
}

void Hosts::take(Host& host, const Due& due) {
  if (due.kind() == Due::Kind::link_down) return host.node->link_down(local_time(host), due.peer(), step_.effects);
  if (due.kind() == Due::Kind::lamp_report)
    return host.node->lamp(local_time(host), lamps_.take_report(due), step_.effects);
  post_.received(due);
  host.node->receive(local_time(host), post_.message(due), step_.effects);
  post_.release(due.arg);
}

// A wake-up that is no longer the host's alarm is stale. Timers that were put off meanwhile move the alarm only
// here: so messages that put them off, as nearly all do, cost the queue nothing.
void Hosts::wake(const Due& due) {
  Host& host = hosts_[due.node()];
  if (host.alarm != due.at) return;
  host.alarm = core::Instant::never();
  if (!host.listens()) {
    host.asleep = host.standing.life != Life::down;
    return;
  }
  if (host.node->next_wake() > local_time(host)) return set_alarm(due.node());
  fire_timers(open_step(due.node()));
}

void Hosts::fire_timers(Host& host) {
  const core::Instant now = local_time(host);
  if (host.node->next_wake() <= now) ++timers_fired_;
  host.node->wake(now, step_.effects);
}

void Hosts::submit(Member member, std::uint32_t load, const core::Submission& submission) {
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::up, "only a running node takes submissions");
  newest_[load] = {newest_[load].turn + 1, {}};
  if (!host.listens()) return host.submissions.push_back({load, newest_[load].turn, submission});
  open_step(member);
  newest_[load].id = host.node->submit(local_time(host), submission, step_.effects);
}

// A later submission of the same load may have been quicker elsewhere.
void Hosts::take(Host& host, const Submission& submission) {
  const core::EventId id = host.node->submit(local_time(host), submission.event, step_.effects);
  if (Newest& newest = newest_[submission.load]; newest.turn == submission.turn) newest.id = id;
}

Host& Hosts::open_step(Member member) {
  core::check(step_.node == core::kNobody, "one step is in hand at a time");
  Host& host = hosts_[member];
  core::check(host.listens(), "only a running node takes steps");
  step_.node = member;
  step_.incarnation = host.incarnation;
  return host;
}

bool Hosts::proceed() {
  if (step_.node == core::kNobody && !begin_next()) return false;
  carry_out();
  return true;
}

bool Hosts::begin_next() {
  for (; !ready_.empty(); ready_.pop_front())
    if (catch_up(ready_.front())) return true;
  return false;
}

// Begins the next step that the node owes since it was started, resumed or has synced, if any. Where syncs take time,
// all that waits becomes one step.
bool Hosts::catch_up(Member member) {
  Host& host = hosts_[member];
  if (!host.listens()) return false;
  if (host.rest) {
    step_ = std::move(*std::exchange(host.rest, nullptr));
    return true;
  }
  if (!host.behind()) return false;
  open_step(member);
  do take_next(host);
  while (!host.disk.instant() && host.behind() && !recorder_.fired());
  return true;
}

// REQUIRES: the host is behind.
void Hosts::take_next(Host& host) {
  if (std::exchange(host.booting, false)) return host.node->start(local_time(host), step_.effects);
  if (std::exchange(host.asleep, false)) return fire_timers(host);
  if (std::exchange(host.leaving, false)) return host.node->leave(local_time(host), step_.effects);
  if (host.handled < host.inbox.size()) {
    const Due due = host.inbox[host.handled++];
    if (host.handled == host.inbox.size()) host.inbox.clear(), host.handled = 0;
    return take(host, due);
  }
  const Submission submission = std::move(host.submissions.front());
  host.submissions.pop_front();
  take(host, submission);
}

// Until the step is done or has to wait, its node is stopped, or a fault has fired.
void Hosts::carry_out() {
  Host& host = hosts_[step_.node];
  while (!recorder_.fired()) {
    const bool gone = host.incarnation != step_.incarnation || host.standing.life == Life::down;
    if (gone || step_.done()) return finish();
    if (host.standing.life == Life::paused) return put_off(host);
    switch (carrier_.carry_out_next(step_, host)) {
      case Carrier::Then::goes_on:
        break;
      case Carrier::Then::after_sync:
        return wait_for_sync(host);
      case Carrier::Then::stops:
        crash(step_.node);
    }
  }
}

void Hosts::put_off(Host& host) {
  host.rest = std::make_unique<OpenStep>(std::move(step_));
  step_ = OpenStep{};
}

void Hosts::wait_for_sync(Host& host) {
  host.sync = timeline_.push({timeline_.now() + host.disk.draw_latency(), Due::Kind::sync, step_.node});
  put_off(host);
}

// A sync that the host does not wait for is that of a process that died meanwhile.
void Hosts::synced(const Due& due) {
  Host& host = hosts_[due.node()];
  if (host.sync != due.order()) return;
  host.sync = 0;
  host.disk.sync();
  ready_.push_back(due.node());
}

void Hosts::finish() {
  const Member member = step_.node;
  const bool runs = hosts_[member].incarnation == step_.incarnation && life(member) == Life::up;
  carrier_.let_go(step_);
  if (runs) set_alarm(member);
}

void Hosts::set_alarm(Member member) {
  Host& host = hosts_[member];
  const core::Instant due = std::max(host.clock.when(host.node->next_wake()), timeline_.now());
  if (due >= host.alarm) return;
  host.alarm = due;
  timeline_.push({due, Due::Kind::wake, member});
}

}  // namespace sim
