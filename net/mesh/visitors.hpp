// Who speaks JSON lines that are no member's messages: clients, newcomers and people with a shell.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace net {

// The one at the other end of a connection.
class Caller {
 public:
  // A line without its end. What nobody reads is bounded: who does not take its answers is hung up on.
  virtual void answer(std::string line) = 0;
  // Once all answers have left.
  virtual void hang_up() = 0;

 protected:
  ~Caller() = default;
};

class Visitors {
 public:
  // False: the line is of no kind that visitors speak; then nothing was done.
  virtual bool hear(std::string_view line, const std::shared_ptr<Caller>& caller) = 0;

 protected:
  ~Visitors() = default;
};

}  // namespace net
