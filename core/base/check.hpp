// Programmer errors stop the program at once, in every build type. A function, so that it cannot vanish.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace core {

inline void check(bool ok, const char* what, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (ok) return;
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, what);
  std::abort();
}

}  // namespace core
