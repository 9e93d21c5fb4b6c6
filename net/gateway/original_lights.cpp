#include "net/gateway/original_lights.hpp"

#include <algorithm>
#include <utility>

#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr const char* kColours[] = {"GREEN", "YELLOW", "RED"};
constexpr std::size_t kMostBytes = 4'096;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

OriginalLights::OriginalLights(Self self, const core::LightsPlan& plan, Voice& voice)
    : self_{std::move(self)}, spans_{plan.green, plan.yellow, plan.all_red}, voice_{voice} {}

void OriginalLights::say(const Peer& peer, const char* type, Json payload) {
  const std::string datagram =
      dumped({{"type", type}, {"sender_id", self_.id}, {"sender_name", self_.name}, {"payload", std::move(payload)}});
  if (datagram.size() < kMostBytes) voice_.say(peer.at, datagram);
}

bool OriginalLights::hear(core::Instant now, std::string_view datagram, const Endpoint& from, const Group& group) {
  const Json said = Json::parse(datagram, nullptr, false);
  if (!said.is_object() || !said.contains("sender_id") || !said.contains("type")) return false;
  try {
    const std::string type = text_at(said, "type");
    const Id id = number_at(said, "sender_id");
    if (id == self_.id) return true;
    const Json payload = said.value("payload", Json::object());
    if (type == "DISCOVERY") {
      const auto port = static_cast<std::uint16_t>(number_at(payload, "port", UINT16_MAX));
      return meet(now, id, {from.address(), port}, group.leads), true;
    }
    meet(now, id, from, group.leads);
    const auto found = peers_.find(id);
    if (found == peers_.end()) return true;
    const bool original = !group.members.contains(id);
    take(type, payload, found->first, found->second, original, group);
  } catch (const BadValue&) {
    return true;  // theirs, and of no use
  }
  return true;
}

void OriginalLights::take(const std::string& type, const Json& payload, Id id, Peer& peer, bool original,
                          const Group& group) {
  if (type == "ELECTION" && id < self_.id) answer_election(peer, group);
  if (type == "COORDINATOR" && original && group.leads) peer.tries = kTries;
  if (type == "COORDINATOR" && !original) say(peer, "COORDINATOR_ACK", {{"leader_id", id}});
  if (type == "COORDINATOR_ACK") peer.tries = 0;
  if (type == "PHASE_UPDATE" && !original) take_update(peer, payload);
  if (type == "ACK") take_ack(peer, payload);
  if (type == "NACK" && group.leads) take_nack(peer, payload);
}

void OriginalLights::meet(core::Instant now, Id id, const Endpoint& at, bool leads) {
  if (!peers_.contains(id) && peers_.size() >= kMostPeers) return;
  const auto [place, fresh] = peers_.try_emplace(id);
  Peer& peer = place->second;
  peer.at = at;
  peer.heard = now;
  if (fresh && leads) peer.tries = kTries;
}

// What an original takes from COORDINATOR is that it has no ANSWER any more.
void OriginalLights::coordinate(const Peer& peer, Id leader, const std::string& name) {
  say(peer, "COORDINATOR", {{"leader_id", leader}, {"leader_name", name}});
  say(peer, "ANSWER", Json::object());
}

void OriginalLights::answer_election(const Peer& peer, const Group& group) {
  say(peer, "ANSWER", Json::object());
  if (!group.leader) return;
  const auto leader = group.members.find(*group.leader);
  coordinate(peer, *group.leader, leader == group.members.end() ? self_.name : leader->second);
}

void OriginalLights::take_update(const Peer& peer, const Json& payload) {
  const std::uint64_t seq = number_at(payload, "seq");
  seq_ = std::max(seq_, seq);
  say(peer, "ACK", {{"seq", seq}});
}

void OriginalLights::take_ack(Peer& peer, const Json& payload) {
  const std::uint64_t seq = number_at(payload, "seq");
  if (!peer.under_way || peer.updates.empty() || peer.updates.front()["seq"] != seq) return;
  peer.updates.pop_front();
  peer.under_way = false;
}

// Its numbers begin lower than was thought: what is shown now fills the gap.
void OriginalLights::take_nack(const Peer& peer, const Json& payload) {
  for (const Json& seq : list_at(payload, "missing_seqs", kMostBytes))
    if (seq.is_number_unsigned()) say(peer, "PHASE_UPDATE", update(seq.get<std::uint64_t>()));
}

Json OriginalLights::update(std::uint64_t seq) const {
  return {{"seq", seq}, {"current_green", green_}, {"node_phases", phases_}};
}

// Peers may have heard one number more than this member has.
void OriginalLights::take_over(core::Instant now) {
  seq_ += 2;
  part_ = 2, turns_ = now + spans_[2];
  for (auto& [id, peer] : peers_) {
    peer.updates.clear(), peer.under_way = false;
    peer.tries = kTries, peer.said = {};
  }
}

// The turn goes to the next higher id of an original, and from the last one to the first.
void OriginalLights::move_on(core::Instant now, const Group& group) {
  std::vector<Id> originals;
  for (const auto& [id, peer] : peers_)
    if (!group.members.contains(id)) originals.push_back(id);
  if (originals.empty() || now < turns_) return;
  part_ = (part_ + 1) % 3;
  if (part_ == 0) {
    const auto next = std::upper_bound(originals.begin(), originals.end(), green_);
    green_ = next == originals.end() ? originals.front() : *next;
  }
  turns_ = now + spans_[part_];
  phases_ = Json::object();
  for (const Id id : originals) phases_[std::to_string(id)] = kColours[id == green_ ? part_ : 2];
  ++seq_;
  for (auto& [id, peer] : peers_)
    if (peer.updates.size() < kMostWaiting) peer.updates.push_back(update(seq_));
}

void OriginalLights::tell(core::Instant now, Peer& peer) {
  if (peer.tries > 0 && now >= peer.said + kAgain) {
    --peer.tries;
    peer.said = now;
    coordinate(peer, self_.id, self_.name);
  }
  if (peer.updates.empty() || (peer.under_way && now < peer.told + kAgain)) return;
  peer.under_way = true;
  peer.told = now;
  const Json& next = peer.updates.front();
  say(peer, "STATE_SYNC", {{"sequence_num", next["seq"].get<std::uint64_t>() - 1}});  // it has no ACK of its own
  say(peer, "PHASE_UPDATE", next);
}

core::Instant OriginalLights::wake(core::Instant now, const Group& group) {
  if (now >= announced_) {
    announced_ = now + kAnnounce;
    voice_.announce(dumped({{"type", "DISCOVERY"},
                            {"sender_id", self_.id},
                            {"sender_name", self_.name},
                            {"timestamp", static_cast<double>(now.ns) / 1e9},
                            {"payload", {{"port", self_.port}}}}));
  }
  std::erase_if(peers_, [&](const auto& one) { return now - one.second.heard > kPatience; });
  if (group.leads && !std::exchange(leads_, group.leads)) take_over(now);
  leads_ = group.leads;
  if (leads_) {
    move_on(now, group);
    for (auto& [id, peer] : peers_) tell(now, peer);
  }
  return std::min(announced_, now + core::Duration::ms(100));
}

}  // namespace net
