// The lines of a pipe or file as they come.
#pragma once

#include <optional>
#include <string>

namespace tools {

class LineSource {
 public:
  explicit LineSource(int number) : number_{number} {}

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool ended() const { return ended_; }  // there is nothing more to read
  void read();                                         // waits if nothing has come
  // The next line; the last one needs no end.
  std::optional<std::string> next();

 private:
  int number_;
  std::string bytes_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace tools
