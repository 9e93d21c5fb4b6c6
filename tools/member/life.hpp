// What there is of a member while it takes part in its group: memory, sockets, and the engine between them.
#pragma once

#include "net/record/recording.hpp"
#include "net/runtime/engine.hpp"
#include "net/runtime/sockets.hpp"
#include "tools/member/folder.hpp"

namespace tools {

struct Life {
  // Throws net::StoreError, and BadInput if nothing can be recorded. REQUIRES: the folder's group is founded; all but
  // the config and the options outlive the life.
  Life(boost::asio::io_context& io, core::Config config, core::Member self, const NodeOptions& options, Folder& folder,
       core::RecordSink& facts, net::LampOutlet& lamps, Folder::Say complain);

  // Listens, dials and starts. Throws boost::system::system_error if it cannot listen for datagrams.
  void begin(boost::asio::ip::tcp::acceptor acceptor, net::Visitors& visitors, const net::Roster& roster);
  // To be found where the roster says now.
  void follow(const net::Roster& roster);

  const core::Config config;
  const core::Member self;
  Memory memory;
  net::Clock clock;
  net::Dialect dialect;
  net::Sockets sockets;
  const net::Engine::Setting setting;
  std::unique_ptr<net::Recording> recording;  // none: not asked for
  net::Engine engine;
};

}  // namespace tools
