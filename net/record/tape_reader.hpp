// Reads what is on a tape (tape.hpp), also on one that was never closed.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace net {

class TapeReader {
 public:
  explicit TapeReader(const std::string& path);

  // False: the file cannot be read.
  [[nodiscard]] bool ok() const { return ok_; }
  // True: there is a tail, but it does not go on where the file ends, or is none; it is left out.
  [[nodiscard]] bool damaged() const { return damaged_; }
  [[nodiscard]] std::uint64_t size() const { return joint_ + tail_.size(); }
  // The last of it, which is not in the file.
  [[nodiscard]] const std::string& tail() const { return tail_; }

  // The next bytes, up to `size`; returns how many they are.
  std::size_t read(char* bytes, std::size_t size);

 private:
  // False: there is none that fits.
  bool read_tail(std::istream& tail, std::uint64_t size);

  std::ifstream file_;
  bool ok_ = false, damaged_ = false;
  std::uint64_t joint_ = 0;  // up to here the bytes are the file's, then the tail's
  std::string tail_;
  std::uint64_t place_ = 0;
};

// Makes a tape whole whose process is dead: its tail goes to the file. What cannot be done leaves it as it was.
void close_tape(const std::string& path);

}  // namespace net
