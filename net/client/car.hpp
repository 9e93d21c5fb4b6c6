// A car: it reports crashes, numbered from 1, and repeats each until it is acknowledged.
#pragma once

#include <map>

#include "net/client/role.hpp"

namespace net {

class Car final : public Role {
 public:
  Car(std::string id, const Manner& manner) : Role{std::move(id)}, manner_{manner} {}

  [[nodiscard]] std::string type() const override { return "Car"; }
  void registered(core::Instant now) override;
  void hear(core::Instant now, const std::string& status, const Json& payload) override;
  core::Instant wake(core::Instant now) override;
  void typed(core::Instant now, const std::string& line) override;
  [[nodiscard]] core::Instant waits_since() const override;
  [[nodiscard]] std::string keys() const override { return "c: report a crash here"; }

 private:
  struct Report {
    core::Place at;
    core::Instant said;  // to the server that it is at
  };
  void report(core::Instant now);
  void say_report(core::Instant now, std::uint64_t number, Report& report);

  Manner manner_;
  std::map<std::uint64_t, Report> waiting_;  // by number
  std::uint64_t number_ = 0;                 // of the newest report
  core::Instant next_ = core::Instant::never();
  bool here_ = false;  // it was registered once
};

}  // namespace net
