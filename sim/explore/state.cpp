#include "sim/explore/state.hpp"

#include <algorithm>

namespace sim {

using core::Member;

bool State::quiet() const {
  return std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.parcels.empty(); });
}

bool State::at_rest() const {
  return quiet() && told();
}

bool State::has_news(Member from) const {
  for (Member to = 0; to < size(); ++to)
    if (from != to && up(from) && up(to) && line(from, to).said != processes[from]->says) return true;
  return false;
}

bool State::told() const {
  for (Member from = 0; from < size(); ++from)
    if (has_news(from)) return false;
  return true;
}

core::Digest State::print() const {
  Fold fold;
  for (const auto& process : processes) fold.word(process->print.high), fold.word(process->print.low);
  for (const Line& line : lines) {
    fold.word(line.parcels.size());
    for (const Parcel& parcel : line.parcels) fold.word(parcel.print);
  }
  for (Member from = 0; from < size(); ++from)
    for (Member to = 0; to < size(); ++to) fold.word(up(from) && line(from, to).said == processes[from]->says ? 1 : 0);
  fold.word(next_trouble);
  if (left.late != Bounds::kAny) fold_order(fold);
  // What is left of all together follows from these.
  for (const unsigned count : {left.crashes, left.losses, left.duplicates, left.suspicions, left.submits, left.late})
    fold.word(count);
  fold.add(ghost);
  return fold.digest();
}

// In which order what is on its way would arrive.
void State::fold_order(Fold& fold) const {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const Parcel& parcel : lines[i].parcels) order.emplace_back(parcel.number, i);
  std::sort(order.begin(), order.end());
  for (const auto& [number, line] : order) fold.word(line);
}

std::uint64_t State::oldest() const {
  std::uint64_t oldest = UINT64_MAX;
  for (const Line& line : lines)
    if (!line.parcels.empty()) oldest = std::min(oldest, line.parcels.front().number);
  return oldest;
}

}  // namespace sim
