#include "net/record/tape.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "net/record/format.hpp"

namespace net {
namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

// So that the file's memory is in large pieces: those cost the disk's driver less than pages do.
int write_at_once(int file, std::size_t size) {
  const std::string nothing(size, '\0');
  const ssize_t written = ::pwrite(file, nothing.data(), size, 0);
  return written == static_cast<ssize_t>(size) ? 0 : written < 0 ? errno : ENOSPC;
}

// The memory of a new file of so many bytes, for all of which there is room on the disk.
char* mapped(const std::string& path, std::size_t size) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail(errno);
  int error = ::posix_fallocate(file, 0, static_cast<off_t>(size));
  if (error == 0) error = write_at_once(file, size);
  void* memory = error == 0 ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
  if (error == 0 && memory == MAP_FAILED) error = errno;
  ::close(file);
  if (error == 0) return static_cast<char*>(memory);
  ::unlink(path.c_str());
  fail(error);
}

// Whether it is so now: not every file can be written past the page cache.
bool set_direct(int file, bool direct) {
  const int flags = ::fcntl(file, F_GETFL);
  return ::fcntl(file, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
}

bool is_direct(int file) {
  return (::fcntl(file, F_GETFL) & O_DIRECT) != 0;
}

}  // namespace

Tape::Tape(int file, const std::string& path, std::size_t block)
    : file_{file}, tail_path_{Tail::path_of(path)}, block_{block} {
  try {
    tail_ = mapped(tail_path_, Tail::kHead + 2 * block);
  } catch (const std::system_error&) {
    ::close(file_);
    throw;
  }
  set_direct(file_, true);
  put_fixed(tail_ + Tail::kBlockAt, block_, 8);
  std::copy(Tail::kMagic.begin(), Tail::kMagic.end(), tail_);
}

Tape::~Tape() {
  try {
    set_direct(file_, false);
    if (!broken_) write(end_ / block_ * block_, end_);
    if (!broken_) ::unlink(tail_path_.c_str());
  } catch (const std::system_error&) {  // the tail has it
  }
  ::munmap(tail_, Tail::kHead + 2 * block_);
  ::close(file_);
}

void Tape::append(std::string_view bytes) {
  std::uint64_t end = end_;
  while (!bytes.empty()) {
    const std::size_t part = std::min<std::size_t>(bytes.size(), block_ - end % block_);
    std::memcpy(place(end), bytes.data(), part);
    bytes.remove_prefix(part);
    end += part;
    if (end % block_ != 0) continue;
    write(end - block_, end);
    advance(end);  // the half that the next block takes is of no use any more
  }
  advance(end);
}

// In one store, and after what it tells of: the process may be killed between any two.
void Tape::advance(std::uint64_t end) {
  static_assert(std::endian::native == std::endian::little);
  end_ = end;
  std::atomic_ref(*reinterpret_cast<std::uint64_t*>(tail_ + Tail::kEndAt)).store(end, std::memory_order_release);
}

// All of it in one block.
void Tape::write(std::uint64_t from, std::uint64_t to) {
  while (from < to) {
    const ssize_t written = ::pwrite(file_, place(from), to - from, static_cast<off_t>(from));
    if (written > 0) {
      from += static_cast<std::uint64_t>(written);
    } else if (written < 0 && errno == EINVAL && is_direct(file_)) {
      set_direct(file_, false);
    } else if (written == 0 || errno != EINTR) {
      broken_ = true;
      fail(written == 0 ? ENOSPC : errno);
    }
  }
}

}  // namespace net
