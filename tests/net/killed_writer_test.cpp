// What a store has taken is there whatever becomes of the process that wrote it: it is killed in the middle, or its
// disk is full.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <new>

#include "core/base/rng.hpp"
#include "core/group/settings.hpp"
#include "net/store/store.hpp"
#include "tests/net/messages.hpp"

namespace {

namespace fs = std::filesystem;
using core::EventId;

// What the writer says of itself, for the one who kills it.
struct Said {
  std::atomic<std::uint64_t> taken{0};  // this many events the store has taken, each with its place in the log
  std::atomic<int> wrong{0};            // what it found when it began was not what it had been told is there
};

struct Writer {
  core::Config config = tests::group_of(3);
  fs::path folder = fs::temp_directory_path() / ("bellwether_killed_writer" + std::to_string(getpid()));
  Said* said = new (mmap(nullptr, sizeof(Said), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Said;

  Writer() {
    core::seal(config);
    fs::create_directories(folder);
  }
  ~Writer() {
    fs::remove_all(folder);
    munmap(said, sizeof(Said));
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  static core::Entry entry(std::uint64_t number) {
    core::Event event{EventId::of(0, number), {}, "load", std::string(number % 700, 'x'), {}};
    return {number, 1, std::make_shared<const core::Event>(std::move(event))};
  }
  static bool is_whole(const core::Durable& durable) {
    if (durable.log.size() != durable.last_number) return false;
    for (core::Seq seq = 1; seq <= durable.log.size(); ++seq)
      if (durable.log.at(seq) != entry(seq)) return false;
    return true;
  }

  // A few events at a time, each accepted and put into the log, until it is killed or cannot go on.
  [[noreturn]] void write() const {
    net::Store store(folder / "n1", config, 0, "demo");
    const core::Durable durable = store.load();
    if (durable.log.size() < said->taken || !is_whole(durable)) ++said->wrong;
    for (std::uint64_t number = durable.log.size();;) {
      std::vector<core::Persist> records;
      for (std::uint64_t end = number + 1 + number % 5; number < end;) {
        const core::Entry next = entry(++number);
        records.emplace_back(core::Accepted{next.event});
        records.emplace_back(core::LogWritten{{next}});
      }
      store.write(records);
      said->taken = number;
    }
  }
  pid_t start(rlim_t most_bytes = RLIM_INFINITY) const {
    const pid_t child = fork();
    if (child != 0) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{most_bytes, most_bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      write();
    } catch (const net::StoreError&) {
      _exit(3);
    }
  }
  [[nodiscard]] core::Durable load() const { return net::Store(folder / "n1", config, 0, "demo").load(); }
};

}  // namespace

TEST_CASE("killed 200 times while it writes, a store has all that it had taken") {
  const Writer writer;
  core::Rng rng(7);
  std::uint64_t least = 0;
  for (int kill_number = 0; kill_number < 200; ++kill_number) {
    CAPTURE(kill_number);
    const std::uint64_t until = writer.said->taken + 1 + rng.below(20);
    const pid_t child = writer.start();
    while (writer.said->taken < until && waitpid(child, nullptr, WNOHANG) == 0) usleep(50);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    REQUIRE(writer.said->taken >= until);
    least = until;
  }
  CHECK(writer.said->wrong == 0);
  const core::Durable durable = writer.load();
  CHECK(durable.log.size() >= least);
  CHECK(Writer::is_whole(durable));
}

TEST_CASE("a full disk stops the writer, and what it had written is there") {
  const Writer writer;
  int status = 0;
  waitpid(writer.start(512 << 10), &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);  // it was told, and said so
  CHECK(writer.said->taken > 20);
  const core::Durable durable = writer.load();
  CHECK(durable.log.size() == writer.said->taken);
  CHECK(Writer::is_whole(durable));
}
