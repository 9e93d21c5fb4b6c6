// Reads a recording, a block at a time: however long it is, no more than a block is in memory.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "net/record/birth.hpp"
#include "net/record/tape_reader.hpp"
#include "net/record/trail.hpp"
#include "net/runtime/input.hpp"

namespace net {

// The file is no recording, or one that cannot be used; says which file, where and why.
struct BadRecording : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What the node was given.
struct Given {
  core::Instant now;  // by its own clock
  core::Instant at;   // by the machine's
  Input input;
};
struct TurnOver {};  // all that was given before the first output of this turn has had its outputs
using Entry = std::variant<Given, Mark, TurnOver>;

// How a recording ends.
enum class Ending : std::uint8_t {
  whole,    // where a turn does
  torn,     // in the middle of a turn: the process was killed, or the disk was full
  damaged,  // with bytes that are not what was written
  full      // the life went on, unrecorded
};

class Recorded {
 public:
  // Reads the birth. Throws BadRecording, as next() does.
  explicit Recorded(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const Birth& birth() const { return birth_; }

  // Nothing: the recording is over, and ending() tells how.
  std::optional<Entry> next();
  [[nodiscard]] Ending ending() const { return ending_; }
  // Where it stands in the file, and how long that is, in bytes.
  [[nodiscard]] std::uint64_t place() const { return place_; }
  [[nodiscard]] std::uint64_t size() const { return tape_.size(); }

 private:
  bool read_block();
  bool begin_turn();
  std::optional<Entry> next_in_turn();
  Mark read_mark();
  Given read_input();
  [[noreturn]] void wrong(const std::string& what) const;

  std::string path_;
  TapeReader tape_;
  std::uint64_t place_ = 0;
  Birth birth_;
  std::string block_;
  std::string_view left_;  // of the block
  core::Duration ahead_;   // the machine's clock, of the node's
  core::Instant last_;     // input
  bool in_turn_ = false;
  Ending ending_ = Ending::whole;
};

}  // namespace net
