#include "sim/world/fleet.hpp"

#include <algorithm>
#include <utility>

#include "core/base/rng.hpp"

namespace sim {
namespace {

using core::Instant;

constexpr Duration kBetweenLooks = Duration::ms(100);
constexpr std::int64_t kTown = 100'000;  // side of the square without streets, in millionths of a degree

enum Kinds : std::uint64_t { kCrash, kAmbulance, kHospital };

}  // namespace

Fleet::Fleet(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Hosts& hosts)
    : scenario_{scenario}, load_{*scenario.dispatch}, seed_{seed}, timeline_{timeline}, hosts_{hosts} {
  const auto number = [](std::uint32_t i) { return std::to_string(i + 1); };
  const auto add = [&](const std::string& name, std::variant<Car, Ambulance, Hospital> device) {
    const auto server = static_cast<Member>(clients_.size() % scenario_.group.size());
    clients_.push_back({.name = name, .device = std::move(device), .stay = {.server = server}, .content = {}});
  };
  for (std::uint32_t i = 0; i < load_.cars; ++i) add("car" + number(i), Car{"car" + number(i)});
  for (std::uint32_t i = 0; i < load_.ambulances; ++i)
    add("ambulance" + number(i), Ambulance{"ambulance" + number(i), some_place(kAmbulance, i)});
  for (std::uint32_t i = 0; i < load_.hospitals; ++i)
    add("hospital" + number(i), Hospital{"hospital" + number(i), some_place(kHospital, i), load_.beds});
}

void Fleet::schedule() {
  const std::size_t cars = load_.cars;
  for (std::size_t i = cars; i < clients_.size(); ++i) look_later(i, {});
  if (cars > 0 && load_.start < load_.stop)
    timeline_.push({Instant{} + load_.start, Due::Kind::client, 0, 0, static_cast<std::uint32_t>(clients_.size())});
}

void Fleet::on(const Due& due) {
  if (due.arg == clients_.size()) return crash_happens();
  Client& client = clients_[due.arg];
  client.looks = false;
  look(client);
  const Car* const car = std::get_if<Car>(&client.device);
  if (car == nullptr || !car->idle()) look_later(due.arg, timeline_.now() + kBetweenLooks);
}

void Fleet::crash_happens() {
  const std::uint64_t number = crashes_++;
  const std::size_t who = number % load_.cars;
  std::get<Car>(clients_[who].device).crash(some_place(kCrash, number));
  if (!clients_[who].looks) {
    clients_[who].content = timeline_.now();
    look_later(who, timeline_.now());
  }
  const Instant next = timeline_.now() + load_.crash_every;
  if (next < Instant{} + load_.stop)
    timeline_.push({next, Due::Kind::client, 0, 0, static_cast<std::uint32_t>(clients_.size())});
}

void Fleet::look_later(std::size_t client, Instant when) {
  clients_[client].looks = true;
  timeline_.push({when, Due::Kind::client, 0, 0, static_cast<std::uint32_t>(client)});
}

// One thing is wanted at a time, and it is submitted once at each server.
void Fleet::look(Client& client) {
  const Instant now = timeline_.now();
  if (const DispatchLoad::Away* const gone = away(client)) return stay_away(client, *gone);
  if (std::exchange(client.off, false)) renew(client);
  if (hosts_.life(client.stay.server) == Life::down || now >= client.content + load_.patience) move(client);
  const core::CityState* const shown = hosts_.city(client.stay.server);
  if (shown == nullptr) return;
  const auto wish = wish_of(client, shown->dispatch);
  if (wish) return submit(client, *wish);
  client.content = now;
  client.asked.clear();
}

std::optional<core::Submission> Fleet::wish_of(Client& client, const core::Dispatch& shown) {
  if (auto* const car = std::get_if<Car>(&client.device)) return car->wants(shown);
  const auto unit = [&](auto& device) {
    if (device.given_up(shown, client.stay)) renew(client);
    return device.wants(timeline_.now(), shown, client.stay, load_);
  };
  if (auto* const ambulance = std::get_if<Ambulance>(&client.device)) return unit(*ambulance);
  return unit(std::get<Hospital>(client.device));
}

void Fleet::submit(Client& client, const core::Submission& wish) {
  if (client.asked == wish.type + wish.payload) return;
  client.asked = wish.type + wish.payload;
  client.content = timeline_.now();
  hosts_.submit(client.stay.server, fleet_load(scenario_), wish);
}

void Fleet::renew(Client& client) {
  ++client.stay.session;
  client.asked.clear();
  client.content = timeline_.now();
}

// To the next that runs; if there is no other, it tries the same again.
void Fleet::move(Client& client) {
  const std::size_t size = scenario_.group.size();
  for (std::size_t i = 1; i <= size; ++i) {
    const auto next = static_cast<Member>((client.stay.server + i) % size);
    if (hosts_.life(next) != Life::up) continue;
    client.stay.server = next;
    return renew(client);
  }
}

// Its server waits for it for a while, as a gateway does, and then gives its work to others. If the server is gone too,
// the leader sees to that.
void Fleet::stay_away(Client& client, const DispatchLoad::Away& away) {
  const bool again = timeline_.now() >= client.content + load_.patience;
  if (!std::exchange(client.off, true) || again) client.asked.clear();
  const core::CityState* const shown = hosts_.city(client.stay.server);
  const bool over = timeline_.now() >= Instant{} + away.at + scenario_.group.city.dispatch.give_back;
  if (std::holds_alternative<Car>(client.device) || shown == nullptr || !over) return;
  const auto give_up = [&](const Device& device) {
    const core::Unit* const self = device.shown_in(shown->dispatch);
    if (self != nullptr && self->here() && self->session == client.stay.session)
      submit(client, device.goodbye(client.stay));
  };
  if (const auto* const ambulance = std::get_if<Ambulance>(&client.device)) return give_up(*ambulance);
  give_up(std::get<Hospital>(client.device));
}

const DispatchLoad::Away* Fleet::away(const Client& client) const {
  const Duration now = timeline_.now() - Instant{};
  const auto found = std::find_if(load_.away.begin(), load_.away.end(), [&](const DispatchLoad::Away& item) {
    return item.who == client.name && item.at <= now && now < item.at + item.lasts;
  });
  return found == load_.away.end() ? nullptr : &*found;
}

// Within the streets, if there are any.
core::Place Fleet::some_place(std::uint64_t kind, std::uint64_t number) const {
  const core::LightsPlan& streets = scenario_.group.city.lights;
  core::Rng rng = core::Rng::stream(seed_, core::Purpose::client, {kind, number});
  const std::int64_t side = streets.intersections > 1 ? streets.block * (streets.row() - 1) : kTown;
  const auto along = [&] { return static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(side) + 1)); };
  return {.latitude = streets.corner.latitude + along(), .longitude = streets.corner.longitude + along()};
}

}  // namespace sim
