// What the run tells a node's process, over a connection that only the two have.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/node/node.hpp"

namespace tools {

struct Look {};   // at the journal: there is something new
struct Leave {};  // the group
struct SubmitThis {
  core::Submission submission;
  std::uint64_t ticket = 0;  // which the record of what became of it has for a number
};
// A report is what a lamp of the node says.
using OrderGiven = std::variant<Look, Leave, SubmitThis, core::LampReport>;

std::string to_bytes(const OrderGiven& order);

// Cuts what comes over the connection into orders.
class OrderReader {
 public:
  void feed(std::string_view bytes) { bytes_ += bytes; }
  // False: more has to come.
  bool next(OrderGiven& order);

 private:
  std::string bytes_;
};

}  // namespace tools
