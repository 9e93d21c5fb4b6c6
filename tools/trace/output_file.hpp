// A file that appears whole or not at all: written beside its place, then renamed.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tools/trace/byte_sink.hpp"

namespace tools {

class OutputFile : public ByteSink {
 public:
  // Throws BadInput if nothing can be written there. What is no regular file (a pipe, /dev/null) is written in place.
  explicit OutputFile(const std::string& path);
  ~OutputFile() override;  // without commit() nothing is left behind
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes) override { std::fwrite(bytes.data(), 1, bytes.size(), file_.get()); }
  void commit() override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  [[noreturn]] void fail() const;

  std::string path_;                 // as given, for messages
  std::filesystem::path target_;     // links followed
  std::filesystem::path temporary_;  // empty: written in place
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace tools
