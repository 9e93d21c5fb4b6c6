#include "tools/trace/record_reader.hpp"

#include <algorithm>
#include <charconv>

#include "core/city/names.hpp"
#include "core/group/voters.hpp"
#include "sim/scenario/decode.hpp"
#include "tools/exit_code.hpp"

namespace tools {
namespace {

using core::Kind;

constexpr std::size_t kRoles = 6, kColours = 3;

sim::Scenario scenario_in(const TraceReader& trace) {
  const Json& header = trace.header();
  Json config = header.value("config", Json::object());
  if (config.value("description", Json()) == "") config.erase("description");  // a file says nothing rather than this
  auto decoded = sim::decode(config.dump(), trace.path());
  if (auto* problems = std::get_if<std::vector<sim::Problem>>(&decoded))
    throw BadInput(trace.path() + ":1: its `config` is no scenario of this program: " + problems->front().message);
  auto& scenario = std::get<sim::Scenario>(decoded);
  if (const Json seed = header.value("seed", Json()); seed.is_number_unsigned()) scenario.seed = seed;
  return std::move(scenario);
}

// All of `text` as a number.
std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

RecordReader::RecordReader(const std::string& path) : trace_{path}, scenario_{scenario_in(trace_)} {}

bool RecordReader::next() {
  if (end_ || !trace_.next()) return false;
  std::optional<Json> line = trace_.record();
  if (!line) return false;
  if ((*line)["kind"] == "end") {
    end_ = std::move(line);
    return false;
  }
  read(*line);
  return true;
}

void RecordReader::read(const Json& line) {
  record_ = {.at = {static_cast<std::int64_t>(number(line, "at"))}, .kind = named<Kind>(line, "kind", core::kKinds)};
  if (line.contains("node")) record_.node = member(line, "node");
  switch (record_.kind) {
    case Kind::crash:
      record_.left = line.value("left", Json(false)) == true;
      return;
    case Kind::leave:
    case Kind::pause:
    case Kind::resume:
      return;
    case Kind::start:
    case Kind::restart:
      record_.number = number(line, "incarnation"), record_.seq = number(line, "applied");
      record_.forgot = line.value("forgot", Json(false)) == true;
      return;
    case Kind::send:
    case Kind::recv:
    case Kind::drop:
      return read_message(line);
    case Kind::suspect:
    case Kind::trust:
      record_.peer = member(line, "peer");
      record_.phi_milli = static_cast<std::uint32_t>(number(line, "phi_milli"));
      return;
    case Kind::role:
      record_.role = named<core::Role>(line, "role", kRoles), record_.epoch = number(line, "epoch");
      return;
    case Kind::leader:
      record_.peer = member(line, "leader"), record_.epoch = number(line, "epoch");
      return;
    case Kind::refused:
      record_.peer = member(line, "peer");
      details_ = {.text = text(line, "reason")}, record_.more = &details_;
      return;
    case Kind::snapshot:
    case Kind::commit:
      record_.seq = number(line, "seq"), record_.epoch = number(line, "epoch");
      return;
    case Kind::submit:
    case Kind::order:
    case Kind::deliver:
    case Kind::ack:
    case Kind::reject:
      return read_event(line);
    case Kind::fault:
    case Kind::heal:
      return read_fault(line);
    case Kind::dispatch:
    case Kind::light:
      return read_city(line);
    case Kind::violation:
      details_ = {.text = text(line, "invariant"), .detail = text(line, "detail")}, record_.more = &details_;
      return;
  }
}

void RecordReader::read_message(const Json& line) {
  record_.number = number(line, "msg");
  record_.type = named<core::MessageType>(line, "type", core::kMessageTypes);
  record_.peer = member(line, record_.kind == Kind::send ? "to" : "from");
  if (record_.kind == Kind::send) record_.epoch = number(line, "epoch");
  if (record_.kind != Kind::drop) return;
  record_.node = member(line, "to");
  details_ = {.text = text(line, "reason")}, record_.more = &details_;
}

void RecordReader::read_event(const Json& line) {
  record_.id = event_id(line.value("event", Json()));
  const bool placed = record_.kind == Kind::order || record_.kind == Kind::deliver;
  if (placed) record_.epoch = number(line, "epoch");
  if (placed || record_.kind == Kind::ack) record_.seq = number(line, "seq");
  if (record_.kind == Kind::reject) details_ = {.text = text(line, "reason")}, record_.more = &details_;
  if (!line.contains("depends_on")) return;
  event_ = {.id = record_.id, .depends_on = {}, .type = text(line, "type"), .payload = {}, .rejects = {}};
  for (const Json& cause : line["depends_on"]) event_.depends_on.push_back(event_id(cause));
  if (line.contains("rejects")) event_.rejects = event_id(line["rejects"]);
  if (line.contains("voters")) {
    core::MemberSet voters(scenario_.group.members.size());
    for (const Json& voter : line["voters"]) voters.insert(member(voter));
    event_.payload = core::to_text(voters, scenario_.group.members.size());
  }
  record_.event = &event_;
}

void RecordReader::read_fault(const Json& line) {
  record_.number = number(line, "fault");
  details_ = {.text = text(line, "name")}, record_.more = &details_;
  for (const Json& node : line.value("nodes", Json::array())) details_.nodes.push_back(member(node));
  for (const Json& link : line.value("closed", Json::array())) {
    if (!link.is_array() || link.size() != 2) wrong("`closed` is a list of pairs of nodes");
    details_.closed.push_back({member(link[0]), member(link[1])});
  }
}

void RecordReader::read_city(const Json& line) {
  details_ = {}, record_.more = &details_;
  if (record_.kind == Kind::light) {
    const auto intersection = static_cast<std::uint32_t>(number(line, "intersection"));
    if (intersection == 0) wrong("`intersection` counts from 1");
    details_.light.lamp = {intersection - 1, approach(line.value("approach", Json()))};
    details_.light.colour = named<core::Colour>(line, "colour", kColours);
    details_.light.until = {static_cast<std::int64_t>(number(line, "until"))};
    return;
  }
  const auto unit = [&](const char* field) { return line.value(field, Json()).is_null() ? "" : text(line, field); };
  const Json beds = line.value("beds_free", Json());
  if (!beds.is_number_integer()) wrong("`beds_free` is a whole number");
  details_.dispatch = {text(line, "crash"), named<core::Step>(line, "step", core::kSteps), unit("ambulance"),
                       unit("hospital"), beds.get<std::int64_t>()};
}

std::string RecordReader::text(const Json& line, const char* field) const {
  const Json value = line.value(field, Json());
  if (!value.is_string()) wrong("a " + line["kind"].get<std::string>() + " has a text `" + field + "`");
  return value;
}

std::uint64_t RecordReader::number(const Json& line, const char* field) const {
  const Json value = line.value(field, Json());
  if (!value.is_number_unsigned())
    wrong("a " + line["kind"].get<std::string>() + " has a whole number `" + field + "`");
  return value;
}

core::Member RecordReader::member(const Json& value) const {
  if (value.is_null()) return core::kNobody;
  const auto& members = scenario_.group.members;
  const auto found = std::find_if(members.begin(), members.end(), [&](const auto& one) { return value == one.name; });
  if (found == members.end()) wrong("there is no node " + value.dump() + " in the header");
  return static_cast<core::Member>(found - members.begin());
}

core::Member RecordReader::member(const Json& line, const char* field) const {
  if (!line.contains(field)) wrong("a " + line["kind"].get<std::string>() + " names a node as `" + field + "`");
  return member(line[field]);
}

// "n1:5", "n1~2:5" after a loss of memory, "@3:1" of the group in epoch 3.
core::EventId RecordReader::event_id(const Json& value) const {
  if (value.is_null()) return {};
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  const std::size_t colon = std::min(text.rfind(':'), text.size());
  const std::string origin = text.substr(0, colon);
  const std::size_t tilde = std::min(origin.find('~'), origin.size());
  const auto part = [&](std::size_t from, std::size_t to) {
    const auto read = number_in(std::string_view(text).substr(from, to - from));
    if (!read) wrong("no event's id: " + value.dump() + "; it is like \"n1:5\"");
    return *read;
  };
  const std::uint64_t count = part(std::min(colon + 1, text.size()), text.size());
  if (origin.starts_with('@')) return core::EventId::made_in(part(1, colon), count);
  const std::uint64_t life = tilde == colon ? 0 : part(tilde + 1, colon);
  return core::EventId::of(member(Json(origin.substr(0, tilde))), count, life);
}

std::uint32_t RecordReader::approach(const Json& value) const {
  const core::LightsPlan& plan = scenario_.group.city.lights;
  for (std::uint32_t one = 0; one < plan.approaches; ++one)
    if (const std::string name = core::name_of_approach(plan, one); value == name || value.dump() == name) return one;
  wrong("there is no approach " + value.dump());
}

template <class Enum>
Enum RecordReader::named(const Json& line, const char* field, std::size_t count) const {
  const std::string value = text(line, field);
  for (std::size_t i = 0; i < count; ++i)
    if (value == name_of(static_cast<Enum>(i))) return static_cast<Enum>(i);
  wrong("this program knows no " + std::string(field) + " \"" + value + "\"");
}

void RecordReader::wrong(const std::string& what) const {
  throw BadInput(trace_.path() + ":" + std::to_string(trace_.line()) + ": " + what);
}

}  // namespace tools
