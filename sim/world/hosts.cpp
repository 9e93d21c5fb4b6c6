#include "sim/world/hosts.hpp"

#include <algorithm>
#include <utility>

namespace sim {

Hosts::Hosts(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Network& network, Recorder& recorder)
    : scenario_{scenario},
      seed_{seed},
      timeline_{timeline},
      network_{network},
      recorder_{recorder},
      post_{timeline, network, recorder},
      carrier_{post_, recorder},
      hosts_(scenario.group.size()) {}

void Hosts::start_all() {
  for (std::size_t i = 0; i < hosts_.size(); ++i)
    if (scenario_.group.members[i].founder) boot(static_cast<Member>(i), core::Kind::start);
}

void Hosts::restart(Member member) {
  core::check(life(member) == Life::down, "only a node that is down restarts");
  boot(member, core::Kind::restart);
}

// A node's first life draws from the stream of its member; each later one from a stream of its own.
void Hosts::boot(Member member, core::Kind kind) {
  Host& host = hosts_[member];
  ++host.incarnation;
  const core::Rng rng = host.incarnation == 1
                            ? core::Rng::stream(seed_, core::Purpose::node, {member})
                            : core::Rng::stream(seed_, core::Purpose::node, {member, host.incarnation});
  const bool forgets = scenario_.group.storage == core::Storage::memory && host.incarnation > 1;
  if (forgets) host.durable = core::Durable::forgotten(member, host.incarnation);
  host.node.emplace(settings_of(member), member, host.durable, rng);
  host.standing = {Life::up, 0};
  host.left = false;
  host.booting = true;
  ready_.push_back(member);
  record(kind, member);
}

void Hosts::crash(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life != Life::down, "a node that is down cannot crash");
  host.standing = {Life::down, 0};
  host.node.reset();
  host.booting = host.asleep = host.leaving = false;
  if (host.rest) carrier_.let_go(*host.rest);
  host.rest.reset();
  record(core::Kind::crash, member);
  break_links(member);
  empty_inbox(host);
}

// The others learn of a crash after one latency, each on its own link, unless that is closed.
void Hosts::break_links(Member dead) {
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    const auto peer = static_cast<Member>(i);
    if (peer == dead || life(peer) == Life::down || !network_.open(dead, peer)) continue;
    timeline_.push({network_.latency_from(timeline_.now(), dead, peer), Due::Kind::link_down, peer, dead});
  }
}

void Hosts::empty_inbox(Host& host) {
  for (; host.handled < host.inbox.size(); ++host.handled)
    if (host.inbox[host.handled].kind() != Due::Kind::link_down) post_.drop_at_dead_node(host.inbox[host.handled]);
  host.inbox.clear();
  host.handled = 0;
}

void Hosts::pause(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::up, "only a running node can be paused");
  host.standing.life = Life::paused;
  host.asleep = true;
  record(core::Kind::pause, member);
}

void Hosts::resume(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::paused, "only a paused node resumes");
  host.standing.life = Life::up;
  ready_.push_back(member);
  record(core::Kind::resume, member);
}

void Hosts::join(Member member) {
  boot(member, hosts_[member].incarnation == 0 ? core::Kind::start : core::Kind::restart);
}

void Hosts::leave(Member member) {
  hosts_[member].leaving = true;
  ready_.push_back(member);
}

const core::Config& Hosts::settings_of(Member member) const {
  const auto own = scenario_.own_settings.find(member);
  return own == scenario_.own_settings.end() ? scenario_.group : own->second;
}

void Hosts::record(core::Kind kind, Member member) {
  core::Record record;
  record.left = kind == core::Kind::crash && hosts_[member].left;
  record.kind = kind;
  record.node = member;
  if (kind == core::Kind::start || kind == core::Kind::restart) {
    record.number = hosts_[member].incarnation;
    record.seq = hosts_[member].durable.applied();
  }
  recorder_.on(record);
}

void Hosts::arrive(const Due& due) {
  const bool message = due.kind() != Due::Kind::link_down;
  if (!post_.open(due)) {
    if (message) post_.drop_at_closed_link(due);
    return;
  }
  switch (life(due.node())) {
    case Life::up:
      return take(due);
    case Life::paused:
      return hosts_[due.node()].inbox.push_back(due);
    case Life::down:
      if (message) post_.drop_at_dead_node(due);
  }
}

