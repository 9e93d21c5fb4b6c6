#include "core/group/voters.hpp"

#include <algorithm>
#include <charconv>

namespace core {
namespace {

// Calls `use(member, memory)` for each word that begins with a member of the group.
void each_word(std::string_view text, std::size_t size, auto&& use) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    Member member = kNobody;
    const auto [next, error] = std::from_chars(at, end, member);
    std::uint64_t memory = 0;
    if (next < end && *next == '~') std::from_chars(next + 1, end, memory);
    if (error == std::errc{} && member < size) use(member, memory);
    at = std::find(next, end, ' ');
    if (at < end) ++at;
  }
}

}  // namespace

std::string to_text(const MemberSet& voters, std::size_t size, const Memories& memories) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    const auto member = static_cast<Member>(i);
    if (!voters.has(member)) continue;
    if (!text.empty()) text += ' ';
    text += std::to_string(i);
    if (const std::uint64_t since = begins(memories, member); since != 0) text += '~' + std::to_string(since);
  }
  return text;
}

MemberSet voters_in(std::string_view text, std::size_t size) {
  MemberSet voters(size);
  each_word(text, size, [&](Member member, std::uint64_t) { voters.insert(member); });
  return voters;
}

Memories memories_in(std::string_view text, std::size_t size) {
  Memories memories;
  each_word(text, size, [&](Member member, std::uint64_t memory) {
    if (memory != 0) memories[member] = memory;
  });
  return memories;
}

MemberSet founders_of(const Config& config) {
  MemberSet founders(config.size());
  for (std::size_t i = 0; i < config.size(); ++i)
    if (config.members[i].founder) founders.insert(static_cast<Member>(i));
  return founders;
}

const MemberSet& Voters::at(Seq seq) const {
  const auto later =
      std::ranges::find_if(changes_.begin() + 1, changes_.end(), [&](const auto& c) { return c.first > seq; });
  return std::prev(later)->second;
}

void Voters::cut(Seq seq) {
  while (changes_.size() > 1 && changes_.back().first >= seq) changes_.pop_back();
}

void Voters::settle(Seq seq, MemberSet voters) {
  const auto later =
      std::ranges::find_if(changes_.begin() + 1, changes_.end(), [&](const auto& c) { return c.first > seq; });
  changes_.erase(changes_.begin() + 1, later);
  changes_.front() = {0, std::move(voters)};
}

}  // namespace core
