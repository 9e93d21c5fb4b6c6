#include "tests/bench/bare.hpp"

#include <benchmark/benchmark.h>

#include "core/base/rng.hpp"

namespace bench {
namespace {

constexpr std::int64_t kMs = 1'000'000, kSecond = 1'000 * kMs;

class Heartbeats {
 public:
  Heartbeats(std::uint32_t nodes, std::int64_t seconds) : nodes_(nodes), end_(seconds * kSecond) {
    last_heard_.resize(std::size_t{nodes} * nodes);
    for (std::uint32_t node = 0; node < nodes; ++node) push(kSecond * node / nodes, node, node);
  }

  std::uint64_t run() {
    for (; !queue_.empty() && queue_.top().at < end_;) {
      const BareEvent due = queue_.top();
      queue_.pop();
      due.from == due.to ? beat(due) : arrive(due);
    }
    benchmark::DoNotOptimize(last_heard_.data());
    return messages_;
  }

 private:
  void push(std::int64_t at, std::uint32_t from, std::uint32_t to) { queue_.push({at, ++pushed_, from, to}); }

  void beat(const BareEvent& due) {
    for (std::uint32_t to = 0; to < nodes_; ++to) {
      if (to == due.from) continue;
      ++messages_;
      const std::uint64_t word = rng_.next();  // its upper half decides on loss, its lower half on the latency
      if ((word >> 32) % 100 == 0) continue;
      push(due.at + kMs + static_cast<std::int64_t>((word & UINT32_MAX) * 9 * kMs >> 32), due.from, to);
    }
    push(due.at + kSecond, due.from, due.from);
  }

  void arrive(const BareEvent& due) {
    last_heard_[std::size_t{due.to} * nodes_ + due.from] = due.at;
    ++messages_;
  }

  std::uint32_t nodes_;
  std::int64_t end_;
  core::Rng rng_{1};
  BareQueue queue_;
  std::uint64_t pushed_ = 0, messages_ = 0;
  std::vector<std::int64_t> last_heard_;  // by receiver, then sender
};

}  // namespace

std::uint64_t bare_heartbeats(std::uint32_t nodes, std::int64_t seconds) {
  return Heartbeats(nodes, seconds).run();
}

}  // namespace bench
