// Work in a process of its own, so that the memory it takes is its own.
#pragma once

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>

#include "tests/bench/measure.hpp"

namespace bench {

struct Child {
  std::uint64_t items = 0;
  double seconds = 0;       // of CPU
  std::uint64_t bytes = 0;  // by which the resident memory grew, at its peak
};

inline std::uint64_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

// `warm_up` touches the code that `work` runs, so that it does not count. All zero if the process failed.
Child in_child(auto&& warm_up, auto&& work) {
  Child result;
  int ends[2];
  if (pipe(ends) != 0) return result;
  malloc_trim(0);  // what the parent has freed the child would use in place of new memory
  const pid_t child = fork();
  if (child == 0) {
    warm_up();
    const double begun = cpu_seconds();
    const std::uint64_t before = peak_bytes();
    result.items = work();
    result.seconds = cpu_seconds() - begun;
    result.bytes = peak_bytes() - before;
    _exit(write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  close(ends[1]);
  const bool whole = child > 0 && read(ends[0], &result, sizeof result) == sizeof result;
  close(ends[0]);
  if (child > 0) waitpid(child, nullptr, 0);
  return whole ? result : Child{};
}

}  // namespace bench
