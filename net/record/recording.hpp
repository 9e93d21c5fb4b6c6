// Writes down all that goes into a node and, summed up, all that comes out of it, so that its life can be run again:
//
//   Recording recording(folder, birth, clock, Recording::kLimit);
//   Engine engine(io, setting, std::move(durable), {outlet, facts, clock, store, &recording});
//
// What a turn of the engine has to tell outlives the process before anything of it leaves the node.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "net/record/birth.hpp"
#include "net/record/tape.hpp"
#include "net/record/trail.hpp"
#include "net/runtime/clock.hpp"
#include "net/runtime/tap.hpp"

namespace net {

class Recording final : public Tap {
 public:
  static constexpr std::uint64_t kLimit = std::uint64_t{1} << 30;  // bytes

  // Makes folder/NAME.N.rec, NAME the node's, N the first number from 1 that is free. No more than `limit` bytes are
  // written, the birth not counted. Throws std::runtime_error, in words, if that fails; later troubles only end the
  // recording, with a word on stderr. REQUIRES: clock, which is the engine's, outlives the recording.
  Recording(const std::filesystem::path& folder, const Birth& birth, const Clock& clock, std::uint64_t limit = kLimit,
            std::size_t block = Tape::kBlock);
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  void input(core::Instant now, const Input& input, std::string_view written = {}) override;
  void persist(const core::Persist& record) override { note(trail_.persist(record)); }
  void send(core::Member to, const core::Message& message, std::string_view written) override {
    note(trail_.send(to, message, written));
  }
  void fact(const core::Record& fact) override { note(trail_.fact(fact)); }
  void order(const core::LampOrder& order) override { note(trail_.order(order)); }
  void flush() override;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool goes_on() const { return tape_.has_value(); }

 private:
  void open(const std::filesystem::path& folder, const std::string& name, std::size_t block);
  void begin_block();
  void begin_turn(core::Instant now);
  void note(Mark mark);
  void write_block();
  void write(std::string_view bytes);

  std::filesystem::path path_;
  const Clock& clock_;
  std::uint64_t left_;        // bytes that may still be written
  std::optional<Tape> tape_;  // none: the recording has ended
  std::string block_;         // begins with room for its head
  bool begun_ = false;        // the turn has something in it
  core::Instant last_{};      // input
  Trail trail_;
};

}  // namespace net
