#include "tools/export/chrome_events.hpp"

#include <utility>

namespace tools {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

// Microseconds, exactly: 11912875533 ns are "11912875.533".
std::string micros(std::int64_t ns) {
  return std::to_string(ns / 1000) + "." + std::to_string(1000 + ns % 1000).substr(1);
}

std::string text_in_object(std::string_view field, std::string_view text) {
  std::string out = "{\"" + std::string(field) + "\":";
  append_json(out, text);
  return out + "}";
}

std::string as_array(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    append_json(out, text);
  }
  return out + "]";
}

}  // namespace

ChromeEvents::ChromeEvents(Output out) : out_(std::move(out)) {
  buffer_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
}

JsonLine ChromeEvents::begin(std::string_view phase, Track track, std::string_view name) {
  if (std::exchange(any_, true)) buffer_ += ',';
  JsonLine line(buffer_);
  line.text("ph", phase).number("pid", track.process).number("tid", track.thread).text("name", name);
  return line;
}

void ChromeEvents::finish(JsonLine& line) {
  line.end();
  if (buffer_.size() < kBufferBytes) return;
  out_(buffer_);
  buffer_.clear();
}

void ChromeEvents::name(std::string_view what, Track track, std::string_view name) {
  JsonLine line = begin("M", track, what);
  line.raw("args", text_in_object("name", name));
  finish(line);
}

void ChromeEvents::sort_index(std::string_view what, Track track, std::uint32_t index) {
  JsonLine line = begin("M", track, what);
  line.raw("args", "{\"sort_index\":" + std::to_string(index) + "}");
  finish(line);
}

void ChromeEvents::process(std::uint32_t process, std::string_view name_of_it) {
  name("process_name", {process, 0}, name_of_it);
  sort_index("process_sort_index", {process, 0}, process);
}

void ChromeEvents::thread(Track track, std::string_view name_of_it) {
  name("thread_name", track, name_of_it);
  sort_index("thread_sort_index", track, track.thread);
}

void ChromeEvents::slice(Track track, core::Instant from, core::Duration length, std::string_view name,
                         const std::vector<std::string>& notes) {
  JsonLine line = begin("X", track, name);
  line.raw("ts", micros(from.ns)).raw("dur", micros(length.ns));
  if (!notes.empty()) line.raw("args", "{\"does\":" + as_array(notes) + "}");
  finish(line);
}

void ChromeEvents::span(std::uint32_t process, core::Instant from, core::Instant to, std::string_view name) {
  ++spans_;
  for (const auto& [phase, at] : {std::pair("b", from), std::pair("e", to)}) {
    JsonLine line = begin(phase, {process, 0}, name);
    line.raw("ts", micros(at.ns)).text("cat", "span").number("id", spans_);
    finish(line);
  }
}

void ChromeEvents::instant(Track track, core::Instant at, std::string_view name) {
  JsonLine line = begin("i", track, name);
  line.raw("ts", micros(at.ns)).text("s", "t");
  finish(line);
}

void ChromeEvents::everywhere(core::Instant at, std::string_view name) {
  JsonLine line = begin("i", {}, name);
  line.raw("ts", micros(at.ns)).text("s", "g");
  finish(line);
}

void ChromeEvents::counter(std::uint32_t process, core::Instant at, std::string_view name, std::string_view value) {
  JsonLine line = begin("C", {process, 0}, name);
  line.raw("ts", micros(at.ns)).raw("args", "{\"value\":" + std::string(value) + "}");
  finish(line);
}

// The end binds to the slice that encloses it ("bp"), not to the next one.
void ChromeEvents::arrow(std::string_view name, Track from, core::Instant sent, Track to, core::Instant received) {
  ++arrows_;
  JsonLine start = begin("s", from, name);
  start.raw("ts", micros(sent.ns)).text("cat", "message").number("id", arrows_);
  finish(start);
  JsonLine finish_of_it = begin("f", to, name);
  finish_of_it.raw("ts", micros(received.ns)).text("cat", "message").number("id", arrows_).text("bp", "e");
  finish(finish_of_it);
}

void ChromeEvents::end() {
  out_(buffer_ + "]}\n");
  buffer_.clear();
}

}  // namespace tools
