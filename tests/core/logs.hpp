// Logs for tests, as a history of leaders leaves them: an equal (epoch, seq) means an equal past.
#pragma once

#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "core/order/log.hpp"

namespace tests {

// The one event that epoch `epoch` ever put at `seq`.
inline core::EventRef event_at(core::Epoch epoch, core::Seq seq) {
  return std::make_shared<const core::Event>(core::Event{
      .id = core::EventId::made_in(epoch, seq), .depends_on = {}, .type = "test", .payload = "", .rejects = {}});
}

// Entries 1, 2, ... sequenced in these epochs.
inline std::vector<core::Entry> entries(const std::vector<core::Epoch>& epochs) {
  std::vector<core::Entry> out;
  for (const core::Epoch epoch : epochs) out.push_back({out.size() + 1, epoch, event_at(epoch, out.size() + 1)});
  return out;
}

// `count` logs after `leaders` epochs: each epoch's leader took some node's log as it was, or part of it, and added
// to it; each node took some of that.
inline std::vector<core::Log> random_logs(core::Rng& rng, std::size_t count, std::uint64_t leaders) {
  std::vector<std::vector<core::Epoch>> logs(count);
  for (core::Epoch epoch = 1; epoch <= leaders; ++epoch) {
    std::vector<core::Epoch> led = logs[rng.below(count)];
    led.resize(rng.below(led.size() + 1));
    led.resize(led.size() + rng.below(4), epoch);
    for (std::vector<core::Epoch>& log : logs)
      if (rng.below(2) == 0)
        log.assign(led.begin(), led.begin() + static_cast<std::ptrdiff_t>(rng.below(led.size() + 1)));
  }
  std::vector<core::Log> out;
  for (const std::vector<core::Epoch>& log : logs) out.emplace_back(entries(log));
  return out;
}

}  // namespace tests
