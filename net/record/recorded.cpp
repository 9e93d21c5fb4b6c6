#include "net/record/recorded.hpp"

#include <array>
#include <utility>

#include "core/base/codec.hpp"
#include "net/record/format.hpp"
#include "net/record/sum.hpp"
#include "net/wire/binary.hpp"

namespace net {
namespace {

template <std::size_t... Index>
Input empty_input(std::size_t kind, std::index_sequence<Index...>) {
  Input input;
  (void)((kind == Index && (input.emplace<Index>(), true)) || ...);
  return input;
}

// Fills in what an input brings; false: it is none.
struct Filler {
  core::Reader& in;
  std::size_t members;

  bool operator()(core::Message& message) const {
    std::optional<core::Message> read = get_binary(in, members);
    if (read) message = std::move(*read);
    return read.has_value();
  }
  bool operator()(LinkDown& broken) const {
    in.get(broken.peer);
    return broken.peer < members;
  }
  bool operator()(core::Submission& event) const {
    in.get(event.depends_on), in.get(event.type), in.get(event.payload);
    return true;
  }
  bool operator()(core::LampReport& report) const {
    in.get(report);
    return report.colour <= core::Colour::green;
  }
  bool operator()(auto&) const { return true; }
};

}  // namespace

Recorded::Recorded(std::string path) : path_{std::move(path)}, tape_{path_} {
  std::array<char, kRecordingMagic.size()> magic{};
  if (!tape_.ok()) throw BadRecording(path_ + ": cannot be read");
  const std::string_view begin(magic.data(), tape_.read(magic.data(), magic.size()));
  if (begin != kRecordingMagic) {
    const std::string_view kind = kRecordingMagic.substr(0, kRecordingMagic.size() - 2);
    throw BadRecording(path_ + (begin.starts_with(kind) ? ": is a recording of another version of bellwether"
                                                        : ": is no recording of bellwether"));
  }
  place_ = begin.size();
  std::optional<Birth> birth;
  if (read_block()) birth = decode_birth(block_);
  if (!birth) throw BadRecording(path_ + ": its beginning is damaged or missing");
  birth_ = std::move(*birth);
}

// False: there is no further whole block.
bool Recorded::read_block() {
  std::array<char, kBlockHead> head{};
  const std::size_t there = tape_.read(head.data(), head.size());
  ending_ = tape_.damaged() ? Ending::damaged : there == 0 ? Ending::whole : Ending::torn;
  const std::uint64_t bytes = get_fixed(head.data(), 4);
  if (there < kBlockHead || bytes > size() - place_ - kBlockHead) return false;
  block_.resize(bytes);
  ending_ = Ending::damaged;
  if (tape_.read(block_.data(), bytes) < bytes || sum_of(block_) != get_fixed(head.data() + 4, 8)) return false;
  ending_ = Ending::whole;
  place_ += kBlockHead + bytes;
  return true;
}

std::optional<Entry> Recorded::next() {
  while (true) {
    if (!left_.empty()) return next_in_turn();
    if (std::exchange(in_turn_, false)) return TurnOver{};
    if (ending_ != Ending::whole || !read_block() || !begin_turn()) return std::nullopt;
  }
}

// False: the life went on unrecorded.
bool Recorded::begin_turn() {
  core::Reader in(block_);
  std::uint64_t ahead = 0;
  in.get(ahead);
  if (!in.ok()) wrong("a turn that is empty");
  ahead_ = {unfolded(ahead)};
  left_ = in.left();
  in_turn_ = true;
  if (left_.size() != 1 || static_cast<std::uint8_t>(left_.front()) != kUnrecorded) return true;
  left_ = {};
  in_turn_ = false;
  ending_ = Ending::full;
  return false;
}

std::optional<Entry> Recorded::next_in_turn() {
  if ((static_cast<std::uint8_t>(left_.front()) & kOutput) != 0) return read_mark();
  return read_input();
}

Mark Recorded::read_mark() {
  if (left_.size() < kMarkSize) wrong("half an output");
  const auto tag = static_cast<std::uint8_t>(left_.front());
  const Mark mark{static_cast<core::Effect::Kind>(tag >> 5 & 3), static_cast<std::uint8_t>(tag & 31),
                  static_cast<std::uint16_t>(get_fixed(left_.data() + 1, kMarkSize - 1))};
  left_.remove_prefix(kMarkSize);
  return mark;
}

Given Recorded::read_input() {
  core::Reader in(left_);
  std::uint64_t kind = 0, passed = 0;
  in.get(kind), in.get(passed);
  if (kind >= std::variant_size_v<Input>) wrong("an input of no known kind");
  Given given;
  given.now = last_ = last_ + core::Duration{static_cast<std::int64_t>(passed)};
  given.at = given.now + ahead_;
  given.input = empty_input(kind, std::make_index_sequence<std::variant_size_v<Input>>{});
  if (!std::visit(Filler{in, birth_.config.size()}, given.input) || !in.ok()) wrong("an input that cannot be");
  left_ = in.left();
  return given;
}

void Recorded::wrong(const std::string& what) const {
  throw BadRecording(path_ + ": in the turn that ends at byte " + std::to_string(place_) + " is " + what);
}

}  // namespace net
