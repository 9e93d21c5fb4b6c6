#include "net/client/car.hpp"

namespace net {
namespace {

// About a kilometre around.
constexpr std::uint64_t kAround = 20'001;

}  // namespace

void Car::registered(core::Instant now) {
  for (auto& [number, report] : waiting_) say_report(now, number, report);
  if (!std::exchange(here_, true) && manner_.crash_every > core::Duration{}) next_ = now + manner_.first_crash;
}

void Car::hear(core::Instant, const std::string& status, const Json& payload) {
  if (status == "ack_crash") {
    const auto said = payload.value("number", Json{});
    const auto found = said.is_number_unsigned() ? waiting_.find(said.get<std::uint64_t>()) : waiting_.begin();
    if (found == waiting_.end()) return;
    tell("acknowledged", {{"number", found->first}});
    waiting_.erase(found);
  } else if (status == "help_coming") {
    tell("help_coming", {{"from", payload.value("responder_id", "")}, {"as", payload.value("responder_type", "")}});
  }
}

core::Instant Car::wake(core::Instant now) {
  if (number_ >= manner_.crashes) return core::Instant::never();
  if (now >= next_) {
    report(now);
    next_ = next_ + manner_.crash_every;
  }
  return next_;
}

void Car::typed(core::Instant now, const std::string& line) {
  if (line == "c" || line == "C") return report(now);
  tell("unknown_key", {{"key", line}, {"keys", keys()}});
}

void Car::report(core::Instant now) {
  const auto shift = [&] { return static_cast<std::int64_t>(manner_.rng.below(kAround)) - 10'000; };
  const core::Place at{manner_.at.latitude + shift(), manner_.at.longitude + shift()};
  say_report(now, number_ + 1, waiting_[number_ + 1] = {at, {}});
  ++number_;
  tell("reported", {{"number", number_}});
}

void Car::say_report(core::Instant now, std::uint64_t number, Report& report) {
  report.said = now;
  Json payload = degrees_of(report.at);
  payload["number"] = number;
  say("report_crash", std::move(payload));
}

core::Instant Car::waits_since() const {
  return waiting_.empty() ? core::Instant::never() : waiting_.begin()->second.said;
}

}  // namespace net
