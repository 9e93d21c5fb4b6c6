// How the program ends.
#pragma once

#include <stdexcept>

namespace tools {

enum class ExitCode : int {
  held = 0,          // every invariant and expectation
  failed = 1,        // one did not, or two traces differ
  bad_input = 2,     // bad usage, bad files, or no place for the results
  interrupted = 130  // Ctrl-C
};

// The user must change something. The message is all that is told, and the exit code is bad_input.
struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace tools
