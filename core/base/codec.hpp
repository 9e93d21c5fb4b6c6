// Bytes from values and back, by their fields() lists: integers as LEB128 (signed ones are never negative here),
// containers with their size first. A Reader never reads beyond its bytes and never allocates more than they justify:
// what is short, long or absurd makes it fail for good.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/member_set.hpp"
#include "core/base/time.hpp"

namespace core {

class Writer {
 public:
  Writer() = default;
  explicit Writer(std::string begun) : bytes_{std::move(begun)} {}  // goes on where it ends
  [[nodiscard]] std::string take() { return std::move(bytes_); }

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void put(T value) {
    auto rest = static_cast<std::uint64_t>(value);
    if (rest < 0x80) return bytes_.push_back(static_cast<char>(rest));
    char digits[10];
    std::size_t count = 0;
    for (; rest >= 0x80; rest >>= 7) digits[count++] = static_cast<char>(rest | 0x80);
    digits[count++] = static_cast<char>(rest);
    bytes_.append(digits, count);
  }
  void put(Instant value) { put(value.ns); }
  void put(const std::string& value) {
    put(value.size());
    bytes_ += value;
  }
  void put(Point value) { put(value.epoch), put(value.seq); }
  void put(EventId value) { put(value.origin), put(value.number); }
  void put(const MemberSet& value) {
    value.words([&](std::uint64_t word) { put(word); });
  }
  template <class A, class B>
  void put(const std::pair<A, B>& value) {
    put(value.first), put(value.second);
  }
  template <class T>
  void put(const std::shared_ptr<const T>& value) {  // REQUIRES: not null
    put(*value);
  }
  template <class Range>
    requires requires(const Range& range) { range.begin(), range.size(); }
  void put(const Range& range) {
    put(range.size());
    for (const auto& value : range) put(value);
  }
  template <class T>
    requires requires(const T& value) { T::fields(value, [](const char*, const auto&) {}); }
  void put(const T& value) {
    T::fields(value, [&](const char*, const auto& field) { put(field); });
  }

 private:
  std::string bytes_;
};

class Reader {
 public:
  // REQUIRES: the bytes outlive the reader.
  explicit Reader(std::string_view bytes) : left_{bytes} {}

  // Everything was there so far.
  [[nodiscard]] bool ok() const { return ok_; }
  // And nothing is left.
  [[nodiscard]] bool done() const { return ok_ && left_.empty(); }
  // What is still to be read; empty once it has failed.
  [[nodiscard]] std::string_view left() const { return left_; }

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void get(T& value) {
    std::uint64_t sum = 0;
    for (unsigned shift = 0; ok_; shift += 7) {
      if (left_.empty() || shift > 63) return fail();
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      sum |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) break;
    }
    value = static_cast<T>(sum);
  }
  void get(Instant& value) { get(value.ns); }
  void get(std::string& value) {
    std::uint64_t size = 0;
    get(size);
    if (size > left_.size()) return fail();
    value = left_.substr(0, size);
    left_.remove_prefix(size);
  }
  void get(Point& value) { get(value.epoch), get(value.seq); }
  void get(EventId& value) { get(value.origin), get(value.number); }
  // The set has its size already.
  void get(MemberSet& value) {
    value.words([&](std::uint64_t& word) { get(word); });
  }
  template <class A, class B>
  void get(std::pair<A, B>& value) {
    get(value.first), get(value.second);
  }
  template <class T>
  void get(std::shared_ptr<const T>& value) {
    auto made = std::make_shared<T>();
    get(*made);
    value = std::move(made);
  }
  template <class T>
  void get(std::vector<T>& values) {
    each(values, [&] { get(values.emplace_back()); });
  }
  template <class K, class V>
  void get(std::map<K, V>& values) {
    each(values, [&] {
      std::pair<K, V> value{};
      get(value.first), get(value.second);
      values.insert(value);
    });
  }
  template <class T>
  void get(std::set<T>& values) {
    each(values, [&] {
      T value{};
      get(value);
      values.insert(value);
    });
  }
  template <class T>
    requires requires(T& value) { T::fields(value, [](const char*, auto&) {}); }
  void get(T& value) {
    T::fields(value, [&](const char*, auto& field) { get(field); });
  }

 private:
  void fail() {
    ok_ = false;
    left_ = {};
  }
  // Each element takes a byte at least, so a size beyond what is left is a lie.
  void each(auto& values, auto&& one) {
    std::uint64_t size = 0;
    get(size);
    if (size > left_.size()) return fail();
    values.clear();
    for (; size > 0 && ok_; --size) one();
  }

  std::string_view left_;
  bool ok_ = true;
};

}  // namespace core
