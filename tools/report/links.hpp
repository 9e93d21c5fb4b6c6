// Members and links in words.
#pragma once

#include <string>
#include <vector>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"

namespace tools {

// "n1, n2 and n3"; many: "n1, n2, n3 and 97 more".
std::string members_in_words(const std::vector<core::Member>& members, const core::Config& group);

// What closed links leave of the group: "n1 n2 | n3 n4 n5" where it falls into sides, else the links,
// "n1 → n3, n2 ↔ n4"; "all links are open". REQUIRES: `closed` is ascending, as in records.
std::string links_in_words(const std::vector<core::Link>& closed, const core::Config& group);

}  // namespace tools
