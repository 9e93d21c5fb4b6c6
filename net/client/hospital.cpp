#include "net/client/hospital.hpp"

#include <algorithm>
#include <charconv>

namespace net {

void Hospital::hear(core::Instant now, const std::string& status, const Json& payload) {
  if (status == "ack_occupancy_update") {
    waits_since_ = core::Instant::never();
  } else if (status == "assign_patient_to_hospital") {
    const std::string car = payload.value("car_id", "");
    tell("bed_reserved", {{"car", car}});
    say("ack_crash_response", {{"ack_type", "assign_patient_to_hospital"},
                               {"car_id", car},
                               {"responder_id", id()},
                               {"responder_type", type()}});
  } else if (status == "ack_at_hospital") {
    // A server that counts says how many have come; one that does not tells of each once.
    const Json counted = payload.value("admitted", Json{});
    const std::uint64_t all = counted.is_number_unsigned() ? counted.get<std::uint64_t>() : admitted_ + 1;
    if (all <= admitted_) return;
    beds_ = std::max<std::int64_t>(beds_ - static_cast<std::int64_t>(all - admitted_), 0);
    for (; admitted_ < all; ++admitted_)
      if (manner_.stay > core::Duration{}) leave_.push_back(now + manner_.stay);
    tell("admitted", {{"car", payload.value("car_id", "")}, {"beds", beds_}});
    say_beds(now);
  }
}

core::Instant Hospital::wake(core::Instant now) {
  bool left = false;
  for (; !leave_.empty() && leave_.front() <= now; left = true) {
    leave_.pop_front();
    ++beds_;
  }
  if (left) say_beds(now);
  return leave_.empty() ? core::Instant::never() : leave_.front();
}

void Hospital::typed(core::Instant now, const std::string& line) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (line == "+")
    ++beds_;
  else if (line == "-")
    beds_ = std::max<std::int64_t>(beds_ - 1, 0);
  else if (error == std::errc{} && end == line.data() + line.size() && number >= 0 && number <= 1'000'000)
    beds_ = number;
  else
    return tell("unknown_key", {{"key", line}, {"keys", keys()}});
  say_beds(now);
}

void Hospital::beat() {
  say("occupancy_update", beds());
}

void Hospital::say_beds(core::Instant now) {
  waits_since_ = now;
  tell("beds", {{"free", beds_}});
  say("occupancy_update", beds());
}

Json Hospital::beds() const {
  Json payload = degrees_of(manner_.at);
  payload["current_occupancy"] = beds_;
  payload["admitted"] = admitted_;
  return payload;
}

}  // namespace net
