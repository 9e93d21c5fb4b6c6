#include "tools/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace tools {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> asked{false};

}  // namespace

void catch_interrupts() {
  struct sigaction action{};
  action.sa_handler = [](int) { asked.store(true, std::memory_order_relaxed); };
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() {
  return asked.load(std::memory_order_relaxed);
}

}  // namespace tools
