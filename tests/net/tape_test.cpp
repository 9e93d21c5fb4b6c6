// Tapes: what was appended is there whatever becomes of the process, its disk and its tail.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>

#include "net/record/tape.hpp"
#include "net/record/tape_reader.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 4'096, kOdd = 1'000;  // which no disk takes past the page cache

struct Place {
  fs::path folder;
  std::string file = (folder / "tape").string(), tail = file + ".tail";

  explicit Place(const fs::path& disk = fs::temp_directory_path())
      : folder{disk / ("bellwether_tape_test" + std::to_string(getpid()))} {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Place() { fs::remove_all(folder); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

std::unique_ptr<net::Tape> begin(const std::string& file, std::size_t block = kBlock) {
  return std::make_unique<net::Tape>(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), file, block);
}

// Byte number i of all that these tests write.
char byte_at(std::uint64_t i) {
  return static_cast<char>(i * 2'654'435'761U >> 13);
}

std::string bytes(std::uint64_t from, std::uint64_t to) {
  std::string text;
  for (; from < to; ++from) text += byte_at(from);
  return text;
}

std::string contents(net::TapeReader& tape) {
  std::string all, part(333, '\0');
  for (std::size_t size = part.size(); size == part.size();) {
    size = tape.read(part.data(), part.size());
    all.append(part, 0, size);
  }
  return all;
}

std::string contents(const std::string& file) {
  net::TapeReader tape(file);
  REQUIRE(tape.ok());
  CHECK_FALSE(tape.damaged());
  const std::string all = contents(tape);
  CHECK(tape.size() == all.size());
  return all;
}

std::string raw(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void overwrite(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a tape is readable after each piece, and whole in one file when it is closed") {
  const std::size_t block = GENERATE(kBlock, kOdd);
  const std::string disk = GENERATE("/dev/shm", "/tmp");
  CAPTURE(block, disk);
  const Place place(disk);
  std::unique_ptr<net::Tape> tape = begin(place.file, block);
  CHECK(contents(place.file).empty());
  std::uint64_t end = 0;
  // Less than a block, exactly to its end, over its end, and far more than the tail has room for.
  for (const std::size_t size : {std::size_t{1}, std::size_t{700}, block - 701, block, block + 1, 5 * block + 17}) {
    tape->append(bytes(end, end + size));
    end += size;
    CAPTURE(end);
    REQUIRE(contents(place.file) == bytes(0, end));
  }
  CHECK(fs::file_size(place.file) == end / block * block);
  tape.reset();
  CHECK_FALSE(fs::exists(place.tail));
  CHECK(raw(place.file) == bytes(0, end));
}

TEST_CASE("what was appended to a tape survives kill -9 at any moment") {
  const Place place;
  void* memory =
      mmap(nullptr, sizeof(std::atomic<std::uint64_t>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  auto& told = *new (memory) std::atomic<std::uint64_t>;
  for (int life = 0; life < 30; ++life) {
    told = 0;
    const pid_t child = fork();
    if (child == 0) {
      const std::unique_ptr<net::Tape> tape = begin(place.file);
      const std::string all = bytes(0, 4'000'000);
      for (std::uint64_t end = 0, size = 1; end + size <= all.size(); size = (size * 7 + 13) % 9'001) {
        tape->append(std::string_view(all).substr(end, size));
        told = end += size;
      }
      _exit(0);
    }
    while (told <= static_cast<std::uint64_t>(life) * 20'000 && waitpid(child, nullptr, WNOHANG) == 0) {
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    REQUIRE(told > 0);
    const std::string all = contents(place.file);
    REQUIRE(all.size() >= told);
    REQUIRE(all == bytes(0, all.size()));
  }
  munmap(memory, sizeof(std::atomic<std::uint64_t>));
}

TEST_CASE("a tape that a dead process left is closed") {
  const std::uint64_t end = GENERATE(0U, 10U, 2 * kBlock, 2 * kBlock + 10);
  const Place place;
  const std::unique_ptr<net::Tape> tape = begin(place.file);
  tape->append(bytes(0, end));
  SECTION("as it is") {}
  SECTION("killed amid the write of a block") {
    const std::string file = raw(place.file);
    overwrite(place.file, file + "half a block");
  }
  net::close_tape(place.file);
  CHECK_FALSE(fs::exists(place.tail));
  CHECK(raw(place.file) == bytes(0, end));
  net::close_tape(place.file);  // it is
  CHECK(raw(place.file) == bytes(0, end));
  overwrite(place.tail, "no tail");
  net::close_tape(place.file);
  CHECK(raw(place.tail) == "no tail");
}

TEST_CASE("a tape without its tail, or with a foreign one, is used up to there") {
  const Place place;
  const std::unique_ptr<net::Tape> tape = begin(place.file);
  tape->append(bytes(0, 2 * kBlock + 10));
  const std::string file = raw(place.file), tail = raw(place.tail);
  const auto left_by = [&](const std::string& other) {
    overwrite(place.tail, other);
    net::TapeReader reader(place.file);
    CHECK(reader.damaged());
    return contents(reader);
  };
  CHECK(left_by("") == file);
  CHECK(left_by("no tail") == file);
  CHECK(left_by(std::string(tail.size(), 'x')) == file);
  CHECK(left_by(tail.substr(0, tail.size() - 1)) == file);
  CHECK(left_by(std::string(tail).replace(net::Tail::kEndAt, 8, 8, '\xFF')) == file);
  CHECK(left_by(std::string(tail).replace(net::Tail::kBlockAt, 8, 8, '\0')) == file);
  CHECK(file == bytes(0, 2 * kBlock));

  overwrite(place.tail, tail);
  CHECK(contents(place.file) == bytes(0, 2 * kBlock + 10));
  overwrite(place.file, file.substr(0, kBlock + 1));  // the tail goes on later
  CHECK(left_by(tail) == bytes(0, kBlock + 1));
  overwrite(place.file, file + "half a block");  // as when the process is killed amid the write
  overwrite(place.tail, tail);
  CHECK(contents(place.file) == bytes(0, 2 * kBlock + 10));
  fs::remove(place.tail);
  CHECK(contents(place.file) == file + "half a block");
}

TEST_CASE("a full disk ends a tape where it is") {
  const Place place;
  std::unique_ptr<net::Tape> tape = begin(place.file);
  tape->append(bytes(0, 100));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{2 * kBlock, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  tape->append(bytes(100, 3 * kBlock - 1));
  CHECK_THROWS_AS(tape->append("12"), std::system_error);
  tape.reset();
  CHECK_THROWS_AS(begin((place.folder / "other").string()), std::system_error);  // no room for the tail
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
  CHECK(contents(place.file) == bytes(0, 3 * kBlock - 1));
}
