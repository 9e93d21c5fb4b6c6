// Records as bytes, for the way from one process to another.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/trace/record.hpp"

namespace tools {

std::string to_bytes(const core::Record& record);

// A record that owns what it points to.
struct OwnedRecord {
  core::Record record;
  std::shared_ptr<const core::Event> event;
  std::shared_ptr<const core::Details> more;
};

// REQUIRES: the bytes are of to_bytes().
OwnedRecord record_of(std::string_view bytes);
OwnedRecord own(const core::Record& record);

}  // namespace tools
