// What a node must not forget, in an SQLite file of its own: write-ahead log, synchronous=FULL, so that what write()
// has returned from survives a power cut; and a checksum with every row, since disks lie.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/group/config.hpp"
#include "core/store/durable.hpp"
#include "net/store/keep.hpp"
#include "net/store/sqlite.hpp"

namespace net {

class Store final : public Keep {
 public:
  // Opens the file, or makes it. Each time that it is opened begins an incarnation of the node. Throws StoreError in
  // words for people: the file is no store, or of a newer version, another group or another node, or in use. REQUIRES:
  // config outlives the store.
  Store(const std::filesystem::path& file, const core::Config& config, core::Member self, const std::string& group);

  [[nodiscard]] std::uint64_t incarnation() const { return incarnation_; }
  // What the node starts with.
  [[nodiscard]] core::Durable load();
  void write(std::span<const core::Persist> records) override;
  // Drops everything: the node starts as one that has lost its memory, in this incarnation at least.
  void forget(std::uint64_t incarnation = 2);

 private:
  void make();
  void check_owner(const std::string& owner);
  void put_fact(std::string_view name, const std::string& bytes);
  [[nodiscard]] std::optional<std::string> fact(std::string_view name);
  template <class... Values>
  bool read_fact(std::string_view name, Values&... values);
  void put_row(Statement& into, std::uint64_t number, const std::string& bytes);
  void load_log(core::Durable& durable);
  void load_pending(core::Durable& durable);
  void transact(auto&& change);
  [[noreturn]] void damaged(const std::string& what) const;
  [[nodiscard]] bool has(core::Point place);

  void write(const core::PromiseMade& record);
  void write(const core::LogWritten& record);
  void write(const core::SnapshotTaken& record);
  void write(const core::Accepted& record);
  void write(const core::Settled& record);
  void write(const core::RestraintSet& record);
  void write(const core::MemoryLost& record);
  void write(const core::Recovered& record);

  std::string file_;
  const core::Config& config_;
  core::Member self_;
  Sqlite database_;
  struct Statements {
    explicit Statements(Sqlite& database);
    Statement begin, commit, rollback, put_fact, get_fact, put_entry, get_entry, cut_log, drop_log, put_pending, settle;
  };
  std::optional<Statements> statements_;  // once the tables are there
  std::uint64_t incarnation_ = 0;
  core::Point base_;         // where the log begins
  core::Memories memories_;  // as last written
};

}  // namespace net
