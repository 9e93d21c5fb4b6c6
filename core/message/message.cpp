#include "core/message/message.hpp"

namespace core {
namespace {

constexpr std::size_t kHeader = 24;  // type, sender, group, length, checksum

template <class T>
std::size_t bytes_of(const T&) {
  return sizeof(T);
}
std::size_t bytes_of(const MemberSet& set) {
  return set.bytes();
}
std::size_t bytes_of(const std::string& text) {
  return 4 + text.size();
}
std::size_t bytes_of(const Memories& memories) {
  return 1 + 10 * memories.size();
}
std::size_t bytes_of(const Settings& settings) {
  std::size_t total = 4;
  for (const auto& [key, value] : settings) total += bytes_of(key) + bytes_of(value);
  return total;
}
std::size_t bytes_of(const std::vector<Entry>& entries) {
  std::size_t total = 4;
  for (const Entry& entry : entries) total += sizeof(Point) + size_of(*entry.event);
  return total;
}
std::size_t bytes_of(const std::vector<EventRef>& events) {
  std::size_t total = 4;
  for (const EventRef& event : events) total += size_of(*event);
  return total;
}

}  // namespace

bool operator==(const Submit& a, const Submit& b) {
  if (a.hops != b.hops || a.events.size() != b.events.size()) return false;
  for (std::size_t i = 0; i < a.events.size(); ++i)
    if (*a.events[i] != *b.events[i]) return false;
  return true;
}

std::size_t size_of(const Message& message) {
  std::size_t total = kHeader;
  std::visit(
      [&](const auto& body) {
        std::remove_cvref_t<decltype(body)>::fields(body,
                                                    [&](const char*, const auto& field) { total += bytes_of(field); });
      },
      message.body);
  return total;
}

}  // namespace core
