#include "net/store/sqlite.hpp"

namespace net {

Sqlite::Sqlite(const std::string& file) : file_{file} {
  sqlite3* made = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(made);
  if (code != SQLITE_OK) fail("open it");
}

void Sqlite::fail(const std::string& doing) const {
  std::string why = database_ == nullptr ? "out of memory" : sqlite3_errmsg(database_.get());
  if (database_ != nullptr && sqlite3_errcode(database_.get()) == SQLITE_BUSY)
    why = "another process uses it; stop that first, or give this node a folder of its own";
  const int code = database_ == nullptr ? SQLITE_NOMEM : sqlite3_errcode(database_.get());
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) throw StoreDamaged(file_ + ": cannot " + doing + ": " + why);
  throw StoreError(file_ + ": cannot " + doing + ": " + why);
}

void Sqlite::run(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    fail("run \"" + std::string(sql) + '"');
}

std::int64_t Sqlite::number(const char* sql) {
  Statement statement(*this, sql);
  return statement.next() ? statement.number(0) : 0;
}

std::string Sqlite::text(const char* sql) {
  Statement statement(*this, sql);
  return statement.next() ? std::string(statement.bytes(0)) : std::string();
}

Statement::Statement(Sqlite& database, const char* sql) : database_{&database} {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v3(database.database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK)
    database.fail("read or write it");
  statement_.reset(made);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), parameter + 1, value) != SQLITE_OK) database_->fail("write it");
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view value) {
  const int code = sqlite3_bind_blob64(statement_.get(), parameter + 1, value.data(), value.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) database_->fail("write it");
  return *this;
}

void Statement::run() {
  while (next()) {
  }
}

bool Statement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  const bool done = code == SQLITE_DONE;
  if (!done) {
    try {
      database_->fail("write it");
    } catch (...) {
      sqlite3_reset(statement_.get());
      throw;
    }
  }
  sqlite3_reset(statement_.get());
  return false;
}

std::string_view Statement::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace net
