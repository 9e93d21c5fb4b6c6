// Messages on a connection. The first byte tells in which form the other side speaks: an opening brace begins JSON, one
// object a line; kBinary begins the compact form: its version, the sum of the group's name in eight bytes, then each
// message after its length in four. Of numbers the least byte comes first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace net {

enum class Form : std::uint8_t { unknown, json, binary };

constexpr char kBinary = '\xB7';
constexpr char kBinaryVersion = 1;
constexpr std::size_t kMostMessageBytes = 32 << 20;  // of one message

// What a connection in this form begins with.
std::string preamble(Form form, std::string_view group);
// REQUIRES: the message is in this form.
void append_frame(std::string& out, Form form, std::string_view message);

// Cuts what comes into messages.
class Frames {
 public:
  explicit Frames(std::string group) : group_{std::move(group)} {}

  void feed(std::string_view bytes);
  // The next message that is there as a whole; valid until feed(). Nothing: more has to come, or error() says why not.
  std::optional<std::string_view> next();

  [[nodiscard]] Form form() const { return form_; }
  // What is wrong with the stream, in words; from then on nothing comes of it. Empty: nothing.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  [[nodiscard]] std::string_view rest() const { return std::string_view(bytes_).substr(at_); }
  void begin();
  void begin_binary();
  std::optional<std::string_view> next_line();
  std::optional<std::string_view> next_counted();
  void fail(std::string why);

  std::string group_;
  Form form_ = Form::unknown;
  std::string bytes_;  // not yet given out from at_ on
  std::size_t at_ = 0;
  std::size_t searched_ = 0;  // of the rest: so far there is no end of line
  std::string error_;
};

}  // namespace net
