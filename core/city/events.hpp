// The events of the applications: made here, and read by their type. The payload is the value's bytes
// (core/base/codec).
#pragma once

#include <optional>
#include <string>

#include "core/base/codec.hpp"
#include "core/city/dispatch.hpp"
#include "core/node/submission.hpp"

namespace core {

template <class T>
std::string bytes_of(const T& value) {
  Writer out;
  out.put(value);
  return out.take();
}

// Nothing if these are not the bytes of one: anybody can submit anything.
template <class T>
std::optional<T> value_in(std::string_view bytes) {
  T value{};
  Reader in(bytes);
  in.get(value);
  return in.done() ? std::optional{std::move(value)} : std::nullopt;
}

template <class T>
Submission event_of(const T& value, std::vector<EventId> depends_on = {}) {
  return {std::move(depends_on), std::string{T::kType}, bytes_of(value)};
}
inline Submission event_of(const CrashStep& step, std::vector<EventId> depends_on) {
  return {std::move(depends_on), "dispatch." + std::string{name_of(step.step)}, bytes_of(step)};
}

}  // namespace core
