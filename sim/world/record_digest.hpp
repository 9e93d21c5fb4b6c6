// How records enter the digest of a run. The order of words below is fixed: to change it changes every digest.
#pragma once

#include "core/base/digest.hpp"
#include "core/trace/record.hpp"

namespace sim {

// at; kind, type, node and peer in one word; then by kind. Payloads and phi are not part of a record.
void absorb(core::Hasher& hasher, const core::Record& record);

}  // namespace sim
