// Runs a recorded life again and compares what comes out of the node with what came out then. Needs no clock, socket or
// disk.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "net/record/recorded.hpp"

namespace net {

// Where the life that is run again parts from the recorded one.
struct Difference {
  std::uint64_t input = 0;   // the number of the input, from 1
  core::Instant at;          // when it came, by the machine's clock
  std::string given;         // the input, in words
  std::uint64_t output = 0;  // the number of the output, from 1
  std::string now;           // the output of the node as it is run again; "": none
  std::string then;          // as recorded; "": none
};

// Is told what happens, in order.
class Witness {
 public:
  virtual ~Witness() = default;
  // Before its outputs; `accepted`: of a submission.
  virtual void given(const Given& given, core::EventId accepted) = 0;
  // `at`: when the input came that it is an output of.
  virtual void sent(core::Instant at, core::Member to, const core::Message& message) = 0;
  virtual void noted(const core::Record& fact) = 0;  // `at` is set likewise
};

struct Rerun {
  std::uint64_t inputs = 0, outputs = 0;  // that are equal
  core::Instant begun, ended;             // the first input and the last, by the machine's clock
  Ending ending{};                        // of the recording
  std::optional<Difference> difference;   // the first
};

// Up to the first difference. `pause` is asked now and then and may throw to end it. Throws BadRecording.
Rerun run_again(Recorded& recorded, Witness* witness = nullptr, const std::function<void()>& pause = {});

}  // namespace net
