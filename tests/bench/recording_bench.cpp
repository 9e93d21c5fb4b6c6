// What recording costs a follower of a busy group: an ORDER of a hundred events of a hundred bytes comes in, is written
// to the disk and delivered. An item is an event; the lower bound writes the same number of bytes to the same disk.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "net/record/recording.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

constexpr std::size_t kEntries = 100, kTurns = 20;

net::Birth birth() {
  net::Birth born{.group = "bench"};
  for (std::uint64_t i = 1; i <= 3; ++i) born.config.members.push_back({.name = "n" + std::to_string(i), .id = {0, i}});
  born.self = 0;
  return born;
}

core::Message order() {
  core::Order order{.epoch = 3, .leader = 2, .previous = {3, 1'000'000}, .entries = {}};
  for (core::Seq i = 1; i <= kEntries; ++i) {
    const core::Event event{core::EventId::of(1, 500'000 + i), {}, "message", std::string(100, 'x'), {}};
    order.entries.push_back({1'000'000 + i, 3, std::make_shared<const core::Event>(event)});
  }
  return {.from = 2, .body = std::move(order), .sent = {1'234'567'890'123}, .number = 123'456};
}

// A turn of the follower's engine: it takes the entries, answers, and delivers.
void turn(net::Recording& recording, const core::Message& message, const core::Message& answer, core::Instant now) {
  const auto& entries = std::get<core::Order>(message.body).entries;
  recording.input(now, message);
  recording.persist(core::LogWritten{entries});
  recording.send(2, answer, "an answer of some thirty bytes");
  for (const core::Entry& entry : entries) {
    core::Record deliver{.kind = core::Kind::deliver, .node = 0, .epoch = 3, .seq = entry.seq, .id = entry.event->id};
    deliver.event = entry.event.get();
    recording.fact(deliver);
  }
  recording.flush();
}

void record(benchmark::State& state) {
  state.SetLabel("event of 100 bytes recorded by a follower");
  const auto folder = std::filesystem::temp_directory_path() / ("bellwether_bench" + std::to_string(getpid()));
  const net::Clock clock;
  net::Recording recording(folder, birth(), clock);
  const core::Message message = order(), answer{.from = 0, .body = core::Ack{.epoch = 3, .voter = 0}};
  const auto begun = std::filesystem::file_size(recording.path());
  const int bare = open((folder / "bare").c_str(), O_WRONLY | O_CREAT, 0600);
  core::Instant now{1'234'567'000'000};
  std::uint64_t turns = 0;
  measure(
      state,
      [&] {
        for (std::size_t i = 0; i < kTurns; ++i, ++turns)
          turn(recording, message, answer, now = now + core::Duration{9});
        return kTurns * kEntries;
      },
      [&] {
        const std::string bytes(kEntries * 130, 'x');
        for (std::size_t i = 0; i < kTurns; ++i)
          if (write(bare, bytes.data(), bytes.size()) < 0) state.SkipWithError("the disk is full");
        return kTurns * kEntries;
      });
  const auto bytes = static_cast<double>(std::filesystem::file_size(recording.path()) - begun);
  state.counters[kBytesEach] = bytes / static_cast<double>(turns * kEntries);
  if (!recording.goes_on()) state.SkipWithError("the recording was full");
  close(bare);
  std::filesystem::remove_all(folder);
}

}  // namespace

BENCHMARK(record)->Name("recording/follower")->UseManualTime();

}  // namespace bench
