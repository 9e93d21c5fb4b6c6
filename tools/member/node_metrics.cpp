#include "tools/member/node_metrics.hpp"

#include <algorithm>
#include <array>

#include "net/http/metrics.hpp"
#include "net/runtime/clock.hpp"

namespace tools {
namespace {

using core::Kind;
using net::Metrics;

constexpr std::array kRoles{core::Role::follower, core::Role::electing,   core::Role::claiming,
                            core::Role::leader,   core::Role::recovering, core::Role::learner};

double seconds(core::Duration span) {
  return static_cast<double>(span.ns) / 1e9;
}

void add_place(Metrics& metrics, const core::Node& node) {
  metrics.gauge("bellwether_role", "1 for the role that the node has in its group, 0 for the others.");
  for (const core::Role role : kRoles) metrics.sample(node.role() == role, {{"role", core::name_of(role)}});
  metrics.gauge("bellwether_epoch", "The highest epoch that the node has promised or joined.").sample(node.epoch());
  metrics.gauge("bellwether_knows_leader", "1 while the node trusts a leader, itself included.")
      .sample(node.leader() != core::kNobody);
  metrics.gauge("bellwether_hears_quorum", "1 while the node and a quorum of the group hear each other.")
      .sample(node.heartbeat().sees_quorum);
  metrics.gauge("bellwether_voters", "Members that vote, as the node knows them.").sample(node.voters().count());
}

void add_order(Metrics& metrics, const core::Node& node) {
  metrics.counter("bellwether_committed_total", "Events that are in the group's order for good, as the node knows.")
      .sample(node.commit());
  metrics.counter("bellwether_delivered_total", "Events that the node has delivered.").sample(node.delivered());
  metrics.gauge("bellwether_log_entries", "Events in the node's log since its last snapshot.")
      .sample(node.log().size() - node.log().base().seq);
  metrics.gauge("bellwether_outbox_events", "Events submitted at the node that are not decided yet.")
      .sample(node.outbox().pending().size());
  metrics.gauge("bellwether_hold_back_events", "Events that this leader holds back until their causes are in order.")
      .sample(node.held_back());
}

void add_counts(Metrics& metrics, const FactCounts& counts) {
  metrics.counter("bellwether_suspicions_total", "How often the node came to suspect a peer.")
      .sample(counts.suspicions);
  metrics.counter("bellwether_terms_led_total", "How often the node became leader.").sample(counts.terms_led);
  metrics.counter("bellwether_leaders_followed_total", "How often the node came to trust a leader, itself included.")
      .sample(counts.leaders_followed);
  metrics.counter("bellwether_acknowledged_total", "Events submitted at the node that were acknowledged.")
      .sample(counts.acknowledged);
  metrics.counter("bellwether_rejected_total", "Events submitted at the node that were rejected.")
      .sample(counts.rejected);
}

// One sample for each peer.
void each_peer(Metrics& metrics, const Life& life, const net::Roster& roster, auto&& value) {
  for (std::size_t i = 0; i < roster.residents().size(); ++i)
    if (const auto peer = static_cast<core::Member>(i); peer != life.self)
      metrics.sample(value(peer), {{"peer", life.config.members[peer].name}});
}

void add_peers(Metrics& metrics, const Life& life, const net::Roster& roster) {
  const core::Node& node = life.engine.node();
  const core::Instant now = net::machine_time();
  metrics.gauge("bellwether_peer_phi", "How surprising a peer's silence is: the phi of the failure detector.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return node.phi_of(peer, now); });
  metrics.gauge("bellwether_peer_suspected", "1 while the node takes a peer for dead.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return node.suspects(peer); });
  metrics.gauge("bellwether_peer_connected", "1 while the connection to a peer is up.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return life.sockets.reaches(peer); });
  metrics.gauge("bellwether_peer_waiting_bytes", "What waits to be sent to a peer.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return life.sockets.waiting(peer); });
}

void add_traffic(Metrics& metrics, const Life& life, const net::Roster& roster) {
  const net::Sockets& sockets = life.sockets;
  metrics.counter("bellwether_peer_sent_messages_total", "Messages for a peer.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return sockets.sent_to(peer).messages; });
  metrics.counter("bellwether_peer_sent_bytes_total", "Bytes of the messages for a peer.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return sockets.sent_to(peer).bytes; });
  metrics.counter("bellwether_peer_received_messages_total", "Messages that came from a peer.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return sockets.received_from(peer).messages; });
  metrics.counter("bellwether_peer_received_bytes_total", "Bytes of binary messages that came from a peer.");
  each_peer(metrics, life, roster, [&](core::Member peer) { return sockets.received_from(peer).bytes; });
}

void add_dispatch(Metrics& metrics, const core::Dispatch& dispatch) {
  metrics.gauge("bellwether_crashes_open", "Crashes that are reported and not completed.")
      .sample(dispatch.crashes().size());
  metrics.counter("bellwether_crashes_completed_total", "Crashes that are completed.").sample(dispatch.completed());
  const auto free = std::ranges::count_if(dispatch.ambulances(), [](const auto& unit) { return unit.second.free(); });
  metrics.gauge("bellwether_ambulances", "Ambulances that have ever been there.").sample(dispatch.ambulances().size());
  metrics.gauge("bellwether_ambulances_free", "Ambulances that take a call.").sample(free);
  std::int64_t beds = 0;
  for (const auto& [name, unit] : dispatch.hospitals()) beds += unit.here() ? unit.beds_free() : 0;
  metrics.gauge("bellwether_beds_free", "Beds without a patient, and not reserved for one.").sample(beds);
}

}  // namespace

void FactCounts::on(const core::Record& fact) {
  suspicions += fact.kind == Kind::suspect;
  terms_led += fact.kind == Kind::role && fact.role == core::Role::leader;
  leaders_followed += fact.kind == Kind::leader && fact.peer != core::kNobody;
  acknowledged += fact.kind == Kind::ack;
  rejected += fact.kind == Kind::reject;
}

std::string metrics_of(const std::string& group, const Life* life, const net::Roster* roster, const FactCounts& counts,
                       core::Duration uptime) {
  Metrics metrics({{"node", life == nullptr ? "" : life->config.members[life->self].name}, {"group", group}});
  metrics.gauge("bellwether_uptime_seconds", "Since the program was started.").sample(seconds(uptime));
  metrics.gauge("bellwether_takes_part", "1 once the node takes part in its group.").sample(life != nullptr);
  if (life == nullptr) return metrics.text();
  const core::Node& node = life->engine.node();
  metrics.gauge("bellwether_incarnation", "How often the member has come to life.").sample(life->memory.incarnation);
  add_place(metrics, node);
  add_order(metrics, node);
  add_counts(metrics, counts);
  if (life->config.timing.detector == core::DetectorKind::phi)
    metrics.gauge("bellwether_phi_threshold", "The phi as of which a peer is suspected.")
        .sample(life->config.timing.phi_threshold_milli / 1000.0);
  add_peers(metrics, *life, *roster);
  add_traffic(metrics, *life, *roster);
  if (life->config.city.dispatch.on && node.city() != nullptr) add_dispatch(metrics, node.city()->dispatch);
  return metrics.text();
}

}  // namespace tools
