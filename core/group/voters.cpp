#include "core/group/voters.hpp"

#include <algorithm>
#include <charconv>

namespace core {

std::string to_text(const MemberSet& voters, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (!voters.has(static_cast<Member>(i))) continue;
    if (!text.empty()) text += ' ';
    text += std::to_string(i);
  }
  return text;
}

MemberSet voters_in(std::string_view text, std::size_t size) {
  MemberSet voters(size);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    Member member = kNobody;
    const auto [next, error] = std::from_chars(at, end, member);
    if (error == std::errc{} && member < size) voters.insert(member);
    at = std::find(next, end, ' ');
    if (at < end) ++at;
  }
  return voters;
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
