// Ctrl-C as a question that long work asks now and then.
#pragma once

#include "core/trace/record.hpp"

namespace tools {

// From now on SIGINT and SIGTERM only ask the program to finish, however often they come (`timeout` sends them
// twice); SIGQUIT still kills it.
void catch_interrupts();

[[nodiscard]] bool interrupted();

struct CutShort {};

// Leaves a run in the middle when Ctrl-C comes, by throwing CutShort; a replay has no other door.
struct InterruptSink : core::RecordSink {
  void on(const core::Record&) override {
    if (interrupted()) throw CutShort{};
  }
};

}  // namespace tools
