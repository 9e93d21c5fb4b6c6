#include "net/store/store.hpp"

#include <algorithm>

#include "core/base/codec.hpp"

namespace net {
namespace {

constexpr std::int64_t kApplication = 0x62656C6C;  // "bell"
constexpr std::int64_t kVersion = 1;

template <class... Values>
std::string bytes_of(const Values&... values) {
  core::Writer out;
  (out.put(values), ...);
  return out.take();
}

std::int64_t sum_of(std::string_view key, std::string_view bytes) {
  return static_cast<std::int64_t>(core::checksum(std::string(key) + '=' + std::string(bytes)));
}

// Whose file it is: members are kept as numbers, so the list of their names belongs to it.
std::string owner_of(const core::Config& config, core::Member self, const std::string& group) {
  std::string owner = config.members[self].name + " of group " + group + " (";
  for (const core::MemberInfo& member : config.members) owner += (owner.back() == '(' ? "" : " ") + member.name;
  return owner + ')';
}

}  // namespace

Store::Statements::Statements(Sqlite& database)
    : begin{database, "BEGIN IMMEDIATE"},
      commit{database, "COMMIT"},
      rollback{database, "ROLLBACK"},
      put_fact{database, "INSERT OR REPLACE INTO facts VALUES (?, ?, ?)"},
      get_fact{database, "SELECT bytes, sum FROM facts WHERE name = ?"},
      put_entry{database, "INSERT INTO log VALUES (?, ?, ?)"},
      get_entry{database, "SELECT bytes FROM log WHERE number = ?"},
      cut_log{database, "DELETE FROM log WHERE number >= ?"},
      drop_log{database, "DELETE FROM log WHERE number <= ?"},
      put_pending{database, "INSERT INTO pending VALUES (?, ?, ?)"},
      settle{database, "DELETE FROM pending WHERE number <= ?"} {}

Store::Store(const std::filesystem::path& file, const core::Config& config, core::Member self, const std::string& group)
    : file_{file.string()}, config_{config}, self_{self}, database_{file_} {
  database_.run("PRAGMA locking_mode = EXCLUSIVE");
  const std::string owner = owner_of(config, self, group);
  const bool fresh = database_.number("SELECT count(*) FROM sqlite_master") == 0;
  if (!fresh && database_.number("PRAGMA application_id") != kApplication)
    throw StoreError(file_ + ": is a database, but not of a bellwether node; choose another folder");
  if (const std::int64_t version = database_.number("PRAGMA user_version"); version > kVersion)
    throw StoreError(file_ + ": is of version " + std::to_string(version) +
                     ", written by a newer bellwether; this one " + "knows version " + std::to_string(kVersion));
  database_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  if (fresh) make();
  statements_.emplace(database_);
  if (fresh) transact([&] { put_fact("owner", owner); });
  check_owner(owner);
  read_fact("incarnation", incarnation_);
  ++incarnation_;
  transact([&] { put_fact("incarnation", bytes_of(incarnation_)); });
}

void Store::make() {
  database_.run(
      "BEGIN;"
      "CREATE TABLE facts (name BLOB PRIMARY KEY, bytes BLOB, sum INTEGER) WITHOUT ROWID;"
      "CREATE TABLE log (number INTEGER PRIMARY KEY, bytes BLOB, sum INTEGER);"
      "CREATE TABLE pending (number INTEGER PRIMARY KEY, bytes BLOB, sum INTEGER);"
      "PRAGMA application_id = 0x62656C6C; PRAGMA user_version = 1;"
      "COMMIT");
}

void Store::check_owner(const std::string& owner) {
  const std::string found = fact("owner").value_or("nobody");
  if (found != owner)
    throw StoreError(file_ + ": belongs to " + found + ", not to " + owner + "; choose another folder");
}

void Store::transact(auto&& change) {
  statements_->begin.run();
  try {
    change();
    statements_->commit.run();
  } catch (...) {
    try {
      statements_->rollback.run();
    } catch (const StoreError&) {  // SQLite has rolled back by itself, as it does when the disk is full
    }
    throw;
  }
}

void Store::damaged(const std::string& what) const {
  throw StoreDamaged(file_ + ": is damaged (" + what + "); the node has lost its memory");
}

void Store::put_fact(std::string_view name, const std::string& bytes) {
  statements_->put_fact.bind(0, name).bind(1, bytes).bind(2, sum_of(name, bytes)).run();
}

std::optional<std::string> Store::fact(std::string_view name) {
  Statement& get = statements_->get_fact.bind(0, name);
  if (!get.next()) return std::nullopt;
  std::string bytes(get.bytes(0));
  const std::int64_t sum = get.number(1);
  get.run();
  if (sum != sum_of(name, bytes)) damaged("the sum of " + std::string(name) + " is wrong");
  return bytes;
}

// False: it was never written.
template <class... Values>
bool Store::read_fact(std::string_view name, Values&... values) {
  const auto bytes = fact(name);
  if (!bytes) return false;
  core::Reader in(*bytes);
  (in.get(values), ...);
  if (!in.done()) damaged(std::string(name) + " is cut short");
  return true;
}

void Store::put_row(Statement& into, std::uint64_t number, const std::string& bytes) {
  const auto key = static_cast<std::int64_t>(number);
  into.bind(0, key).bind(1, bytes).bind(2, sum_of(std::to_string(key), bytes)).run();
}

core::Durable Store::load() {
  if (const std::string found = database_.text("PRAGMA quick_check(1)"); found != "ok") damaged(found);
  core::Durable durable;
  read_fact("promise", durable.promised, durable.promised_to);
  read_fact("restraint", durable.restraint.ns);
  read_fact("last_number", durable.last_number);
  read_fact("memories", durable.memories);
  read_fact("recovering", durable.recovering);
  if (const auto bytes = fact("snapshot")) {
    auto snapshot = core::decode_snapshot(*bytes, config_.size());
    if (!snapshot) damaged("the snapshot is none");
    durable.snapshot = core::keep(std::move(*snapshot));
  }
  load_log(durable);
  load_pending(durable);
  base_ = durable.log.base();
  memories_ = durable.memories;
  return durable;
}

void Store::load_log(core::Durable& durable) {
  core::Point base;
  read_fact("base", base);
  std::vector<core::Entry> entries;
  Statement rows(database_, "SELECT number, bytes, sum FROM log ORDER BY number");
  while (rows.next()) {
    const std::string number = std::to_string(rows.number(0));
    if (rows.number(2) != sum_of(number, rows.bytes(1))) damaged("the sum of entry " + number + " is wrong");
    core::Reader in(rows.bytes(1));
    in.get(entries.emplace_back());
    if (!in.done()) damaged("entry " + number + " is none");
  }
  if (!core::Log::follow(base, entries)) damaged("an entry of the log is missing");
  durable.log.begin_after(base);
  if (!entries.empty()) durable.log.write(entries);
}

void Store::load_pending(core::Durable& durable) {
  Statement rows(database_, "SELECT number, bytes, sum FROM pending ORDER BY number");
  while (rows.next()) {
    const std::string number = std::to_string(rows.number(0));
    if (rows.number(2) != sum_of(number, rows.bytes(1))) damaged("the sum of own event " + number + " is wrong");
    core::Reader in(rows.bytes(1));
    in.get(durable.pending.emplace_back());
    if (!in.done()) damaged("own event " + number + " is none");
  }
}

void Store::write(std::span<const core::Persist> records) {
  if (records.empty()) return;
  transact([&] {
    for (const core::Persist& record : records) std::visit([&](const auto& change) { write(change); }, record);
  });
}

void Store::forget(std::uint64_t incarnation) {
  incarnation_ = std::max({incarnation_, incarnation, std::uint64_t{2}});  // the first has nothing to forget
  transact([&] {
    put_fact("incarnation", bytes_of(incarnation_));
    database_.run(
        "DELETE FROM log; DELETE FROM pending; DELETE FROM facts WHERE name NOT IN (x'6F776E6572', "
        "x'696E6361726E6174696F6E')");  // owner, incarnation
    base_ = {};
    memories_ = core::Durable::forgotten(self_, incarnation_).memories;
    put_fact("memories", bytes_of(memories_));
    put_fact("recovering", bytes_of(true));
  });
}

void Store::write(const core::PromiseMade& record) {
  put_fact("promise", bytes_of(record.epoch, record.to));
}

void Store::write(const core::LogWritten& record) {
  statements_->cut_log.bind(0, static_cast<std::int64_t>(record.entries.front().seq)).run();
  for (const core::Entry& entry : record.entries) put_row(statements_->put_entry, entry.seq, bytes_of(entry));
}

bool Store::has(core::Point place) {
  Statement& get = statements_->get_entry.bind(0, static_cast<std::int64_t>(place.seq));
  if (!get.next()) return false;
  core::Entry entry;
  core::Reader in(get.bytes(0));
  in.get(entry);
  get.run();
  return entry.point() == place;
}

void Store::write(const core::SnapshotTaken& record) {
  put_fact("snapshot", record.snapshot->bytes);
  if (record.base.seq <= base_.seq) return;
  const auto last = has(record.base) ? static_cast<std::int64_t>(record.base.seq) : INT64_MAX;
  statements_->drop_log.bind(0, last).run();
  base_ = record.base;
  put_fact("base", bytes_of(base_));
}

void Store::write(const core::Accepted& record) {
  put_row(statements_->put_pending, record.event->id.number, bytes_of(record.event));
  put_fact("last_number", bytes_of(record.event->id.number));
}

void Store::write(const core::Settled& record) {
  statements_->settle.bind(0, static_cast<std::int64_t>(record.number)).run();
}

void Store::write(const core::RestraintSet& record) {
  put_fact("restraint", bytes_of(record.restraint.ns));
}

void Store::write(const core::MemoryLost& record) {
  memories_[record.member] = record.incarnation;
  put_fact("memories", bytes_of(memories_));
}

void Store::write(const core::Recovered&) {
  put_fact("recovering", bytes_of(false));
}

}  // namespace net
