#include "net/client/ambulance.hpp"

#include <array>
#include <utility>

namespace net {
namespace {

// In the order of a call.
constexpr std::array<const char*, 5> kSteps{"on_duty", "arrived_at_scene", "transporting_patient", "at_hospital",
                                            "available"};

}  // namespace

void Ambulance::registered(core::Instant now) {
  say_status(now);
}

// A call may come again, after it or the server was away: then it is taken from its beginning.
void Ambulance::hear(core::Instant now, const std::string& status, const Json& payload) {
  if (status == "ack_" + status_) {
    waits_since_ = core::Instant::never();
  } else if (status == "dispatch_ambulance") {
    const bool same = call_ == payload && status_ != "available";
    call_ = payload;
    const std::string car = payload.value("car_id", "");
    tell("dispatched", {{"car", car}, {"hospital", payload.value("hospital_id", Json{})}});
    say("ack_crash_response",
        {{"ack_type", "dispatch_ambulance"}, {"car_id", car}, {"responder_id", id()}, {"responder_type", type()}});
    same ? say_status(now) : become(now, "on_duty");
  } else if (status == "assign_patient_to_hospital" && call_.is_object()) {
    call_["hospital_id"] = payload.value("hospital_id", Json{});
  }
}

core::Instant Ambulance::wake(core::Instant now) {
  if (now >= next_) become(now, next_status());
  return next_;
}

void Ambulance::typed(core::Instant now, const std::string& line) {
  constexpr std::array<std::pair<char, const char*>, 5> meanings{{{'o', "on_duty"},
                                                                  {'r', "arrived_at_scene"},
                                                                  {'t', "transporting_patient"},
                                                                  {'h', "at_hospital"},
                                                                  {'a', "available"}}};
  for (const auto& [key, status] : meanings)
    if (line.size() == 1 && (line[0] | 0x20) == key) return become(now, status);
  tell("unknown_key", {{"key", line}, {"keys", keys()}});
}

void Ambulance::become(core::Instant now, std::string status) {
  status_ = std::move(status);
  if (status_ == "available") call_ = nullptr;
  if (status_ == "arrived_at_scene" && call_.is_object())
    manner_.at = place_of(call_.value("crash_location", Json::object())).value_or(manner_.at);
  tell("status", {{"status", status_}});
  say_status(now);
  const bool goes_on = call_.is_object() && !manner_.by_hand;
  next_ = goes_on ? now + (status_ == "at_hospital" ? manner_.handover : manner_.leg) : core::Instant::never();
}

void Ambulance::say_status(core::Instant now) {
  Json payload = degrees_of(manner_.at);
  if (call_.is_object()) {
    payload["call_id"] = call_.value("car_id", "");
    payload["hospital_id"] = call_.value("hospital_id", Json{});
  }
  waits_since_ = now;
  say(status_, std::move(payload));
}

std::string Ambulance::next_status() const {
  for (std::size_t i = 0; i + 1 < kSteps.size(); ++i)
    if (status_ == kSteps[i]) return kSteps[i + 1];
  return "available";
}

}  // namespace net
