#include "tools/trace/output_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/exit_code.hpp"

namespace tools {
namespace fs = std::filesystem;

OutputFile::OutputFile(const std::string& path) : path_(path), target_(path) {
  std::error_code ignored;
  if (fs::exists(target_, ignored)) target_ = fs::canonical(target_, ignored);
  if (fs::is_directory(target_, ignored)) {
    errno = EISDIR;
    fail();
  }
  const bool in_place = fs::exists(target_, ignored) && !fs::is_regular_file(target_, ignored);
  if (!in_place) temporary_ = target_.string() + ".part" + std::to_string(getpid());
  file_.reset(std::fopen((in_place ? target_ : temporary_).c_str(), "wb"));
  if (file_ == nullptr) fail();
}

OutputFile::~OutputFile() {
  std::error_code ignored;
  if (file_ != nullptr && !temporary_.empty()) fs::remove(temporary_, ignored);
}

void OutputFile::commit() {
  if (std::fflush(file_.get()) != 0 || std::ferror(file_.get()) != 0) fail();
  if (!temporary_.empty() && std::rename(temporary_.c_str(), target_.c_str()) != 0) fail();
  file_.reset();
}

void OutputFile::fail() const {
  throw BadInput(path_ + ": cannot be written: " + std::strerror(errno));
}

}  // namespace tools
