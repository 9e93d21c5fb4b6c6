#include "sim/world/hosts.hpp"

#include <algorithm>
#include <utility>

namespace sim {

Hosts::Hosts(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Network& network, Recorder& recorder,
             Lamps& lamps, Script* script)
    : scenario_{scenario},
      seed_{seed},
      timeline_{timeline},
      network_{network},
      recorder_{recorder},
      lamps_{lamps},
      script_{script},
      post_{timeline, network, recorder, script},
      carrier_{post_, recorder, lamps},
      hosts_(scenario.group.size()),
      newest_(fleet_load(scenario) + std::size_t{1}) {
  if (scenario.disk_latency) sync_latency_.emplace(*scenario.disk_latency);
  const LatencyTable* latency = sync_latency_ ? &*sync_latency_ : nullptr;
  for (std::size_t i = 0; i < hosts_.size(); ++i)
    hosts_[i].disk = Disk{latency, core::Rng::stream(seed, core::Purpose::disk, {i})};
}

void Hosts::start_all() {
  for (std::size_t i = 0; i < hosts_.size(); ++i)
    if (scenario_.group.members[i].founder)
      boot(static_cast<Member>(i), core::Kind::start);
    else
      hosts_[i].standing.present = false;
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
  if (forgets) host.disk.damage();
  const bool forgot = !host.disk.read(member, host.incarnation);
  host.node.emplace(settings_of(member), member, host.disk.synced(), rng);
  host.standing = {.life = Life::up, .leads = 0, .present = true};
  host.left = false;
  host.booting = true;
  ready_.push_back(member);
  record(kind, member, forgot && !forgets);
  record_accepted(member);
}

void Hosts::crash(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life != Life::down, "a node that is down cannot crash");
  host.standing = {.life = Life::down, .leads = 0, .present = !host.left};
  host.node.reset();
  host.booting = host.asleep = host.leaving = false;
  host.sync = 0;
  host.disk.crash();
  if (host.rest) carrier_.let_go(*host.rest);
  host.rest.reset();
  record(core::Kind::crash, member);
  break_links(member);
  drop_waiting(host);
}

// The others learn of a crash after one latency, each on its own link, unless that is closed.
void Hosts::break_links(Member dead) {
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    const auto peer = static_cast<Member>(i);
    if (peer == dead || life(peer) == Life::down || !network_.open(dead, peer)) continue;
    const core::Instant heard = network_.latency_from(timeline_.now(), dead, peer);
    if (script_ != nullptr)
      script_->passages.push_back(
          {{dead, peer}, std::nullopt, 0, timeline_.now(), {.kind = Fate::Kind::arrives, .at = heard}});
    timeline_.push({heard, Due::Kind::link_down, peer, dead});
  }
}

void Hosts::drop_waiting(Host& host) {
  for (; host.handled < host.inbox.size(); ++host.handled) drop(host.inbox[host.handled]);
  host.inbox.clear();
  host.handled = 0;
  host.submissions.clear();
}

// What reaches a dead node is lost.
void Hosts::drop(const Due& due) {
  if (due.kind() == Due::Kind::lamp_report) lamps_.take_report(due);
  if (due.kind() == Due::Kind::deliver || due.kind() == Due::Kind::deliver_copy) post_.drop_at_dead_node(due);
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

void Hosts::record(core::Kind kind, Member member, bool forgot) {
  core::Record record;
  record.left = kind == core::Kind::crash && hosts_[member].left;
  record.kind = kind;
  record.node = member;
  if (kind == core::Kind::start || kind == core::Kind::restart) {
    record.number = hosts_[member].incarnation;
    record.seq = hosts_[member].disk.synced().applied();
    record.forgot = forgot;
  }
  recorder_.on(record);
}

void Hosts::record_accepted(Member member) {
  Host& host = hosts_[member];
  for (const core::EventRef& event : host.disk.synced().accepted_after(member, host.submitted)) {
    host.submitted = event->id;
    core::Record submit{.kind = core::Kind::submit, .node = member, .id = event->id};
    submit.event = event.get();
    recorder_.on(submit);
  }
}

void Hosts::bend_clock(Member member, std::int32_t drift_ppm) {
  Host& host = hosts_[member];
  if (host.clock.drift_ppm() == drift_ppm) return;
  host.clock.bend(timeline_.now(), drift_ppm);
  if (host.standing.life == Life::up) set_alarm(member);
}

// On the disk of a member that never started is nothing yet.
void Hosts::damage_disk(Member member) {
  if (hosts_[member].incarnation > 0) hosts_[member].disk.damage();
}

std::vector<Standing> Hosts::standings() const {
  std::vector<Standing> standings;
  standings.reserve(hosts_.size());
  for (const Host& host : hosts_) standings.push_back(host.standing);
  return standings;
}

// While it waits for its disk it may know what it must not tell yet.
const core::CityState* Hosts::city(Member member) const {
  const Host& host = hosts_[member];
  return host.listens() && host.node->leader() != core::kNobody ? host.node->city() : nullptr;
}

bool Hosts::submitted(core::EventId id) const {
  const core::EventId newest = hosts_[id.member()].submitted;
  return newest.origin == id.origin && newest.number >= id.number;
}

}  // namespace sim
