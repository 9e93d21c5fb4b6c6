#include "tools/hunt/coverage.hpp"

#include <bit>
#include <stdexcept>
#include <utility>

#include "core/base/rng.hpp"

namespace tools {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kDigitsPerWord = 16;

// What is remembered of a fact: its kind and, where it has one, the message's type or the new role.
std::uint64_t fact_of(const core::Record& record) {
  const bool message =
      record.kind == core::Kind::send || record.kind == core::Kind::recv || record.kind == core::Kind::drop;
  return 1 + static_cast<std::uint64_t>(record.kind) + (message ? static_cast<std::uint64_t>(record.type) << 8 : 0) +
         (record.kind == core::Kind::role ? static_cast<std::uint64_t>(record.role) << 8 : 0);
}

}  // namespace

void Features::add(const Features& others) {
  for (std::size_t i = 0; i < kWords; ++i) words_[i] |= others.words_[i];
}

std::size_t Features::count() const {
  std::size_t total = 0;
  for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
  return total;
}

std::string Features::hex() const {
  std::string text;
  text.reserve(kWords * kDigitsPerWord);
  for (const std::uint64_t word : words_)
    for (std::size_t digit = kDigitsPerWord; digit > 0; --digit) text += kDigits[word >> (4 * (digit - 1)) & 15];
  return text;
}

Features Features::from_hex(const std::string& text) {
  if (text.size() != kWords * kDigitsPerWord) throw std::invalid_argument("features: of the wrong length");
  Features out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = kDigits.find(text[i]);
    if (value == std::string_view::npos) throw std::invalid_argument("features: not hexadecimal");
    std::uint64_t& word = out.words_[i / kDigitsPerWord];
    word = word << 4 | value;
  }
  return out;
}

void Coverage::on(const core::Record& record) {
  if (record.node >= nodes_.size()) return;
  Node& node = nodes_[record.node];
  const std::uint64_t fact = fact_of(record);
  if (record.kind == core::Kind::role) node.role = static_cast<std::uint64_t>(record.role);
  if (fact == node.second) return;  // once more the same
  features_.insert(core::mix64(node.first << 40 | node.second << 24 | fact << 8 | node.role));
  node.first = std::exchange(node.second, fact);
}

}  // namespace tools
