// The node behind a gateway, as the gateway sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/city/dispatch.hpp"
#include "core/node/submission.hpp"

namespace net {

// A member that serves clients.
struct Server {
  core::Member member = core::kNobody;
  std::string id, host;  // the id as text
  std::uint16_t tcp_port = 0;
};

class CityNode {
 public:
  // As of what the node has delivered; null: it takes part in no group that dispatches.
  [[nodiscard]] virtual const core::Dispatch* dispatch() const = 0;
  [[nodiscard]] virtual core::Member self() const = 0;
  // Number 0: not now.
  virtual core::EventId submit(const core::Submission& event) = 0;
  // The group has decided this event, which was submitted here, and dispatch() shows what came of it.
  [[nodiscard]] virtual bool decided(core::EventId own) const = 0;
  // So long may a unit be away from here before it is gone.
  [[nodiscard]] virtual core::Duration give_back() const = 0;
  // This one first, and those that it hears; and which of them leads: kNobody: it knows of none.
  [[nodiscard]] virtual std::vector<Server> servers() const = 0;
  [[nodiscard]] virtual core::Member leader() const = 0;

 protected:
  ~CityNode() = default;
};

}  // namespace net
