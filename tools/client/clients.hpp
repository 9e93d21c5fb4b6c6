// One client that a person steers, or a fleet of them: plays them until they are done or stopped, and tells what
// happens.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/client/client.hpp"
#include "tools/command_line_client.hpp"
#include "tools/exit_code.hpp"

namespace tools {

class Clients {
 public:
  // Throws BadInput.
  explicit Clients(const ClientOptions& options);
  ExitCode run();

 private:
  void add(const std::string& id, std::uint64_t number);
  void hear_keys();
  void hear_stop();
  void watch();
  void tell(const net::Role& role, net::Json news);
  void finish(ExitCode code);
  [[nodiscard]] bool done() const;
  [[nodiscard]] bool all_settled() const;

  const ClientOptions options_;
  boost::asio::io_context io_;
  net::Finder finder_;
  std::vector<std::unique_ptr<net::Role>> roles_;
  std::vector<std::unique_ptr<net::Client>> clients_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer tick_;
  boost::asio::posix::stream_descriptor keys_;
  boost::asio::streambuf typed_;
  std::map<std::string, std::uint64_t> counts_;  // of events
  core::Instant begun_;
  bool met_ = false;  // somebody was at a server
  bool keys_over_ = false;
  ExitCode code_ = ExitCode::held;
};

}  // namespace tools
