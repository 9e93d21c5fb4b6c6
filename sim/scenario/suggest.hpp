// "did you mean": the known word nearest to one that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sim {

using Words = std::vector<std::string>;

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (restricted
// Damerau-Levenshtein distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

// The word within a third of the length of `wrong`, the first of the nearest; "" if there is none.
std::string nearest(std::string_view wrong, const Words& known);

// "; did you mean 'near'?", or "; known: a, b, c" where nothing is near and the list is short.
std::string hint(std::string_view wrong, const Words& known);

// In quotes, and cut to 40 characters: what the user wrote, fit for a message.
std::string quoted(std::string_view text);

}  // namespace sim
