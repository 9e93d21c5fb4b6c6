// The outputs of a node as a trail of sums: each stands for its output and for all before it. Two trails that are equal
// at a place are equal before it, but for a chance of one in 2^64; where they part, they do so at the first output that
// differs, but for one in 2^32.
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
  std::uint8_t detail = 0;  // persist: which of core::Persist; send: the message's type; fact: the record's kind
  std::uint32_t sum = 0;
  friend bool operator==(const Mark&, const Mark&) = default;
};

class Trail {
 public:
  Mark persist(const core::Persist& record);
  Mark send(core::Member to, const core::Message& message, std::string_view written);
  Mark fact(const core::Record& fact);

 private:
  Mark mark(core::Effect::Kind kind, std::size_t detail);

  Sum sum_;
  std::uint64_t number_ = UINT64_MAX;  // of the message that was last sent
  std::uint64_t bytes_ = 0;            // their sum
};

}  // namespace net
