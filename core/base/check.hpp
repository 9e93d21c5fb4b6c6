// Programmer errors stop what is being done at once, in every build type. A function, so that it cannot vanish.
#pragma once

#include <stdexcept>
#include <string>

namespace core {

// Nobody handles it but those who run many simulations and report that one of them broke.
struct CheckFailed : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void check_failed(const char* what, const char* file, int line);

inline void check(bool ok, const char* what, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (!ok) check_failed(what, file, line);
}

}  // namespace core
