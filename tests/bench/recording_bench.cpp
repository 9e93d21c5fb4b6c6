// What recording costs a follower of a busy group: an ORDER of a hundred events of a hundred bytes comes in, is written
// to the disk and delivered. An item is an event; the lower bound writes the same number of bytes to the same disk.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

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

// Begins a new file now and then, so that the disk does not fill up.
class Recorder {
 public:
  explicit Recorder(std::filesystem::path folder) : folder_{std::move(folder)} {}
  ~Recorder() { std::filesystem::remove_all(folder_); }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  std::size_t record() {
    if (turns_++ % kTurnsOfFile == 0) begin();
    for (std::size_t i = 0; i < kTurns; ++i) turn(*recording_, message_, answer_, now_ = now_ + core::Duration{9});
    return kTurns * kEntries;
  }
  std::size_t write_bare() {
    const std::string bytes(kEntries * kBytes, 'x');
    for (std::size_t i = 0; i < kTurns; ++i)
      bare_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
    return kTurns * kEntries;
  }

 private:
  static constexpr std::size_t kTurnsOfFile = 200, kBytes = 125;

  void begin() {
    recording_.reset();
    std::filesystem::remove_all(folder_);
    recording_.emplace(folder_, birth(), clock_);
    bare_ = std::ofstream(folder_ / "bare", std::ios::binary);
  }

  std::filesystem::path folder_;
  net::Clock clock_;
  std::optional<net::Recording> recording_;
  std::ofstream bare_;
  const core::Message message_ = order(), answer_{.from = 0, .body = core::Ack{.epoch = 3, .voter = 0}};
  core::Instant now_{1'234'567'000'000};
  std::size_t turns_ = 0;
};

void record(benchmark::State& state) {
  state.SetLabel("event of 100 bytes recorded by a follower");
  Recorder recorder(std::filesystem::temp_directory_path() / ("bellwether_bench" + std::to_string(getpid())));
  measure(state, [&] { return recorder.record(); }, [&] { return recorder.write_bare(); });
}

}  // namespace

BENCHMARK(record)->Name("recording/follower")->UseManualTime();

}  // namespace bench
