// A gateway without sockets or a group: a city that applies what is submitted when the test says so.
#pragma once

#include <algorithm>
#include <deque>

#include "core/city/events.hpp"
#include "net/gateway/gateway.hpp"

namespace tests {

using core::Duration;
using core::Step;
using net::Json;

struct Line final : net::Caller {
  std::vector<Json> heard;
  bool up = true;
  void answer(std::string line) override { heard.push_back(Json::parse(line)); }
  void hang_up() override { up = false; }
};
using LinePtr = std::shared_ptr<Line>;

// The group: what is submitted has no place until decide() is called.
struct Group final : net::CityNode {
  core::Dispatch city;
  std::deque<std::pair<core::EventId, core::Submission>> open;
  core::Member me = 0;
  std::uint64_t last = 0, settled = 0;
  bool full = false, taking_part = true;
  std::vector<core::Details> facts;

  [[nodiscard]] const core::Dispatch* dispatch() const override { return taking_part ? &city : nullptr; }
  [[nodiscard]] core::Member self() const override { return me; }
  core::EventId submit(const core::Submission& event) override {
    if (full) return {};
    open.emplace_back(core::EventId::of(me, ++last), event);
    return open.back().first;
  }
  [[nodiscard]] bool decided(core::EventId own) const override { return own.number <= settled; }
  [[nodiscard]] Duration give_back() const override { return Duration::s(10); }
  [[nodiscard]] std::vector<net::Server> servers() const override {
    return {{0, "1", "127.0.0.1", 7001}, {1, "2", "127.0.0.1", 7002}};
  }
  [[nodiscard]] core::Member leader() const override { return 1; }
};

struct Town {
  Group group;
  std::vector<std::string> complaints;
  net::Gateway gateway{group, [this](const std::string& words) { complaints.push_back(words); }};
  core::Instant now;
  std::uint64_t leaders_events = 0;

  LinePtr connect() { return std::make_shared<Line>(); }
  bool say(const LinePtr& line, const char* client, const char* type, const char* status,
           Json payload = Json::object()) {
    const Json said{{"client_id", client}, {"client_type", type}, {"status", status}, {"payload", payload}};
    const bool ours = gateway.hear(now, said.dump(), line);
    gateway.wake(now);
    return ours;
  }
  // The leader's part: the crash goes on as far as to `dispatched`.
  void lead(const core::Submission& event) {
    apply({core::EventId::of(1, ++leaders_events), event.depends_on, event.type, event.payload, {}});
  }
  void apply(const core::Event& event) {
    const auto fact = group.city.apply(event);
    if (!fact) return;
    const core::Details more{.dispatch = *fact};
    core::Record record{.kind = core::Kind::dispatch, .node = group.me};
    record.more = &more;
    gateway.on(record);
  }
  void decide(std::size_t most = SIZE_MAX) {
    for (; most > 0 && !group.open.empty(); --most) {
      const auto [id, event] = group.open.front();
      group.open.pop_front();
      apply({id, event.depends_on, event.type, event.payload, {}});
      group.settled = id.number;
    }
    gateway.wake(now);
  }
  void pass(Duration span) {
    const core::Instant end = now + span;
    while (now < end) {
      now = std::min(end, std::max(gateway.wake(now), now + Duration::ms(1)));
      decide();
    }
    gateway.wake(now);
  }
  std::string dispatch_oldest() {
    const std::string id = group.city.by_age().begin()->second;
    const auto step = [&](Step to, const char* ambulance, const char* hospital) {
      lead(core::event_of(core::CrashStep{id, to, ambulance, hospital}, {group.city.crash(id)->cause}));
    };
    step(Step::ambulance_allocated, "amb1", "");
    step(Step::hospital_allocated, "amb1", "hos1");
    step(Step::dispatched, "amb1", "");
    gateway.wake(now);
    return id;
  }
};

inline std::vector<std::string> statuses(const LinePtr& line) {
  std::vector<std::string> words;
  for (const Json& message : line->heard) words.push_back(message["status"]);
  return words;
}

using Words = std::vector<std::string>;
inline const Json kPlace{{"latitude", 48.775}, {"longitude", 9.18}};

// A car, an ambulance and a hospital at this server, and a crash to which the ambulance is on its way.
struct OnCall : Town {
  LinePtr car = connect(), ambulance = connect(), hospital = connect();
  std::string crash;

  OnCall() {
    say(ambulance, "amb1", "Ambulance", "register");
    say(ambulance, "amb1", "Ambulance", "available");
    say(hospital, "hos1", "Hospital", "register");
    say(hospital, "hos1", "Hospital", "occupancy_update", {{"current_occupancy", 2}});
    say(car, "car7", "Car", "register");
    say(car, "car7", "Car", "report_crash", kPlace);
    pass(Duration::s(1));
    crash = dispatch_oldest();
    pass(Duration::s(1));
  }
};

}  // namespace tests
