// Lives of nodes on real sockets, recorded and run again.
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sstream>

#include "net/record/format.hpp"
#include "net/record/rerun.hpp"
#include "tests/net/recorded_group.hpp"

namespace {

namespace fs = std::filesystem;
using core::Storage;

net::Rerun run_again(const std::string& file) {
  net::Recorded recorded(file);
  return net::run_again(recorded);
}

std::string read(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write(const std::string& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string complaint_about(const std::string& file) {
  try {
    run_again(file);
  } catch (const net::BadRecording& bad) {
    return bad.what();
  }
  return {};
}

// Three nodes elect, deliver some events, lose the leader and get it back.
void live_a_little(tests::RecordedGroup& group) {
  group.until_led_by(2);
  core::EventId last = group.submit(0);
  for (int i = 0; i < 60; ++i) last = group.submit(static_cast<core::Member>(i % 3), {last});
  group.until_delivered(1, 61);
  group.kill(2);
  group.until_led_by(1);
  group.submit(0, {last});
  group.until_delivered(1, 62);
  group.start(2);
  group.until_led_by(2);
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("bellwether_record_test" + std::to_string(getpid()));
  Folder() { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

struct Small {
  std::string file;
  std::uint64_t outputs_before = 0;  // the submission
};

// A group of one, which sends nothing, takes an event that says `hello`; what is recorded are the outputs of a node
// that heard `heard` and withholds the output number `withheld` of that input.
Small record_small(const fs::path& folder, const std::string& heard = "hello", std::size_t withheld = SIZE_MAX) {
  net::Birth birth{.group = "demo", .config = tests::quick_group(Storage::memory), .self = 0};
  birth.config.members.resize(1);
  core::seal(birth.config);
  const net::Clock clock;
  net::Recording recording(folder, birth, clock);
  Small made{recording.path().string()};
  core::Node node(birth.config, 0, {}, birth.rng);
  core::Effects out;
  const auto turn = [&](core::Instant now, const net::Input& input) {
    const auto* event = std::get_if<core::Submission>(&input);
    out.clear();
    recording.input(now, input);
    net::give(node, now, event != nullptr ? core::Submission{{}, "message", heard} : input, out);
    for (std::size_t i = 0; i < out.list().size(); ++i) {
      const core::Effect& effect = out.list()[i];
      if (event != nullptr && i == withheld) continue;
      if (effect.kind == core::Effect::Kind::persist) recording.persist(out.persists()[effect.index]);
      if (effect.kind == core::Effect::Kind::fact) recording.fact(out.facts()[effect.index]);
    }
    made.outputs_before += event == nullptr ? out.list().size() : 0;
    recording.flush();
  };
  turn({1'000'000'000}, net::Start{});
  for (int i = 1; i <= 9; ++i) turn({1'000'000'000 + i * 20'000'000}, net::Wake{});
  turn({1'200'000'000}, core::Submission{{}, "message", "hello"});
  REQUIRE(node.commit() == 2);
  return made;
}

}  // namespace

TEST_CASE("recorded lives run again without a difference") {
  const Storage storage = GENERATE(Storage::durable, Storage::memory);
  tests::RecordedGroup group(storage);
  live_a_little(group);
  group.processes[0].engine->take(net::Leave{});
  group.until([&] { return group.processes[0].facts.left; });
  const std::vector<std::string> files = group.recordings();
  REQUIRE(files.size() == 4);
  CHECK(fs::path(files[3]).filename() == "n3.2.rec");
  for (const std::string& file : files) {
    CAPTURE(file);
    const net::Rerun rerun = run_again(file);
    if (rerun.difference)
      FAIL(rerun.difference->now + " / " + rerun.difference->then + " / " + rerun.difference->given);
    CHECK(rerun.inputs > 20);
    CHECK(rerun.outputs > 60);
    CHECK(rerun.ending == net::Ending::whole);
  }
  CHECK((net::Recorded(files[3]).birth().durable.log.size() > 60) == (storage == Storage::durable));
}

TEST_CASE("a node that behaves otherwise is told at its first other output") {
  const Folder folder;
  // It keeps another event than it was given.
  const Small kept = record_small(folder.path, "hullo");
  const net::Rerun first = run_again(kept.file);
  REQUIRE(first.difference);
  CHECK(first.difference->input == 11);
  CHECK(first.difference->given == "a submission of 5 bytes");
  CHECK(first.difference->output == kept.outputs_before + 1);
  CHECK(first.outputs == kept.outputs_before);
  CHECK(first.difference->now == "what is written to the disk: an accepted event");
  CHECK(first.difference->then == "a write to the disk: an accepted event");
  CHECK(first.difference->at == core::Instant{1'200'000'000});

  // It says one thing too few, and goes on.
  const net::Rerun silent = run_again(record_small(folder.path, "hello", 0).file);
  REQUIRE(silent.difference);
  CHECK(silent.difference->now.starts_with("what is written to the disk"));
  CHECK(silent.difference->then == "a record `submit`");

  // The last thing is missing.
  const net::Rerun last = run_again(record_small(folder.path, "hello", 7).file);
  REQUIRE(last.difference);
  CHECK(last.difference->now.starts_with("the record `ack` 2 n1:1"));
  CHECK(last.difference->then.empty());
  CHECK(!run_again(record_small(folder.path, "hello", 8).file).difference);
}

TEST_CASE("a recording that breaks off anywhere is used up to there") {
  const Folder folder;
  const std::string whole = read(record_small(folder.path).file);
  const std::string file = (folder.path / "cut.rec").string();
  write(file, whole);
  const net::Rerun all = run_again(file);
  CHECK(all.inputs > 0);
  CHECK(all.ending == net::Ending::whole);
  write(file + ".tail", "no tail");
  CHECK(run_again(file).ending == net::Ending::damaged);
  fs::remove(file + ".tail");
  std::uint64_t most = 0;
  bool refused = true;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    write(file, std::string_view(whole).substr(0, size));
    const std::string complaint = complaint_about(file);
    REQUIRE((refused || complaint.empty()));
    refused = !complaint.empty();
    if (refused) continue;
    const net::Rerun part = run_again(file);
    REQUIRE(!part.difference);
    REQUIRE(part.inputs >= most);
    most = part.inputs;
  }
  CHECK(!refused);
  for (std::size_t place = net::kRecordingMagic.size(); place < whole.size(); ++place) {
    CAPTURE(place);
    std::string damaged = whole;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
    write(file, damaged);
    if (complaint_about(file).empty()) REQUIRE(run_again(file).ending != net::Ending::whole);
  }
}

TEST_CASE("a recording is bounded and says so") {
  constexpr std::uint64_t kLimit = 4'000;
  tests::RecordedGroup group(Storage::memory, kLimit);
  group.until_led_by(2);
  while (group.processes[0].recording->goes_on()) group.io.run_one();
  group.submit(0);
  group.until_delivered(0, 1);
  const std::string file = group.recordings()[0];
  CHECK(fs::file_size(file) < kLimit + 1'000);  // with the birth
  const net::Rerun rerun = run_again(file);
  CHECK(!rerun.difference);
  CHECK(rerun.inputs > 5);
  CHECK(rerun.ending == net::Ending::full);
}

TEST_CASE("a full disk ends the recording and nothing else") {
  constexpr std::size_t kBlock = 4'096;
  tests::RecordedGroup group(Storage::memory, net::Recording::kLimit, kBlock);
  group.until_led_by(2);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{fs::file_size(group.recordings()[0]) + 100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  while (group.processes[0].recording->goes_on()) group.io.run_one();
  group.submit(0);
  group.until_delivered(0, 1);
  const net::Birth birth = net::Recorded(group.recordings()[0]).birth();
  CHECK_THROWS_WITH(net::Recording(group.folder / "none", birth, group.clock), Catch::Contains("cannot be begun"));
  CHECK(fs::is_empty(group.folder / "none"));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
  const net::Rerun rerun = run_again(group.recordings()[0]);
  CHECK(!rerun.difference);
  CHECK(rerun.inputs > 5);
  CHECK_THROWS_WITH(net::Recording("/dev/null/here", birth, group.clock), Catch::Contains("cannot be begun"));
}

TEST_CASE("what is no recording is refused in words") {
  const Folder folder;
  fs::create_directories(folder.path);
  const std::string file = (folder.path / "foreign.rec").string();
  const auto complaint = [&](const std::string& bytes) {
    write(file, bytes);
    return complaint_about(file).substr(file.size());
  };
  CHECK(complaint("") == ": is no recording of bellwether");
  CHECK(complaint(std::string(4'000, 'x')) == ": is no recording of bellwether");
  CHECK(complaint("bellwether-recording 9\nfuture") == ": is a recording of another version of bellwether");
  CHECK(complaint(std::string(net::kRecordingMagic) + std::string(40, '\xFF')) ==
        ": its beginning is damaged or missing");
  CHECK_THROWS_WITH(net::Recorded("/nowhere.rec"), Catch::Contains("cannot be read"));
}
