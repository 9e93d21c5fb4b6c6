// The little of SQLite's C interface that the store needs, with owners and errors in words.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace net {

// What a file cannot do, and what to do about it.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The file is a node's, but not what that node has written. The node has lost its memory; see Store::forget().
struct StoreDamaged : StoreError {
  using StoreError::StoreError;
};

class Sqlite {
 public:
  // Opens the file, made if need be. Throws StoreError, as all below do.
  explicit Sqlite(const std::string& file);

  void run(const char* sql);  // statements without results
  [[nodiscard]] std::int64_t number(const char* sql);
  [[nodiscard]] std::string text(const char* sql);
  // Throws what went wrong last, with the file's name.
  [[noreturn]] void fail(const std::string& doing) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::string file_;
  std::unique_ptr<sqlite3, Close> database_;
};

// Prepared once, run often. Parameters and columns count from 0.
class Statement {
 public:
  // REQUIRES: the database outlives the statement.
  Statement(Sqlite& database, const char* sql);

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view value);  // bytes; REQUIRES: they outlive the run
  // Runs to the end. No rows are expected.
  void run();
  // Steps to the next row. False: there is none, and the statement can be run again.
  bool next();
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  [[nodiscard]] std::string_view bytes(int column) const;  // valid until the next step

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Sqlite* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace net
