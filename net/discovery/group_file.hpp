// What a node keeps of its group beside its store: who it is, what it has signed, who has which place. A small JSON
// file, replaced as a whole, so that it is always either the old one or the new one.
#pragma once

#include <filesystem>

#include "net/discovery/founding.hpp"

namespace net {

struct GroupFile {
  std::string group;
  Identity self;
  std::uint64_t boots = 0;        // of Address::boot
  std::uint64_t incarnation = 0;  // how often a member has begun to take part; 0: never
  Membership membership;
  std::optional<Roster> roster;  // once founded
};

// What is wrong with the file, where it is and what to do.
struct GroupFileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Nothing: there is none yet. Throws GroupFileError.
std::optional<GroupFile> read_group_file(const std::filesystem::path& file);
// On the disk when it returns. Throws GroupFileError.
void write_group_file(const std::filesystem::path& file, const GroupFile& content);

}  // namespace net
