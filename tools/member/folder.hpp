// A node's folder: nobody else uses it while this one does, and what the node must not forget is in it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "net/discovery/group_file.hpp"
#include "net/store/store.hpp"
#include "tools/command_line_member.hpp"

namespace tools {

// What a member begins with.
struct Memory {
  std::unique_ptr<net::Store> store;  // none: the group is volatile
  core::Durable durable;
  std::uint64_t incarnation = 0;
};

class Folder {
 public:
  using Say = std::function<void(const std::string&)>;

  // Made if need be. The node is who it was, or else as `options` say. Throws BadInput in words: it is in use, or
  // another node's. Counts as booted once more when it is saved; until then nothing of `options` is kept.
  Folder(const NodeOptions& options, Say say);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  net::GroupFile file;  // save() makes a change last
  void save() const { net::write_group_file(path_ / "group.json", file); }

  // Begins an incarnation of the member. What is damaged is dropped: the node gets its memory back from the others.
  // Throws net::StoreError, in words. REQUIRES: config outlives the store.
  Memory remember(const core::Config& config, core::Member self);

 private:
  void recall(const NodeOptions& options);
  std::unique_ptr<net::Store> open_store(const core::Config& config, core::Member self);
  void put_aside(const std::string& why) const;

  std::filesystem::path path_;
  Say say_;
  int lock_ = -1;
};

}  // namespace tools
