// The outputs of a node as a trail of sums: each stands for its output and for all before it, and two bytes of it are
// kept. Trails that part do so at the first output that differs, but for a chance of one in 2^16; at the next, but for
// one in 2^32, and so on.
// Of messages and of what is kept for the first time every byte is summed up; log entries and facts name events that
// went into the node or were summed up before, so of these the ids and places are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/group/config.hpp"
#include "core/node/effects.hpp"
#include "net/record/sum.hpp"

namespace net {

struct Mark {
  core::Effect::Kind kind{};
  // persist: which of core::Persist; send: the message's type; fact: the record's kind; order: core::LampOrder::What
  std::uint8_t detail = 0;
  std::uint16_t sum = 0;
  friend bool operator==(const Mark&, const Mark&) = default;
};

class Trail {
 public:
  Mark persist(const core::Persist& record);
  Mark send(core::Member to, const core::Message& message, std::string_view written);
  Mark fact(const core::Record& fact);
  Mark order(const core::LampOrder& order);

 private:
  Mark mark(core::Effect::Kind kind, std::size_t detail);

  Sum sum_;
  std::uint64_t number_ = UINT64_MAX;  // of the message that was last sent
  std::uint64_t bytes_ = 0;            // their sum
};

}  // namespace net