void Hosts::expect(const Due& due) const {
  const Host& host = hosts_[due.node()];
  if (due.kind() == Due::Kind::deliver && host.node) host.node->expect(due.peer());
}

void Hosts::take(const Due& due) {
  core::Node& node = open_step(due.node());
  if (due.kind() == Due::Kind::link_down) return node.link_down(timeline_.now(), due.peer(), step_.effects);
  post_.received(due);
  node.receive(timeline_.now(), post_.message(due), step_.effects);
  post_.release(due.arg);
}

// A wake-up that is no longer the host's alarm is stale. Timers that were put off meanwhile move the alarm only
// here: so messages that put them off, as nearly all do, cost the queue nothing.
void Hosts::wake(const Due& due) {
  Host& host = hosts_[due.node()];
  if (host.alarm != due.at) return;
  host.alarm = core::Instant::never();
  if (host.standing.life != Life::up) return;
  if (host.node->next_wake() > timeline_.now()) return set_alarm(due.node());
  ++timers_fired_;
  open_step(due.node()).wake(timeline_.now(), step_.effects);
}

core::EventId Hosts::submit(Member member, const core::Submission& submission) {
  return open_step(member).submit(timeline_.now(), submission, step_.effects);
}

core::Node& Hosts::open_step(Member member) {
  core::check(step_.node == core::kNobody, "one step is in hand at a time");
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::up, "only a running node takes steps");
  step_.node = member;
  step_.incarnation = host.incarnation;
  return *host.node;
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

// Begins the next step that the node owes since it was started or resumed, if any.
bool Hosts::catch_up(Member member) {
  Host& host = hosts_[member];
  if (host.standing.life != Life::up) return false;
  if (host.rest) {
    step_ = std::move(*std::exchange(host.rest, nullptr));
  } else if (std::exchange(host.booting, false)) {
    open_step(member).start(timeline_.now(), step_.effects);
  } else if (std::exchange(host.asleep, false)) {
    if (host.node->next_wake() <= timeline_.now()) ++timers_fired_;
    open_step(member).wake(timeline_.now(), step_.effects);
  } else if (std::exchange(host.leaving, false)) {
    open_step(member).leave(timeline_.now(), step_.effects);
  } else if (host.handled < host.inbox.size()) {
    take(host.inbox[host.handled++]);
  } else {
    empty_inbox(host);
    return false;
  }
  return true;
}

// Until the step is done, its node is stopped, or a fault has fired.
void Hosts::carry_out() {
  Host& host = hosts_[step_.node];
  while (!step_.done()) {
    if (host.incarnation != step_.incarnation || host.standing.life == Life::down) break;
    if (host.standing.life == Life::paused) return put_off(host);
    if (!carrier_.carry_out_next(step_, host)) crash(step_.node);
    if (recorder_.fired()) return;
  }
  finish();
}

void Hosts::put_off(Host& host) {
  host.rest = std::make_unique<Step>(std::move(step_));
  step_ = Step{};
}

void Hosts::finish() {
  const Member member = step_.node;
  const bool runs = hosts_[member].incarnation == step_.incarnation && life(member) == Life::up;
  carrier_.let_go(step_);
  if (runs) set_alarm(member);
}

void Hosts::set_alarm(Member member) {
  Host& host = hosts_[member];
  const core::Instant due = std::max(host.node->next_wake(), timeline_.now());
  if (due >= host.alarm) return;
  host.alarm = due;
  timeline_.push({due, Due::Kind::wake, member});
}

std::vector<Standing> Hosts::standings() const {
  std::vector<Standing> standings;
  standings.reserve(hosts_.size());
  for (const Host& host : hosts_) standings.push_back(host.standing);
  return standings;
}

bool Hosts::submitted(core::EventId id) const {
  const core::EventId newest = hosts_[id.member()].submitted;
  return newest.origin == id.origin && newest.number >= id.number;
}

}  // namespace sim
