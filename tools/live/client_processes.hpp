// The cars, ambulances and hospitals of a live run: processes that play clients as `bellwether client` does. They know
// the addresses of all nodes and are struck by no fault; but a client may be switched off for a while.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "net/runtime/sockets.hpp"
#include "sim/scenario/scenario.hpp"
#include "tools/command_line_client.hpp"

namespace tools {

class ClientProcesses {
 public:
  // REQUIRES: the scenario outlives the processes.
  ClientProcesses(const sim::Scenario& scenario, std::uint64_t seed, const net::Addresses& servers);
  // Kills them all.
  ~ClientProcesses();
  ClientProcesses(const ClientProcesses&) = delete;
  ClientProcesses& operator=(const ClientProcesses&) = delete;

  // Starts who is to be there at this time of the run and is not, and kills who is to be away. Throws std::system_error
  // if there is no process to be had.
  void look(core::Duration since_start);

 private:
  // A fleet, or one client.
  struct Process {
    ClientOptions options{};
    core::Duration from{};  // it is not needed earlier
    pid_t id = 0;           // 0: it is switched off
  };

  void add(const std::string& type, std::uint32_t count, ClientOptions options);
  [[nodiscard]] bool is_away(const std::string& who, core::Duration since_start) const;
  static void start(Process& process);
  static void stop(Process& process);

  const sim::Scenario& scenario_;
  std::vector<Process> processes_;
};

}  // namespace tools
