// What one client is told, a message at a time: an original client takes whatever one read of 4096 bytes brings it for
// one message, so two that meet there are both lost.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "net/mesh/visitors.hpp"

namespace net {

class SlowLine {
 public:
  static constexpr core::Duration kGap = core::Duration::ms(150);
  static constexpr std::size_t kMostBytes = 4'095;  // with its end
  static constexpr std::size_t kMostWaiting = 1'000;

  SlowLine() = default;
  explicit SlowLine(std::weak_ptr<Caller> caller) : caller_{std::move(caller)} {}

  // Puts it in line. What is too long for the client is dropped; so is all if it has gone.
  void say(std::string message) {
    if (message.size() < kMostBytes && waiting_.size() < kMostWaiting) waiting_.push_back(std::move(message));
  }
  // Says what is due. Returns when there is more to say.
  core::Instant wake(core::Instant now) {
    const auto caller = caller_.lock();
    if (caller == nullptr) waiting_.clear();
    if (waiting_.empty()) return core::Instant::never();
    if (now >= next_) {
      caller->answer(std::move(waiting_.front()));
      waiting_.pop_front();
      next_ = now + kGap;
    }
    return waiting_.empty() ? core::Instant::never() : next_;
  }

  [[nodiscard]] bool gone() const { return caller_.expired(); }
  [[nodiscard]] bool is(const std::shared_ptr<Caller>& caller) const { return caller_.lock() == caller; }
  void hang_up() {
    if (const auto caller = caller_.lock()) caller->hang_up();
  }

 private:
  std::weak_ptr<Caller> caller_;
  std::deque<std::string> waiting_;
  core::Instant next_;  // not before this
};

}  // namespace net
