#include "tests/core/cluster.hpp"

#include <algorithm>
#include <stdexcept>

namespace tests {

using core::Effect;

core::Config group_of(std::size_t n) {
  core::Config config;
  for (std::size_t i = 0; i < n; ++i)
    config.members.push_back({.name = name_of(static_cast<Member>(i)), .id = {0, i + 1}, .rank = 0});
  config.timing.heartbeat_interval = Duration::ms(100);
  config.timing.detector = core::DetectorKind::fixed;
  config.timing.fixed_timeout = Duration::ms(600);
  return config;
}

std::string name_of(Member member) {
  return member == core::kNobody ? "nobody" : "n" + std::to_string(member + 1);
}

Cluster::Cluster(core::Config config, std::uint64_t seed)
    : config_{std::make_unique<const core::Config>(std::move(config))}, seed_{seed}, hosts_(config_->size()) {}

void Cluster::configure(Member member, core::Config config) {
  hosts_[member].config = std::make_unique<const core::Config>(std::move(config));
}

void Cluster::start(Member member) {
  Host& host = hosts_[member];
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::node, {member, ++host.incarnation});
  host.node.emplace(host.config ? *host.config : *config_, member, host.disk, rng);
  step(member, [&](core::Effects& out) { host.node->start(now_, out); });
}

void Cluster::start_all() {
  for (Member member = 0; member < size(); ++member)
    if (config_->members[member].founder) start(member);
}

void Cluster::crash(Member member) {
  hosts_[member].node.reset();
  hosts_[member].doom.reset();
  hosts_[member].fuse = 0;
  std::erase_if(in_flight_, [&](const Flight& flight) { return flight.to == member; });
}

void Cluster::forget(Member member) {
  crash(member);
  hosts_[member].disk = core::Durable::forgotten(member, hosts_[member].incarnation + 1);
  start(member);
}

void Cluster::retire(Member member) {
  step(member, [&](core::Effects& out) { node(member).retire(now_, out); });
}

void Cluster::leave(Member member) {
  step(member, [&](core::Effects& out) { node(member).leave(now_, out); });
}

void Cluster::link_down(Member member, Member peer) {
  step(member, [&](core::Effects& out) { node(member).link_down(now_, peer, out); });
}

core::EventId Cluster::submit(Member member, std::vector<core::EventId> depends_on, std::string payload) {
  const core::Submission submission{std::move(depends_on), "test", std::move(payload)};
  core::EventId id;
  step(member, [&](core::Effects& out) { id = node(member).submit(now_, submission, out); });
  return id;
}

void Cluster::receive(Member to, const core::Message& message) {
  step(to, [&](core::Effects& out) { node(to).receive(now_, message, out); });
}

void Cluster::wake(Member member) {
  step(member, [&](core::Effects& out) { node(member).wake(now_, out); });
}

void Cluster::step(Member member, auto&& input) {
  core::Effects effects;
  const core::Durable before = watch ? hosts_[member].disk : core::Durable{};
  input(effects);
  std::size_t carried_out = 0;
  while (carried_out < effects.list().size() && up(member))
    if (carry_out(member, effects, effects.list()[carried_out])) ++carried_out;
  if (watch) watch({member, effects, carried_out, before});
}

// False: the process ends just before it.
bool Cluster::carry_out(Member member, core::Effects& effects, const Effect& effect) {
  Host& host = hosts_[member];
  if (effect.kind == Effect::Kind::send) {
    const core::Message& message = effects.messages()[effect.index];
    if (message.type() == host.doom) return crash(member), false;
    post(member, effect.to, message);
  } else if (effect.kind == Effect::Kind::persist) {
    host.disk.apply(effects.persists()[effect.index]);
    if (host.fuse != 0 && --host.fuse == 0) crash(member);
  } else if (effects.facts()[effect.index].left) {
    crash(member);
  }
  return true;
}

void Cluster::post(Member from, Member to, const core::Message& message) {
  Flight flight{Instant::never(), from, to, message};
  const std::optional<Duration> latency = route ? route(flight) : Duration::ms(1);
  if (!latency) return;
  if (*latency < Duration::forever()) flight.arrives = now_ + *latency;
  in_flight_.push_back(std::move(flight));
}

// Carries out the next arrival or timer up to `limit`; of several at the same time arrivals come first.
bool Cluster::next_event(Instant limit) {
  const auto first = std::ranges::min_element(in_flight_, {}, &Flight::arrives);
  Instant at = first == in_flight_.end() ? Instant::never() : first->arrives;
  Member timer_of = core::kNobody;
  for (Member member = 0; member < size(); ++member) {
    if (!up(member) || node(member).next_wake() >= at) continue;
    at = node(member).next_wake();
    timer_of = member;
  }
  if (at > limit) return false;
  now_ = std::max(now_, at);
  if (timer_of != core::kNobody) {
    wake(timer_of);
    return true;
  }
  const Flight flight = std::move(*first);
  in_flight_.erase(first);
  if (up(flight.to)) receive(flight.to, flight.message);
  return true;
}

void Cluster::run(Duration span) {
  run_until(span, [] { return false; });
}

bool Cluster::run_until(Duration limit, const std::function<bool()>& done) {
  const Instant end = now_ + limit;
  while (!done())
    if (!next_event(end)) {
      now_ = end;
      return done();
    }
  return true;
}

Member Cluster::leader_of_all() {
  Member leader = core::kNobody;
  for (Member member = 0; member < size(); ++member) {
    if (!up(member)) continue;
    const Member its = node(member).leader();
    if (its == core::kNobody || (leader != core::kNobody && its != leader)) return core::kNobody;
    leader = its;
  }
  if (leader == core::kNobody || !up(leader) || node(leader).role() != core::Role::leader) return core::kNobody;
  return leader;
}

Member Cluster::settle() {
  if (!run_until(Duration::s(20), [&] { return leader_of_all() != core::kNobody; }))
    throw std::runtime_error("no leader is trusted by all after 20 s");
  return leader_of_all();
}

}  // namespace tests
