// A file written from front to back whose newest bytes outlive the process without a system call. They are in
// FILE.tail, which is mapped: a head, then room for two blocks. A full block goes from there to the file, past the page
// cache if the disk can do that, while the next one is begun in the other half. So a file with a tail is its bytes up
// to the block that was begun last, and that block from the tail. A tape that is closed is whole and has no tail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace net {

// The head of a tail: the magic, the size of a block and how much was appended in all, both in eight bytes, least
// first.
struct Tail {
  static constexpr std::string_view kMagic = "bellwether-tail\n";
  static constexpr std::size_t kBlockAt = kMagic.size(), kEndAt = kBlockAt + 8;
  static constexpr std::size_t kHead = 4'096;  // a page

  // Where this byte of the tape is in the tail of the block that it belongs to.
  static constexpr std::size_t place(std::uint64_t position, std::size_t block) {
    return kHead + position % (2 * block);
  }
  static std::string path_of(const std::string& path) { return path + ".tail"; }
};

class Tape {
 public:
  static constexpr std::size_t kBlock = std::size_t{1} << 20;  // bytes

  // Takes over an open file, which is empty. Throws std::system_error; then it is closed.
  Tape(int file, const std::string& path, std::size_t block = kBlock);
  ~Tape();
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  // From here on these bytes outlive the process. Throws std::system_error if a block cannot be written: what was
  // appended before stays, with its tail, and no more can be.
  void append(std::string_view bytes);

 private:
  [[nodiscard]] char* place(std::uint64_t position) const { return tail_ + Tail::place(position, block_); }
  void advance(std::uint64_t end);
  void write(std::uint64_t from, std::uint64_t to);

  int file_;
  std::string tail_path_;
  std::size_t block_;
  char* tail_ = nullptr;  // mapped
  std::uint64_t end_ = 0;
  bool broken_ = false;
};

}  // namespace net
