// Fewer parts, fewer nodes, less time.
#include <array>
#include <set>
#include <tuple>

#include "sim/hunt/shrink_edit.hpp"
#include "sim/hunt/shrink_passes.hpp"

namespace sim {
namespace {

constexpr std::size_t kMostPairedWithAll = 20, kMostRecounted = 400;

// In chunks, from all at once to one at a time. One step stays: without any, a scenario is of another sort.
void leave_out(ShrinkSearch& search, PartKind kind) {
  for (std::size_t size = parts_of(search.best(), kind).size(); size > 0; size /= 2) {
    for (std::size_t from = 0;;) {
      const Parts parts = parts_of(search.best(), kind);
      if (from >= parts.size()) break;
      const auto chunk = [&](std::size_t i) -> std::optional<Scenario> {
        if (kind == PartKind::step && size >= parts.size()) return std::nullopt;
        const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(from + i * size);
        const auto room = static_cast<std::size_t>(parts.end() - begin);
        return without(search.best(), {begin, begin + static_cast<std::ptrdiff_t>(std::min(size, room))});
      };
      const std::optional<std::size_t> taken = search.take_first((parts.size() - from + size - 1) / size, chunk);
      if (!taken) break;
      from += *taken * size;  // what followed has moved up
    }
  }
}

// All fates that have something in common, as `common` says.
template <class Common>
void leave_out_fates(ShrinkSearch& search, Common common) {
  std::set<decltype(common(MessageFate{}))> seen;
  for (const MessageFate& fate : search.best().messages) seen.insert(common(fate));
  for (const auto& value : seen) {
    Parts parts;
    for (const Part& part : parts_of(search.best(), PartKind::fate))
      if (common(search.best().messages[part.index]) == value) parts.push_back(part);
    search.take_one_of({without(search.best(), parts)});
  }
}

std::size_t nodes(const ShrinkSearch& search) {
  return search.best().group.size();
}

// `size` neighbours at a time.
void leave_out_neighbours(ShrinkSearch& search, std::size_t size) {
  const auto from = [&](std::size_t first) {
    std::vector<Member> gone;
    for (std::size_t i = 0; i < size; ++i) gone.push_back(static_cast<Member>(first + i));
    return without_nodes(search.best(), gone);
  };
  while (nodes(search) > size && search.take_first(nodes(search) - size + 1, from)) {
  }
}

// Any two: with two nodes less, a quorum has one less.
void leave_out_two(ShrinkSearch& search) {
  const auto two = [&](std::size_t i) -> std::optional<Scenario> {
    const std::size_t a = i / nodes(search), b = i % nodes(search);
    if (a >= b) return std::nullopt;
    return without_nodes(search.best(), {static_cast<Member>(a), static_cast<Member>(b)});
  };
  while (nodes(search) > 2 && search.take_first(nodes(search) * nodes(search), two)) {
  }
}

void merge_nodes(ShrinkSearch& search) {
  const auto merge = [&](std::size_t i) -> std::optional<Scenario> {
    const std::size_t from = i / nodes(search), to = i % nodes(search);
    if (from == to) return std::nullopt;
    return merged(search.best(), static_cast<Member>(from), static_cast<Member>(to));
  };
  while (nodes(search) > 1 && search.take_first(nodes(search) * nodes(search), merge)) {
  }
}

}  // namespace

void cut_duration(ShrinkSearch& search) {
  search.begin("less time");
  constexpr std::array<std::int64_t, 18> seconds{1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100};
  search.take_first(seconds.size(), [&](std::size_t i) { return cut_to(search.best(), Duration::s(seconds[i])); });
  const auto shorter = [&](std::size_t i) -> std::optional<Scenario> {
    constexpr std::array<std::int64_t, 5> less{10, 5, 3, 2, 1};
    const Duration duration = search.best().duration - Duration::s(less[i]);
    const Duration whole = Duration::s((duration.ns + 999'999'999) / 1'000'000'000);
    if (duration <= Duration{} || whole >= search.best().duration) return std::nullopt;
    return cut_to(search.best(), whole);
  };
  while (search.take_first(5, shorter)) {
  }
}

void leave_out_parts(ShrinkSearch& search) {
  search.begin("fewer faults and sends");
  for (const PartKind kind : {PartKind::dispatch, PartKind::lights, PartKind::fate, PartKind::fault, PartKind::load,
                              PartKind::membership, PartKind::event}) {
    if (kind == PartKind::fate && search.best().messages.size() > 2) {
      leave_out_fates(search, [](const MessageFate& fate) { return fate.type; });
      leave_out_fates(search, [](const MessageFate& fate) { return fate.link; });
    }
    leave_out(search, kind);
  }
}

void leave_out_steps(ShrinkSearch& search) {
  search.begin("fewer steps");
  leave_out(search, PartKind::step);
}

void leave_out_pairs(ShrinkSearch& search) {
  search.begin("pairs");
  for (bool taken = true; taken;) {
    Parts parts = parts_of(search.best());
    const Parts fates = parts_of(search.best(), PartKind::fate);
    parts.insert(parts.end(), fates.begin(), fates.end());
    const std::size_t reach = parts.size() <= kMostPairedWithAll ? parts.size() : 1;
    taken = search
                .take_first(parts.size() * reach,
                            [&](std::size_t i) -> std::optional<Scenario> {
                              const std::size_t a = i / reach, b = a + 1 + i % reach;
                              if (b >= parts.size()) return std::nullopt;
                              return without(search.best(), {parts[a], parts[b]});
                            })
                .has_value();
  }
}

void leave_out_and_recount(ShrinkSearch& search) {
  search.begin("fewer messages");
  for (bool taken = true; taken;) {
    const Parts parts = parts_of(search.best());
    const std::size_t fates = search.best().messages.size();
    if (fates == 0 || parts.size() * fates > kMostRecounted) return;
    // Without a part or with all; the nth of one fate less, or of all.
    const auto recount = [&](std::size_t i) -> std::optional<Scenario> {
      const std::size_t part = i / (fates + 1), which = i % (fates + 1);
      Scenario out = part < parts.size() ? without(search.best(), {parts[part]}) : search.best();
      for (std::size_t k = 0; k < fates; ++k)
        if ((k == which || which == fates) && out.messages[k].nth > 1) --out.messages[k].nth;
      return out;
    };
    taken = search.take_first((parts.size() + 1) * (fates + 1), recount).has_value();
  }
}

void leave_out_nodes(ShrinkSearch& search) {
  search.begin("fewer nodes");
  for (std::size_t size = nodes(search) / 2; size > 1; size /= 2) leave_out_neighbours(search, size);
  leave_out_two(search);
  leave_out_neighbours(search, 1);
  merge_nodes(search);
}

}  // namespace sim
