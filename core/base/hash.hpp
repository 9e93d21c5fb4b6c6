// Feeds values into a Hasher by their fields: anything with a static fields(self, visit) list, integers, enums
// and the containers of the core. Pointers never count, only what they point to.
#pragma once

#include <concepts>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/ids.hpp"
#include "core/base/member_set.hpp"
#include "core/base/time.hpp"
#include "core/event/event.hpp"

namespace core {

template <class T>
concept Listed = requires(const T& value) { T::fields(value, [](const char*, const auto&) {}); };

template <class T>
  requires std::integral<T> || std::is_enum_v<T>
void hash(Hasher& out, T value) {
  out.word(static_cast<std::uint64_t>(value));
}

template <Listed T>
void hash(Hasher& out, const T& value);
template <class A, class B>
void hash(Hasher& out, const std::pair<A, B>& value);

inline void hash(Hasher& out, Duration value) {
  out.word(static_cast<std::uint64_t>(value.ns));
}
inline void hash(Hasher& out, Instant value) {
  out.word(static_cast<std::uint64_t>(value.ns));
}
inline void hash(Hasher& out, const Rng& value) {
  out.word(value.state());
}
inline void hash(Hasher& out, const std::string& value) {
  out.text(value);
}
inline void hash(Hasher& out, Point value) {
  out.word(value.epoch), out.word(value.seq);
}
inline void hash(Hasher& out, EventId value) {
  out.word(value.origin), out.word(value.number);
}
inline void hash(Hasher& out, const MemberSet& value) {
  value.words([&](std::uint64_t word) { out.word(word); });
}
inline void hash(Hasher& out, const EventRef& value) {
  out.word(value != nullptr ? 1 : 0);
  if (value == nullptr) return;
  hash(out, value->id), hash(out, value->type), hash(out, value->payload), hash(out, value->rejects);
  for (const EventId id : value->depends_on) hash(out, id);
}
inline void hash(Hasher& out, const Entry& value) {
  hash(out, value.point()), hash(out, value.event);
}

template <class Range>
  requires requires(const Range& range) { range.begin(), range.size(); } && (!std::same_as<Range, std::string>)
void hash(Hasher& out, const Range& range) {
  out.word(range.size());
  for (const auto& value : range) hash(out, value);
}

template <class A, class B>
void hash(Hasher& out, const std::pair<A, B>& value) {
  hash(out, value.first), hash(out, value.second);
}

template <class T>
void hash(Hasher& out, const std::optional<T>& value) {
  out.word(value.has_value() ? 1 : 0);
  if (value) hash(out, *value);
}

template <Listed T>
void hash(Hasher& out, const T& value) {
  T::fields(value, [&](const char*, const auto& field) { hash(out, field); });
}

}  // namespace core
