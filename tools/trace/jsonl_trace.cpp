#include "tools/trace/jsonl_trace.hpp"

#include "core/city/names.hpp"
#include "core/group/voters.hpp"
#include "tools/scenario_json.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

constexpr std::size_t kBufferBytes = 1 << 16;

// "[a,b]" of what `show` makes of each item.
template <class Items, class Show>
std::string json_list(const Items& items, Show show) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += show(item);
  }
  return out + "]";
}

std::string as_json(std::string_view text) {
  std::string out;
  append_json(out, text);
  return out;
}

}  // namespace

JsonlTrace::JsonlTrace(ByteSink& out, const sim::Scenario& scenario, std::uint64_t seed, Mode mode)
    : out_(out), ids_(scenario.group), plan_(scenario.group.city.lights) {
  for (const core::MemberInfo& member : scenario.group.members) names_.push_back(as_json(member.name));
  header(scenario, seed, mode);
}

void JsonlTrace::header(const sim::Scenario& scenario, std::uint64_t seed, Mode mode) {
  nlohmann::ordered_json config = scenario_json(scenario);
  config["seed"] = seed;
  JsonLine line(buffer_);
  line.text("kind", "header").text("format", "bellwether-trace").number("version", kTraceVersion);
  line.text("scenario", scenario.name).number("seed", seed).text("mode", name_of(mode));
  line.raw("quorum", config["group"]["quorum"].dump()).raw("storage", config["group"]["storage"].dump());
  line.raw("nodes", config["nodes"].dump()).raw("config", config.dump());
  line.end();
}

void JsonlTrace::on(const Record& record) {
  JsonLine line(buffer_);
  line.text("kind", name_of(record.kind)).number("at", record.at.ns);
  fields(line, record);
  line.end();
  if (buffer_.size() >= kBufferBytes) flush();
}

void JsonlTrace::end(const sim::Outcome& outcome) {
  std::string counts = "{";
  for (std::size_t kind = 0; kind < core::kKinds; ++kind) {
    if (outcome.counts[kind] == 0) continue;
    if (counts.size() > 1) counts += ',';
    counts += as_json(name_of(static_cast<Kind>(kind))) + ":" + std::to_string(outcome.counts[kind]);
  }
  JsonLine line(buffer_);
  line.text("kind", "end").number("at", outcome.end.ns).text("verdict", outcome.judgement.passed ? "pass" : "fail");
  line.text("digest", outcome.digest.hex()).raw("counts", counts + "}");
  line.end();
  flush();
  out_.commit();
}

void JsonlTrace::fields(JsonLine& line, const Record& record) const {
  if (record.kind != Kind::drop && record.node != core::kNobody) line.raw("node", name(record.node));
  switch (record.kind) {
    case Kind::crash:
      if (record.left) line.raw("left", "true");
      return;
    case Kind::leave:
    case Kind::pause:
    case Kind::resume:
      return;
    case Kind::start:
    case Kind::restart:
      line.number("incarnation", record.number).number("applied", record.seq);
      if (record.forgot) line.raw("forgot", "true");
      return;
    case Kind::send:
    case Kind::recv:
    case Kind::drop:
      return message_fields(line, record);
    case Kind::suspect:
    case Kind::trust:
      line.raw("peer", name(record.peer)).number("phi_milli", record.phi_milli);
      return;
    case Kind::role:
      line.text("role", name_of(record.role)).number("epoch", record.epoch);
      return;
    case Kind::leader:
      line.raw("leader", name(record.peer)).number("epoch", record.epoch);
      return;
    case Kind::refused:
      line.raw("peer", name(record.peer)).text("reason", record.more->text);
      return;
    case Kind::snapshot:
    case Kind::commit:
      line.number("seq", record.seq).number("epoch", record.epoch);
      return;
    case Kind::submit:
    case Kind::order:
    case Kind::deliver:
    case Kind::ack:
    case Kind::reject:
      return event_fields(line, record);
    case Kind::fault:
    case Kind::heal:
      return fault_fields(line, record);
    case Kind::dispatch:
      return dispatch_fields(line, record.more->dispatch);
    case Kind::light:
      return light_fields(line, record.more->light);
    case Kind::violation:
      line.text("invariant", record.more->text).text("detail", record.more->detail);
      return;
  }
}

void JsonlTrace::message_fields(JsonLine& line, const Record& record) const {
  if (record.kind == Kind::send) line.raw("to", name(record.peer));
  if (record.kind != Kind::send) line.raw("from", name(record.peer));
  if (record.kind == Kind::drop) line.raw("to", name(record.node));
  line.number("msg", record.number).text("type", name_of(record.type));
  if (record.kind == Kind::send) line.number("epoch", record.epoch);
  if (record.kind == Kind::drop) line.text("reason", record.more->text);
}

void JsonlTrace::event_fields(JsonLine& line, const Record& record) const {
  if (record.kind == Kind::order || record.kind == Kind::deliver)
    line.number("seq", record.seq).number("epoch", record.epoch);
  line.raw("event", event_id(record.id));
  if (record.kind == Kind::ack) line.number("seq", record.seq);
  if (record.kind == Kind::reject) line.text("reason", record.more->text);
  if (record.event == nullptr) return;
  line.raw("depends_on", json_list(record.event->depends_on, [&](core::EventId id) { return event_id(id); }));
  line.text("type", record.event->type);
  if (core::changes_voters(*record.event)) {
    std::vector<core::Member> voters;
    const core::MemberSet set = core::voters_in(record.event->payload, names_.size());
    for (core::Member member = 0; member < names_.size(); ++member)
      if (set.has(member)) voters.push_back(member);
    line.raw("voters", json_list(voters, [&](core::Member member) { return name(member); }));
  }
  if (record.event->rejects.number != 0) line.raw("rejects", event_id(record.event->rejects));
}

void JsonlTrace::fault_fields(JsonLine& line, const Record& record) const {
  const auto link = [&](core::Link closed) { return "[" + name(closed.from) + "," + name(closed.to) + "]"; };
  line.number("fault", record.number).text("name", record.more->text);
  line.raw("nodes", json_list(record.more->nodes, [&](core::Member member) { return name(member); }));
  line.raw("closed", json_list(record.more->closed, link));
}

void JsonlTrace::dispatch_fields(JsonLine& line, const core::DispatchFact& fact) const {
  const auto allotted = [&](const std::string& unit) { return unit.empty() ? null_ : as_json(unit); };
  line.text("crash", fact.crash).text("step", name_of(fact.step));
  line.raw("ambulance", allotted(fact.ambulance)).raw("hospital", allotted(fact.hospital));
  line.number("beds_free", fact.beds_free);
}

void JsonlTrace::light_fields(JsonLine& line, const core::LightFact& light) const {
  const std::string approach = core::name_of_approach(plan_, light.lamp.approach);
  line.number("intersection", light.lamp.intersection + 1);
  line.raw("approach", plan_.approaches == 4 ? as_json(approach) : approach);
  line.text("colour", core::name_of(light.colour)).number("until", light.until.ns);
}

void JsonlTrace::flush() {
  out_.write(buffer_);
  buffer_.clear();
}

const std::string& JsonlTrace::name(core::Member member) const {
  return member == core::kNobody ? null_ : names_.at(member);
}

std::string JsonlTrace::event_id(core::EventId id) const {
  return id.number == 0 ? null_ : as_json(ids_.of(id));
}

}  // namespace tools
