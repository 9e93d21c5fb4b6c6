// What a node of a live run tells as bytes, for the way from its process to the run: records, and orders to its lamps.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "core/city/lamp.hpp"
#include "core/trace/record.hpp"

namespace tools {

std::string to_bytes(const core::Record& record);
std::string to_bytes(const core::LampOrder& order);

// A record that owns what it points to.
struct OwnedRecord {
  core::Record record;
  std::shared_ptr<const core::Event> event;
  std::shared_ptr<const core::Details> more;
};

using Told = std::variant<OwnedRecord, core::LampOrder>;

// REQUIRES: the bytes are of to_bytes().
Told told_of(std::string_view bytes);
OwnedRecord own(const core::Record& record);

}  // namespace tools
