// What dice decided, written down: the run must come out the same.
#include "sim/hunt/concrete.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/sim/random_scenario.hpp"
#include "tests/sim/world_support.hpp"

namespace {

using core::Kind;
using sim::Concrete;
using sim::Scenario;
using world_test::Note;

// Of a record whatever does not hang on how faults and messages are numbered.
std::string line_of(const Note& note) {
  const core::Record& r = note.record;
  std::string line = std::to_string(r.at.ns) + " " + std::string{core::name_of(r.kind)} + " n" + std::to_string(r.node);
  for (const std::uint64_t part :
       {std::uint64_t{r.peer}, static_cast<std::uint64_t>(r.type), static_cast<std::uint64_t>(r.role), r.epoch, r.seq,
        r.id.origin, r.id.number, std::uint64_t{r.phi_milli}, std::uint64_t{r.forgot}, std::uint64_t{r.left}})
    line += " " + std::to_string(part);
  for (const core::EventId& cause : note.depends_on)
    line += " < " + std::to_string(cause.origin) + ":" + std::to_string(cause.number);
  return line + " " + note.more.text;
}

// All records in order but those of faults, and of what a judge who knows of faults thinks of them.
std::vector<std::string> story_of(const Scenario& scenario, std::uint64_t seed) {
  std::vector<std::string> lines;
  for (const Note& note : world_test::run(scenario, seed).tape.notes)
    if (note.record.kind != Kind::fault && note.record.kind != Kind::heal && note.record.kind != Kind::violation)
      lines.push_back(line_of(note));
  return lines;
}

void require_same(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    CAPTURE(i);
    REQUIRE(a[i] == b[i]);
  }
  REQUIRE(a.size() == b.size());
}

}  // namespace

TEST_CASE("a random run comes out the same from its concrete faults") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
  CAPTURE(seed);
  const Scenario scenario = sim::random_scenario(seed);
  require_same(story_of(scenario, seed), story_of(sim::concrete(scenario, seed, Concrete::faults), seed));
}

TEST_CASE("a random run comes out the same from the fates of its messages") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{31}));
  CAPTURE(seed);
  const Scenario scenario = sim::random_scenario(seed);
  require_same(story_of(scenario, seed), story_of(sim::concrete(scenario, seed, Concrete::messages), seed));
}
