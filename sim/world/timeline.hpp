// The present and what is to come. Nothing in a run happens but what stands here.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/time.hpp"
#include "sim/queue/event_queue.hpp"

namespace sim {

class Timeline {
 public:
  [[nodiscard]] core::Instant now() const { return now_; }

  // What is already past happens now.
  // Returns the insertion number, which is unique in the run.
  std::uint64_t push(Due due) {
    due.at = std::max(due.at, now_);
    return queue_.push(due);
  }

  // What comes next, as things stand; null: nothing.
  [[nodiscard]] const Due* upcoming() const { return queue_.empty() ? nullptr : &queue_.top(); }

  // A number like an insertion number, for what happens at once.
  std::uint64_t take_order() { return queue_.take_order(); }

  // Goes on to the next thing due and hands it out; false (and the present is `end`) if none is due up to `end`.
  bool next(core::Instant end, Due& due) {
    if (queue_.empty() || queue_.top().at > end) {
      now_ = end;
      return false;
    }
    due = queue_.pop();
    now_ = due.at;
    return true;
  }

 private:
  core::Instant now_;
  EventQueue queue_;
};

}  // namespace sim
