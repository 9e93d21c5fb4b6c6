#include "net/record/birth.hpp"

#include <utility>
#include <vector>

#include "core/base/codec.hpp"

namespace net {
namespace {

// Each list of fields serves the writer and the reader.
void timing(auto& t, auto&& visit) {
  visit(t.heartbeat_interval.ns), visit(t.detector), visit(t.phi_threshold_milli), visit(t.phi_window);
  visit(t.phi_min_stddev.ns), visit(t.phi_acceptable_pause.ns), visit(t.fixed_timeout.ns), visit(t.answer_timeout.ns);
  visit(t.election_timeout.ns), visit(t.retransmit.ns), visit(t.hold_timeout.ns), visit(t.clock_drift_max_ppm);
}

void member(auto& m, auto&& visit) {
  visit(m.name), visit(m.id.high), visit(m.id.low), visit(m.rank), visit(m.founder);
}

void city(auto& plan, auto&& visit) {
  visit(plan.dispatch.on), visit(plan.dispatch.give_back.ns);
  auto& lights = plan.lights;
  visit(lights.intersections), visit(lights.approaches), visit(lights.green.ns), visit(lights.yellow.ns);
  visit(lights.all_red.ns), visit(lights.min_green.ns), visit(lights.order), visit(lights.leases);
  visit(lights.corner), visit(lights.block), visit(lights.keepers);
}

void rules(auto& config, auto&& visit) {
  visit(config.quorum), visit(config.takeover), visit(config.storage), visit(config.snapshot_every);
  timing(config.timing, visit);
  city(config.city, visit);
}

void life(auto& birth, auto&& visit) {
  visit(birth.group), visit(birth.self), visit(birth.incarnation), visit(birth.first_number), visit(birth.form);
  visit(birth.origin);
}

void small(auto& durable, auto&& visit) {
  visit(durable.promised), visit(durable.promised_to), visit(durable.log), visit(durable.last_number);
  visit(durable.restraint.ns), visit(durable.memories), visit(durable.recovering);
}

void put(core::Writer& out, const core::Durable& durable) {
  small(durable, [&](const auto& field) { out.put(field); });
  out.put(durable.pending);
  out.put(durable.snapshot == nullptr ? std::string{} : durable.snapshot->bytes);
}

// False: its snapshot is none.
bool get(core::Reader& in, core::Durable& durable, std::size_t members) {
  small(durable, [&](auto& field) { in.get(field); });
  std::vector<core::EventRef> pending;
  std::string bytes;
  in.get(pending), in.get(bytes);
  durable.pending.assign(pending.begin(), pending.end());
  if (bytes.empty()) return true;
  std::optional<core::Snapshot> snapshot = core::decode_snapshot(bytes, members);
  if (snapshot) durable.snapshot = core::keep(std::move(*snapshot));
  return snapshot.has_value();
}

bool sensible(const core::CityPlan& city, std::size_t members) {
  const core::LightsPlan& lights = city.lights;
  return lights.approaches > 0 && lights.order <= core::PhaseOrder::demand && lights.corner.sound() &&
         lights.block > 0 && lights.keepers <= members;
}

bool sensible(const Birth& birth) {
  const core::Config& config = birth.config;
  return birth.self < config.size() && (birth.form == Form::binary || birth.form == Form::json) &&
         config.quorum <= core::Quorum::none && config.takeover <= core::Takeover::never &&
         config.storage <= core::Storage::memory && config.timing.detector <= core::DetectorKind::fixed &&
         sensible(config.city, config.size());
}

}  // namespace

std::string encode(const Birth& birth) {
  core::Writer out;
  const auto one = [&](const auto& field) { out.put(field); };
  life(birth, one);
  out.put(birth.rng.state());
  rules(birth.config, one);
  out.put(birth.config.digest);
  out.put(birth.config.members.size());
  for (const core::MemberInfo& info : birth.config.members) member(info, one);
  put(out, birth.durable);
  return out.take();
}

std::optional<Birth> decode_birth(std::string_view bytes) {
  core::Reader in(bytes);
  Birth birth;
  std::uint64_t state = 0, members = 0;
  const auto one = [&](auto& field) { in.get(field); };
  life(birth, one);
  in.get(state);
  rules(birth.config, one);
  in.get(birth.config.digest);
  in.get(members);
  if (members > bytes.size() || members > core::kNobody) return std::nullopt;
  birth.config.members.resize(members);
  for (core::MemberInfo& info : birth.config.members) member(info, one);
  birth.rng = core::Rng{state};
  if (!get(in, birth.durable, members) || !in.done() || !sensible(birth)) return std::nullopt;
  return birth;
}

}  // namespace net
