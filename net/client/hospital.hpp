// A hospital: it says how many beds are free, and keeps patients for some time.
#pragma once

#include <deque>
#include <set>

#include "net/client/role.hpp"

namespace net {

class Hospital final : public Role {
 public:
  Hospital(std::string id, const Manner& manner) : Role{std::move(id)}, manner_{manner}, beds_{manner.beds} {}

  [[nodiscard]] std::string type() const override { return "Hospital"; }
  void registered(core::Instant now) override { say_beds(now); }
  void hear(core::Instant now, const std::string& status, const Json& payload) override;
  core::Instant wake(core::Instant now) override;
  void typed(core::Instant now, const std::string& line) override;
  [[nodiscard]] core::Instant waits_since() const override { return waits_since_; }
  void beat() override;
  [[nodiscard]] std::string keys() const override { return "+: a bed more is free, -: one less, a number: so many"; }

 private:
  void say_beds(core::Instant now);
  [[nodiscard]] Json beds() const;

  Manner manner_;
  std::int64_t beds_;                // free ones
  std::uint64_t admitted_ = 0;       // patients that came
  std::deque<core::Instant> leave_;  // when each patient in a bed does
  core::Instant waits_since_ = core::Instant::never();
};

}  // namespace net
