#include "sim/world/targets.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;
using sim::Life;
using sim::Standing;
using Who = sim::Atom::Who;
using Members = std::vector<Member>;

namespace {

// n2 leads epoch 3 and n4, which is paused, still believes that it leads epoch 4; n5 is down.
const std::vector<Standing> kStandings{{Life::up, 0}, {Life::up, 3}, {Life::up, 0}, {Life::paused, 4}, {Life::down, 0}};

Members find(const sim::Target& target, const std::vector<Standing>& standings = kStandings,
             Member it = core::kNobody) {
  const core::Config group = group_of(standings.size());
  return sim::Targets(group, standings, it, core::Rng{1}).find(target);
}

}  // namespace

TEST_CASE("targets are found by name, place and state") {
  CHECK(find(named({3, 1})) == Members{1, 3});
  CHECK(find(who(Who::all)) == Members{0, 1, 2, 3, 4});
  CHECK(find(who(Who::crashed)) == Members{4});
  CHECK(find(who(Who::lowest)) == Members{0});
  CHECK(find(who(Who::highest)) == Members{2});
  CHECK(find(who(Who::it), kStandings, 3) == Members{3});
  CHECK(find(who(Who::it)).empty());
}

TEST_CASE("the leader is live and leads the highest epoch") {
  CHECK(find(who(Who::leader)) == Members{1});
  CHECK(find(who(Who::followers)) == Members{0, 2});
  std::vector<Standing> standings = kStandings;
  standings[0].leads = 9;
  CHECK(find(who(Who::leader), standings) == Members{0});
  CHECK(find(who(Who::followers), standings) == Members{1, 2});
  CHECK(find(who(Who::leader), std::vector<Standing>(3, {Life::up, 0})).empty());
  CHECK(find(who(Who::followers), std::vector<Standing>(3, {Life::up, 0})) == Members{0, 1, 2});
}

TEST_CASE("a rank beats an id") {
  core::Config group = group_of(3);
  group.members[0].rank = 5;
  const std::vector<Standing> standings(3, {Life::up, 0});
  sim::Targets targets(group, standings, core::kNobody, core::Rng{1});
  CHECK(targets.find(who(Who::highest)) == Members{0});
  CHECK(targets.find(who(Who::lowest)) == Members{1});
}

TEST_CASE("random draws live nodes, each once, and every one of them sometimes") {
  std::vector<int> drawn(5);
  const core::Config group = group_of(5);
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    sim::Targets targets(group, kStandings, core::kNobody, core::Rng{seed});
    const Members pair = targets.find(who(Who::random, 2));
    REQUIRE(pair.size() == 2);
    for (const Member member : pair) ++drawn[member];
  }
  CHECK(std::all_of(drawn.begin(), drawn.begin() + 3, [](int times) { return times > 20; }));
  CHECK(drawn[3] + drawn[4] == 0);
  CHECK(find(who(Who::random, 9)) == Members{0, 1, 2});
  CHECK(find(who(Who::random), std::vector<Standing>(2)).empty());
}

TEST_CASE("several random atoms of one strike draw different nodes as long as there are any") {
  const core::Config group = group_of(5);
  const std::vector<Standing> standings(5, {Life::up, 0});
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    sim::Targets targets(group, standings, core::kNobody, core::Rng{seed});
    const Members two = targets.find(who(Who::random, 2)), three = targets.find(who(Who::random, 3));
    Members both;
    std::set_intersection(two.begin(), two.end(), three.begin(), three.end(), std::back_inserter(both));
    CHECK(both.empty());
    CHECK(targets.find(who(Who::random, 2)).size() == 2);  // everybody was drawn before
  }
}

TEST_CASE("minority and majority of one strike are disjoint and differ from strike to strike") {
  const auto size = GENERATE(std::size_t{3}, std::size_t{4}, std::size_t{5}, std::size_t{6});
  const core::Config group = group_of(size);
  const std::vector<Standing> standings(size);
  std::vector<Members> minorities;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    sim::Targets targets(group, standings, core::kNobody, core::Rng{seed});
    const Members minority = targets.find(who(Who::minority)), majority = targets.find(who(Who::majority));
    CHECK(minority.size() == (size - 1) / 2);
    CHECK(majority.size() == size / 2 + 1);
    for (const Member member : minority) CHECK(std::count(majority.begin(), majority.end(), member) == 0);
    CHECK(targets.find(who(Who::minority)) == minority);
    minorities.push_back(minority);
  }
  CHECK(std::count(minorities.begin(), minorities.end(), minorities.front()) < 20);
}
