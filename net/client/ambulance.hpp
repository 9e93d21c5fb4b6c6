// An ambulance: it is available, is sent to a crash, takes the patient to the hospital that it is given, and is
// available again. What it does by itself after some time a person may do by keys instead.
#pragma once

#include "net/client/role.hpp"

namespace net {

class Ambulance final : public Role {
 public:
  Ambulance(std::string id, const Manner& manner) : Role{std::move(id)}, manner_{manner} {}

  [[nodiscard]] std::string type() const override { return "Ambulance"; }
  void registered(core::Instant now) override;
  void hear(core::Instant now, const std::string& status, const Json& payload) override;
  core::Instant wake(core::Instant now) override;
  void typed(core::Instant now, const std::string& line) override;
  [[nodiscard]] core::Instant waits_since() const override { return waits_since_; }
  [[nodiscard]] std::string keys() const override {
    return "o: on duty, r: arrived at the scene, t: transporting, h: at the hospital, a: available";
  }

 private:
  void become(core::Instant now, std::string status);
  void say_status(core::Instant now);
  [[nodiscard]] std::string next_status() const;

  Manner manner_;
  std::string status_ = "available";
  Json call_;                                           // what it was sent to; null: nothing
  core::Instant next_ = core::Instant::never();         // when it takes the next step
  core::Instant waits_since_ = core::Instant::never();  // for the acknowledgement of its status
};

}  // namespace net
