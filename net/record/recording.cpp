#include "net/record/recording.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "net/record/format.hpp"
#include "net/record/sum.hpp"
#include "net/wire/binary.hpp"

namespace net {
namespace {

// What an input brings.
struct Contents {
  core::Writer& out;

  void operator()(const core::Message& message) const { put_binary(out, message); }
  void operator()(const LinkDown& broken) const { out.put(broken.peer); }
  void operator()(const core::Submission& event) const {
    out.put(event.depends_on), out.put(event.type), out.put(event.payload);
  }
  void operator()(const core::LampReport& report) const { out.put(report); }
  void operator()(const auto&) const {}
};

}  // namespace

void put_fixed(char* place, std::uint64_t value, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) place[i] = static_cast<char>(value >> (8 * i));
}

std::uint64_t get_fixed(const char* place, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(place[i])) << (8 * i);
  return value;
}

Recording::Recording(const std::filesystem::path& folder, const Birth& birth, const Clock& clock, std::uint64_t limit,
                     std::size_t block)
    : clock_{clock}, left_{limit} {
  open(folder, birth.config.members[birth.self].name, block);
  write(kRecordingMagic);
  begin_block();
  block_ += encode(birth);
  write_block();
  if (!goes_on()) throw std::runtime_error(path_.string() + ": nothing can be recorded here");
}

void Recording::open(const std::filesystem::path& folder, const std::string& name, std::size_t block) {
  const auto refuse = [this](const char* why) {
    throw std::runtime_error(path_.string() + ": the recording cannot be begun: " + why);
  };
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  int file = -1;
  for (int life = 1; file < 0; ++life) {
    path_ = folder / (name + "." + std::to_string(life) + ".rec");
    file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0 && errno != EEXIST) refuse(std::strerror(errno));
  }
  try {
    tape_.emplace(file, path_.string(), block);
  } catch (const std::system_error& error) {
    std::filesystem::remove(path_, ignored);
    refuse(error.what());
  }
}

void Recording::input(core::Instant now, const Input& input, std::string_view written) {
  if (!goes_on()) return;
  if (!begun_) begin_turn(now);
  core::Writer out(std::move(block_));
  out.put(input.index()), out.put((now - last_).ns);
  last_ = now;
  if (written.empty()) std::visit(Contents{out}, input);
  block_ = out.take();
  block_ += written;
}

void Recording::note(Mark mark) {
  if (!goes_on()) return;
  if (!begun_) begin_turn(last_);
  char bytes[kMarkSize] = {static_cast<char>(kOutput | static_cast<unsigned>(mark.kind) << 5 | mark.detail)};
  put_fixed(bytes + 1, mark.sum, kMarkSize - 1);
  block_.append(bytes, sizeof bytes);
}

void Recording::begin_block() {
  block_.assign(kBlockHead, '\0');
}

void Recording::begin_turn(core::Instant now) {
  begun_ = true;
  begin_block();
  core::Writer out(std::move(block_));
  out.put(folded((clock_.when(now) - now).ns));
  block_ = out.take();
}

// The last block says that there is no more room.
void Recording::flush() {
  if (!goes_on() || !std::exchange(begun_, false)) return;
  if (block_.size() <= left_) {
    left_ -= block_.size();
    return write_block();
  }
  begin_block();
  block_ += static_cast<char>(0), block_ += static_cast<char>(kUnrecorded);
  write_block();
  if (goes_on()) std::fprintf(stderr, "bellwether: %s is full; the rest is not recorded\n", path_.c_str());
  tape_.reset();
}

void Recording::write_block() {
  const std::string_view contents = std::string_view(block_).substr(kBlockHead);
  put_fixed(block_.data(), contents.size(), 4);
  put_fixed(block_.data() + 4, sum_of(contents), 8);
  write(block_);
}

void Recording::write(std::string_view bytes) {
  try {
    if (goes_on()) tape_->append(bytes);
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "bellwether: %s: %s; the rest is not recorded\n", path_.c_str(), error.what());
    tape_.reset();
  }
}

}  // namespace net
