// What nodes say, write and do, in words for people: the language of the outputs in script/.
#pragma once

#include <string>

#include "core/message/message.hpp"
#include "core/store/durable.hpp"
#include "core/trace/record.hpp"

namespace tests {

// "3@2": entry 3, sequenced in epoch 2; "start" for the beginning.
std::string words(core::Point point);
// "n2:1"; "n2~3:1" if its origin's memory begins with incarnation 3; an entry of the group's own has none: "-".
std::string words(core::EventId id);
std::string words(const core::Entry& entry);
std::string words(const core::Message& message);
std::string words(const core::Persist& record);
std::string words(const core::Record& fact);

}  // namespace tests
