// A hash of what a node can do next, without what only measures time: two states with equal prints differ at most in
// clocks, gaps between heartbeats, waits and the like. Of an instant counts whether there is one; of an event who it
// is and what it turns down, since in one state space equal ids are equal events.
#pragma once

#include <array>
#include <string_view>

#include "core/base/hash.hpp"
#include "core/base/rng.hpp"
#include "core/detect/arrivals.hpp"
#include "core/message/message.hpp"

namespace sim {

class Fold {
 public:
  [[nodiscard]] core::Digest digest() const { return hasher_.digest(); }

  void word(std::uint64_t value) { hasher_.word(value); }
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void add(T value) {
    word(static_cast<std::uint64_t>(value));
  }
  void add(core::Instant value) { word(value == core::Instant::never() ? 0 : 1); }
  void add(core::Duration) {}
  void add(const core::Arrivals&) {}
  void add(const core::Rng&) {}
  void add(const std::string& value) { hasher_.text(value); }
  void add(core::Point value) { word(value.epoch), word(value.seq); }
  void add(core::EventId value) { word(value.origin), word(value.number); }
  void add(const core::MemberSet& value) {
    value.words([&](std::uint64_t bits) { word(bits); });
  }
  void add(const core::EventRef& value) { add(value->id), add(value->rejects); }
  void add(const core::Entry& value) { add(value.point()), add(value.event); }
  template <class A, class B>
  void add(const std::pair<A, B>& value) {
    add(value.first), add(value.second);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    word(value.has_value() ? 1 : 0);
    if (value) add(*value);
  }
  template <class Range>
    requires requires(const Range& range) { range.begin(), range.size(); }
  void add(const Range& range) {
    word(range.size());
    for (const auto& value : range) add(value);
  }
  template <core::Listed T>
  void add(const T& value) {
    T::fields(value, [&](const char* name, const auto& field) {
      if (!measures_time(name)) add(field);
    });
  }
  void add(const core::Message& message) {
    word(message.body.index());
    std::visit([&](const auto& body) { add(body); }, message.body);
  }

 private:
  // A leader's beats are its clock; who heard of them first, and whether they are trusted, is told elsewhere. Timers
  // and repeats: of those that have something to do, see Model::print(). And what was replied is on its way, or nobody
  // asks again.
  static constexpr bool measures_time(std::string_view name) {
    for (const std::string_view clock : {"beat", "reached", "regain", "rng", "config", "timers", "repeat", "replied"})
      if (name == clock) return true;
    return false;
  }

  core::Hasher hasher_;
};

}  // namespace sim
