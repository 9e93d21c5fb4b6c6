#include "net/gateway/gateway.hpp"

#include <algorithm>
#include <utility>

#include "core/city/events.hpp"

namespace net {
namespace {

using core::Step;
using core::UnitKind;

constexpr std::size_t kMostLater = 10'000;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

UnitKind kind_of(ClientType type) {
  return type == ClientType::hospital ? UnitKind::hospital : UnitKind::ambulance;
}

}  // namespace

std::string Gateway::message(std::string_view status, Json payload) const {
  const std::string id = node_.servers().front().id;
  return dumped({{"server_id", id}, {"status", status}, {"payload", std::move(payload)}});
}

std::string Gateway::ack(const ClientLine& line, const Json& more) const {
  Json payload{{"client_id", line.client}, {"status", name_of(line.status)}};
  payload.update(more);
  return message("ack_" + std::string(name_of(line.status)), std::move(payload));
}

bool Gateway::hear(core::Instant now, std::string_view text, const std::shared_ptr<Caller>& caller) {
  auto read = client_line_in(text);
  if (std::holds_alternative<NoClient>(read)) return false;
  if (const auto* wrong = std::get_if<std::string>(&read)) return say_(*wrong), true;
  const auto& line = std::get<ClientLine>(read);
  if (node_.dispatch() == nullptr) return caller->hang_up(), true;  // it will look for another server
  if (line.status == ClientStatus::request_server_assignment) return assign(caller), true;
  Client* const client = admit(line, caller);
  if (client == nullptr) return true;
  client->heard = now;
  if ((!later_.empty() || !take(line)) && later_.size() < kMostLater) later_.push_back(line);
  return true;
}

void Gateway::assign(const std::shared_ptr<Caller>& caller) {
  const Server server = servers_.assign();
  caller->answer(message(
      "assign_server", {{"status", "ok"}, {"host", server.host}, {"port", server.tcp_port}, {"server_id", server.id}}));
  caller->hang_up();
}

// Only a registration takes the place of a connection that is there; what an older one still brings is not heard.
Gateway::Client* Gateway::admit(const ClientLine& line, const std::shared_ptr<Caller>& caller) {
  Client& client = clients_[line.client];
  if (client.line.is(caller) && client.type == line.type) return &client;
  if (!client.line.gone() && line.status != ClientStatus::register_) return nullptr;
  if (!client.line.is(caller)) client.line.hang_up();
  const bool same = client.type == line.type;
  Client fresh{.type = line.type, .line = SlowLine(caller)};
  if (same) fresh.report = client.report, fresh.reported = client.reported, fresh.ahead = client.ahead;
  client = std::move(fresh);
  return &client;
}

Gateway::Client* Gateway::find(const std::string& name, ClientType type) {
  const auto found = clients_.find(name);
  return found == clients_.end() || found->second.type != type ? nullptr : &found->second;
}

const core::Unit* Gateway::unit_of(const Client& client, const std::string& name) const {
  return node_.dispatch()->unit(kind_of(client.type), name);
}

bool Gateway::submit(const std::string& client, const core::Submission& event, const std::string& message,
                     core::EventId* id) {
  const core::EventId submitted = node_.submit(event);
  if (submitted.number == 0) return false;
  owed_[submitted] = {client, message, event};
  if (id != nullptr) *id = submitted;
  return true;
}

bool Gateway::take(const ClientLine& line) {
  if (line.status == ClientStatus::report_crash) return take_crash(line);
  Client* const client = find(line.client, line.type);
  if (client == nullptr) return true;  // gone meanwhile
  if (line.status == ClientStatus::register_) return take_register(*client, line);
  if (is_unit(line.type) && client->report.session == 0 && !claim(*client, line.client)) return false;
  switch (line.status) {
    case ClientStatus::available:
      return take_availability(*client, line, true);
    case ClientStatus::on_duty:
      return take_availability(*client, line, false);
    case ClientStatus::arrived_at_scene:
      return take_steps(*client, line, Step::arrived);
    case ClientStatus::transporting_patient:
      return take_steps(*client, line, Step::transporting);
    case ClientStatus::at_hospital:
      return take_steps(*client, line, Step::at_hospital);
    case ClientStatus::occupancy_update:
      return take_beds(*client, line, line.number("current_occupancy").value_or(client->report.beds));
    case ClientStatus::open:
      return take_beds(*client, line, client->occupancy.value_or(client->report.beds));
    case ClientStatus::closed:
      return take_beds(*client, line, 0);
    case ClientStatus::location_update:
      return take_location(*client, line);
    case ClientStatus::heartbeat:
    case ClientStatus::ack_crash_response:  // that help is coming follows from the order, not from this
      return true;
    default:
      client->line.say(ack(line));
      return true;
  }
}

bool Gateway::take_crash(const ClientLine& line) {
  const auto number = static_cast<std::uint64_t>(line.number("number").value_or(0));
  const Json& said = line.payload;
  Json told{{"client_id", line.client},
            {"client_type", name_of(line.type)},
            {"LocalServer_CrashCount", crashes_ + 1},
            {"latitude", said["latitude"]},
            {"longitude", said["longitude"]}};
  if (number != 0) told["number"] = number;
  const std::string answer = message("ack_crash", std::move(told));
  if (number != 0 && number <= node_.dispatch()->reports_of(line.client)) {
    clients_[line.client].line.say(answer);
    return true;
  }
  if (!submit(line.client, core::event_of(core::CrashReport{line.client, number, *line.place()}), answer)) return false;
  ++crashes_;
  return true;
}

bool Gateway::take_register(Client& client, const ClientLine& line) {
  if (is_unit(line.type) && !claim(client, line.client, line.place())) return false;
  client.told.clear();
  client.occupancy.reset();
  client.line.say(ack(line));
  return true;
}

// What it was, as the group knows it or as it last said here, but at this server now, and at this place if there is
// one. An ambulance that was free is free.
bool Gateway::claim(Client& client, const std::string& name, std::optional<core::Place> at) {
  const core::Unit* const unit = unit_of(client, name);
  core::UnitReport next = client.report;
  next.unit = name, next.kind = kind_of(client.type), next.server = node_.self();
  if (client.report.session == 0) next.available = false;
  if (unit != nullptr && (client.report.session == 0 || node_.decided(client.reported))) {
    next.at = unit->at;
    next.available = unit->available;
    next.beds = unit->beds, next.admitted = unit->admitted;
  }
  if (at) next.at = *at;
  next.session = std::max(client.report.session, unit == nullptr ? 0 : unit->session) + 1;
  next.number = 1;
  if (!submit(name, core::event_of(next), "", &client.reported)) return false;
  client.report = next;
  return true;
}

bool Gateway::report(Client& client, core::UnitReport next, const std::string& message) {
  ++next.number;
  if (!submit(next.unit, core::event_of(next), message, &client.reported)) return false;
  client.report = std::move(next);
  return true;
}

std::optional<Gateway::Call> Gateway::call_of(const std::string& name, const Client& client) const {
  const core::Unit* const unit = unit_of(client, name);
  const core::Crash* const crash = unit == nullptr ? nullptr : node_.dispatch()->crash(unit->crash);
  if (crash == nullptr) return std::nullopt;
  Call call{unit->crash, *crash};
  if (client.ahead && client.ahead->crash == call.id && client.ahead->step > crash->step &&
      !node_.decided(client.ahead->event)) {
    call.crash.step = client.ahead->step;
    call.crash.cause = client.ahead->event;
  }
  return under_way(call.crash.step) ? std::optional{call} : std::nullopt;
}

// Who is on a call is not off duty; and who is free while the group takes it to be on its way is told of the call
// again: nothing else would end it.
bool Gateway::take_availability(Client& client, const ClientLine& line, bool available) {
  const auto call = call_of(line.client, client);
  if (call && !available) return client.line.say(ack(line)), true;
  core::UnitReport next = client.report;
  next.available = available;
  next.at = line.place().value_or(next.at);
  const bool ends = call && call->crash.step >= Step::transporting;
  const bool news = next.available != client.report.available || next.at != client.report.at;
  if (news && !report(client, next, ends ? "" : ack(line))) return false;
  if (ends) return take_steps(client, line, Step::completed);
  if (call) client.told.erase(call->id);
  if (!news) client.line.say(ack(line));
  return true;
}

// What it has left out comes first. Nothing is proposed that the group knows.
bool Gateway::take_steps(Client& client, const ClientLine& line, Step last) {
  const auto call = call_of(line.client, client);
  if (call && line.status == ClientStatus::arrived_at_scene)
    client.line.say(message("assign_patient_to_hospital", {{"hospital_id", call->crash.hospital},
                                                           {"car_id", call->crash.car},
                                                           {"crash_location", to_json(call->crash.at)}}));
  if (!call || call->crash.step >= last) return client.line.say(ack(line)), true;
  core::EventId cause = call->crash.cause;
  for (auto step = call->crash.step; step != last;) {
    step = static_cast<Step>(static_cast<std::uint8_t>(step) + 1);
    const core::CrashStep next{call->id, step, line.client, {}};
    const Json whom{{"ambulance_id", line.client}, {"car_id", call->crash.car}, {"hospital_id", call->crash.hospital}};
    if (!submit(line.client, core::event_of(next, {cause}), step == last ? ack(line, whom) : "", &cause)) return false;
    client.ahead = Ahead{call->id, step, cause};
  }
  return true;
}

// The same number again is no news: original hospitals repeat it with each heartbeat, whoever has come meanwhile.
bool Gateway::take_beds(Client& client, const ClientLine& line, std::int64_t beds) {
  const bool update = line.status == ClientStatus::occupancy_update;
  const std::string answer = update ? ack(line, {{"current_occupancy", beds}}) : ack(line);
  if (update && client.occupancy == beds && !line.number("admitted")) return client.line.say(answer), true;
  const core::Unit* const unit = unit_of(client, line.client);
  const std::uint64_t known = unit == nullptr ? 0 : unit->admitted;
  core::UnitReport next = client.report;
  next.beds = beds;
  next.admitted = static_cast<std::uint64_t>(line.number("admitted").value_or(static_cast<std::int64_t>(known)));
  next.at = line.place().value_or(next.at);
  if (!report(client, next, answer)) return false;
  if (update) client.occupancy = beds;
  return true;
}

bool Gateway::take_location(Client& client, const ClientLine& line) {
  const std::string answer =
      ack(line, {{"latitude", line.payload["latitude"]}, {"longitude", line.payload["longitude"]}});
  core::UnitReport next = client.report;
  next.at = line.place().value_or(next.at);
  if (is_unit(line.type) && next.at != client.report.at) return report(client, next, answer);
  client.line.say(answer);
  return true;
}

}  // namespace net
