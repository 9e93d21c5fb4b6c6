// What a recording begins with: all that the life of a node depends on but its inputs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"
#include "core/group/config.hpp"
#include "core/store/durable.hpp"
#include "net/wire/frames.hpp"

namespace net {

struct Birth {
  std::string group{};
  core::Config config{};  // sealed
  core::Member self = core::kNobody;
  std::uint64_t incarnation = 1;
  std::uint64_t first_number = 0;  // of its messages
  Form form = Form::binary;
  core::Rng rng{};
  core::Durable durable{};  // with which it starts
  core::Instant origin{};   // by the machine's clock: the start of the run, if the node is part of one
};

std::string encode(const Birth& birth);
// Nothing if the bytes are no birth.
std::optional<Birth> decode_birth(std::string_view bytes);

}  // namespace net
