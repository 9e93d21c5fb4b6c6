// What clients are told, and who is no longer there.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/city/events.hpp"
#include "net/gateway/gateway.hpp"

namespace net {
namespace {

using core::Step;
using core::UnitKind;

// "car7" of "car7/3".
std::string car_of(const std::string& crash) {
  return crash.substr(0, crash.rfind('/'));
}

}  // namespace

void Gateway::on(const core::Record& fact) {
  if (fact.kind == core::Kind::reject && owed_.contains(fact.id)) rejected_.insert(fact.id);
  if (fact.kind != core::Kind::dispatch || fact.more->dispatch.step != Step::at_hospital) return;
  const core::DispatchFact& brought = fact.more->dispatch;
  if (Client* const hospital = find(brought.hospital, ClientType::hospital); hospital != nullptr)
    hospital->line.say(message("ack_at_hospital", {{"client_id", brought.hospital},
                                                   {"status", "at_hospital"},
                                                   {"ambulance_id", brought.ambulance},
                                                   {"car_id", car_of(brought.crash)},
                                                   {"hospital_id", brought.hospital},
                                                   {"admitted", admitted_at(brought.hospital)}}));
}

std::uint64_t Gateway::admitted_at(const std::string& hospital) const {
  const core::Unit* const unit =
      node_.dispatch() == nullptr ? nullptr : node_.dispatch()->unit(UnitKind::hospital, hospital);
  return unit == nullptr ? 0 : unit->admitted;
}

core::Instant Gateway::wake(core::Instant now) {
  if (node_.dispatch() == nullptr) return core::Instant::never();
  settle();
  while (!later_.empty() && take(later_.front())) later_.pop_front();
  for (auto& [name, client] : clients_) {
    if (is_unit(client.type)) keep(name, client);
    forget_told(name, client);
  }
  for (const auto& [id, crash] : node_.dispatch()->crashes()) tell_of(id, crash);
  if (now >= watch_) watch(now);
  core::Instant next = watch_;
  if (!later_.empty()) next = std::min(next, now + kTryAgain);
  for (auto& [name, client] : clients_) next = std::min(next, client.line.wake(now));
  return next;
}

// Own events are decided in the order of their numbers. A report that was turned down is given again; for a step that
// was, see keep().
void Gateway::settle() {
  while (!owed_.empty() && node_.decided(owed_.begin()->first)) {
    const auto [id, owed] = *owed_.begin();
    if (const bool again = owed.event.depends_on.empty(); rejected_.contains(id)) {
      if (again && !submit(owed.client, owed.event, owed.message)) return;
      rejected_.erase(id);
    } else if (const auto client = clients_.find(owed.client); client != clients_.end() && !owed.message.empty()) {
      client->second.line.say(owed.message);
    }
    owed_.erase(id);
  }
}

// A unit that is connected here, and of which the group thinks otherwise: it was given up, or somebody else's report
// came in between. If it has moved on, it may be that only this connection does not know; it is believed when it
// speaks.
//
// What an ambulance said of its call has come to nothing if the call is not as far as that: it is told of it again.
void Gateway::keep(const std::string& name, Client& client) {
  if (client.ahead && node_.decided(client.ahead->event)) {
    const core::Crash* const crash = node_.dispatch()->crash(client.ahead->crash);
    if (crash != nullptr && crash->step < client.ahead->step) client.told.erase(client.ahead->crash);
    client.ahead.reset();
  }
  if (client.report.session == 0 || client.line.gone() || !node_.decided(client.reported)) return;
  const core::Unit* const unit = unit_of(client, name);
  const bool here = unit != nullptr && unit->server == node_.self() && unit->session == client.report.session;
  if (here) return;
  if (unit == nullptr || unit->session <= client.report.session)
    claim(client, name);
  else
    client.report.session = 0;
}

void Gateway::forget_told(const std::string& name, Client& client) const {
  std::erase_if(client.told, [&](const std::string& id) {
    const core::Crash* const crash = node_.dispatch()->crash(id);
    if (crash == nullptr || !under_way(crash->step)) return true;
    if (client.type == ClientType::ambulance) return crash->ambulance != name;
    return client.type == ClientType::hospital && crash->hospital != name;
  });
}

void Gateway::tell_of(const std::string& id, const core::Crash& crash) {
  if (!under_way(crash.step)) return;
  const auto untold = [&](const std::string& name, ClientType type) {
    Client* const client = find(name, type);
    return client != nullptr && client->told.insert(id).second ? client : nullptr;
  };
  const Json at = to_json(crash.at);
  if (Client* const ambulance = untold(crash.ambulance, ClientType::ambulance); ambulance != nullptr)
    ambulance->line.say(message("dispatch_ambulance", {{"ambulance_id", crash.ambulance},
                                                       {"car_id", crash.car},
                                                       {"crash_location", at},
                                                       {"hospital_id", crash.hospital}}));
  if (crash.step == Step::at_hospital) return;
  if (Client* const hospital = untold(crash.hospital, ClientType::hospital); hospital != nullptr)
    hospital->line.say(message("assign_patient_to_hospital",
                               {{"hospital_id", crash.hospital}, {"car_id", crash.car}, {"crash_location", at}}));
  Client* const car = untold(crash.car, ClientType::car);
  if (car == nullptr) return;
  const auto help = [&](ClientType type, const std::string& name, const char* to) {
    car->line.say(
        message("help_coming", {{"responder_type", name_of(type)}, {"responder_id", name}, {"ack_type", to}}));
  };
  help(ClientType::ambulance, crash.ambulance, "dispatch_ambulance");
  help(ClientType::hospital, crash.hospital, "assign_patient_to_hospital");
}

void Gateway::watch(core::Instant now) {
  watch_ = now + kWatch;
  for (auto one = clients_.begin(); one != clients_.end();) {
    const bool silent = now - one->second.heard > kPatience;
    if (silent) one->second.line.hang_up();
    one = silent || one->second.line.gone() ? clients_.erase(one) : std::next(one);
  }
  for (const UnitKind kind : {UnitKind::ambulance, UnitKind::hospital}) give_up_absent(now, kind);
}

// Also of those who were at this node before it was started again.
void Gateway::give_up_absent(core::Instant now, UnitKind kind) {
  const ClientType type = kind == UnitKind::ambulance ? ClientType::ambulance : ClientType::hospital;
  for (const auto& [name, unit] : node_.dispatch()->units(kind)) {
    const std::pair key{kind, name};
    if (unit.server != node_.self() || find(name, type) != nullptr) {
      absent_.erase(key);
      continue;
    }
    core::Instant& since = absent_.try_emplace(key, now).first->second;
    if (now - since < node_.give_back()) continue;
    if (submit("", core::event_of(core::UnitGone{name, kind, unit.session}), "")) since = now;
  }
}

void Gateway::close() {
  for (auto& one : clients_) one.second.line.hang_up();
  clients_.clear();
  later_.clear();
}

}  // namespace net
