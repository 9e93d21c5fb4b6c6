// Messages are cut out of a stream, however it comes in pieces.
#include <catch2/catch.hpp>

#include <vector>

#include "net/wire/frames.hpp"

namespace {

using net::Form;
using net::Frames;

std::vector<std::string> all(Frames& frames) {
  std::vector<std::string> found;
  while (const auto message = frames.next()) found.emplace_back(*message);
  return found;
}

std::string error_of(const std::string& bytes) {
  Frames frames("demo");
  frames.feed(bytes);
  CHECK(all(frames).empty());
  return frames.error();
}

}  // namespace

TEST_CASE("messages come out as they went in, in whatever pieces") {
  for (const Form form : {Form::json, Form::binary}) {
    const std::vector<std::string> messages{"{\"a\":1}", "{}", "{\"long\":\"" + std::string(300, 'x') + "\"}", "{ }"};
    std::string stream = net::preamble(form, "demo");
    for (const std::string& message : messages) net::append_frame(stream, form, message);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, stream.size()}) {
      Frames frames("demo");
      std::vector<std::string> found;
      for (std::size_t at = 0; at < stream.size(); at += piece) {
        frames.feed(std::string_view(stream).substr(at, piece));
        for (std::string& message : all(frames)) found.push_back(std::move(message));
      }
      CHECK(found == messages);
      CHECK(frames.form() == form);
      CHECK(frames.error().empty());
    }
  }
}

TEST_CASE("the compact form may hold any bytes, and nothing") {
  std::string stream = net::preamble(Form::binary, "demo");
  net::append_frame(stream, Form::binary, std::string("\0\n{\xB7", 4));
  net::append_frame(stream, Form::binary, "");
  Frames frames("demo");
  frames.feed(stream);
  CHECK(all(frames) == std::vector<std::string>{std::string("\0\n{\xB7", 4), ""});
}

TEST_CASE("what is none of ours ends the stream, and says why") {
  CHECK(error_of("GET / HTTP/1.1\r\n\r\n") == "it begins neither with { nor with the mark of the binary form");
  CHECK(error_of(std::string{net::kBinary, 9}) == "it speaks version 9 of the binary form; known: 1");
  CHECK(error_of(net::preamble(Form::binary, "other")) == "it speaks for another group than demo");
  CHECK(error_of(net::preamble(Form::binary, "demo") + "\xFF\xFF\xFF\xFF") ==
        "a message is longer than 33554432 bytes");
  CHECK(error_of("{" + std::string(net::kMostMessageBytes, ' ')) == "a line is longer than 33554432 bytes");
  Frames frames("demo");
  frames.feed("hello");
  CHECK(all(frames).empty());
  frames.feed("{}\n");
  CHECK(all(frames).empty());
}
