// How far a simulated run is the live one.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/trace/record.hpp"
#include "tools/replay/past.hpp"

namespace tools {

// What is compared of a run.
struct Likes {
  std::vector<std::vector<core::EventId>> delivered;          // by member, in order, all lives
  std::vector<std::pair<core::Member, core::Epoch>> leaders;  // in order
  std::size_t received = 0;                                   // messages
};

Likes likes_of(const std::vector<Past>& lives);

// Takes them from a simulated run.
class LikesSink final : public core::RecordSink {
 public:
  explicit LikesSink(std::size_t members) { likes_.delivered.resize(members); }
  void on(const core::Record& record) override;
  [[nodiscard]] const Likes& likes() const { return likes_; }

 private:
  Likes likes_;
};

// How many deliveries come in both, at the same node and in the same order.
std::size_t same_deliveries(const Likes& a, const Likes& b);
std::size_t deliveries(const Likes& likes);

}  // namespace tools
