#include "sim/network/geometry.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "core/base/rng.hpp"

namespace {

using core::Link;
using sim::Links;
using sim::Member;
using sim::Members;
using sim::Shape;

// Who hears whom, as a table.
class Sight {
 public:
  Sight(std::size_t size, const Links& closed) : size_{size}, closed_(closed.begin(), closed.end()) {}
  [[nodiscard]] bool hears(std::size_t a, std::size_t b) const {
    return !closed_.contains({static_cast<Member>(b), static_cast<Member>(a)});
  }
  [[nodiscard]] bool both_ways(std::size_t a, std::size_t b) const { return hears(a, b) && hears(b, a); }
  // With itself.
  [[nodiscard]] std::size_t sees(std::size_t a) const {
    std::size_t seen = 0;
    for (std::size_t b = 0; b < size_; ++b) seen += both_ways(a, b) ? 1U : 0U;
    return seen;
  }
  [[nodiscard]] bool mutual() const {
    for (std::size_t a = 0; a < size_; ++a)
      for (std::size_t b = 0; b < size_; ++b)
        if (hears(a, b) != hears(b, a)) return false;
    return true;
  }

 private:
  std::size_t size_;
  std::set<Link> closed_;
};

Members shuffled(std::size_t size, std::uint64_t seed) {
  Members members;
  for (std::size_t i = 0; i < size; ++i) members.push_back(static_cast<Member>(i));
  core::Rng rng{seed};
  for (std::size_t i = size; i > 1; --i) std::swap(members[i - 1], members[rng.below(i)]);
  return members;
}

bool well_formed(const Links& links) {
  const bool loops = std::any_of(links.begin(), links.end(), [](const Link& link) { return link.from == link.to; });
  return !loops && std::is_sorted(links.begin(), links.end()) &&
         std::adjacent_find(links.begin(), links.end()) == links.end();
}

}  // namespace

TEST_CASE("groups hear only themselves, and who is in none is alone") {
  const Links closed = sim::closed_by_groups(5, {{0, 3}, {1, 2}});
  CHECK(well_formed(closed));
  const Sight sight{5, closed};
  CHECK(sight.mutual());
  for (std::size_t a = 0; a < 5; ++a)
    for (std::size_t b = 0; b < 5; ++b) {
      const bool together = a == b || (a % 3 == 0 && b % 3 == 0) || (a != 4 && b != 4 && a % 3 != 0 && b % 3 != 0);
      CAPTURE(a, b);
      CHECK(sight.hears(a, b) == together);
    }
}

TEST_CASE("a member of several groups counts in the first") {
  CHECK(sim::closed_by_groups(3, {{0, 1}, {1, 2}}) == sim::closed_by_groups(3, {{0, 1}, {2}}));
}

TEST_CASE("the isolated are alone, also from one another") {
  const Links closed = sim::closed_by_isolating(5, {1, 4});
  CHECK(well_formed(closed));
  const Sight sight{5, closed};
  CHECK(sight.sees(1) == 1);
  CHECK(sight.sees(4) == 1);
  for (const std::size_t other : {0U, 2U, 3U}) CHECK(sight.sees(other) == 3);
  CHECK(closed.size() == 14);
  CHECK(sim::closed_by_isolating(5, {}).empty());
}

TEST_CASE("a cut closes one direction, or both, and never a node to itself") {
  CHECK(sim::links_between({2, 0}, {1, 2}, false) == Links{{0, 1}, {0, 2}, {2, 1}});
  CHECK(sim::links_between({0}, {1, 2}, true) == Links{{0, 1}, {0, 2}, {1, 0}, {2, 0}});
  CHECK(sim::links_between({0, 0, 1}, {1, 0}, true) == Links{{0, 1}, {1, 0}});
  CHECK(sim::links_between({3}, {3}, true).empty());
}

TEST_CASE("every shape is well formed and mutual for every size and order") {
  for (std::size_t size = 0; size <= 20; ++size)
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
      for (const Shape shape : {Shape::halves, Shape::one, Shape::bridge, Shape::ring}) {
        CAPTURE(size, seed, static_cast<int>(shape));
        const Links closed = sim::closed_by_shape(shape, shuffled(size, seed));
        REQUIRE(well_formed(closed));
        REQUIRE(Sight{size, closed}.mutual());
      }
}

TEST_CASE("halves: two sides, the first rounded down; one: the first alone") {
  for (std::size_t size = 2; size <= 12; ++size) {
    const Members order = shuffled(size, size);
    const Sight halves{size, sim::closed_by_shape(Shape::halves, order)};
    const Sight one{size, sim::closed_by_shape(Shape::one, order)};
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t k = 0; k < size; ++k) {
        CAPTURE(size, i, k);
        REQUIRE(halves.hears(order[i], order[k]) == ((i < size / 2) == (k < size / 2)));
        REQUIRE(one.hears(order[i], order[k]) == (i == k || (i != 0 && k != 0)));
      }
  }
}

TEST_CASE("bridge: one hears all, the two halves of the others do not hear each other") {
  for (std::size_t size = 3; size <= 12; ++size) {
    const Members order = shuffled(size, size);
    const Sight sight{size, sim::closed_by_shape(Shape::bridge, order)};
    CHECK(sight.sees(order[0]) == size);
    const std::size_t smaller = (size - 1) / 2, larger = size - 1 - smaller;
    for (std::size_t i = 1; i < size; ++i) {
      CAPTURE(size, i);
      REQUIRE(sight.sees(order[i]) == 1 + (i <= smaller ? smaller : larger));
      REQUIRE(sight.hears(order[i], order[1]) == (i <= smaller));
    }
  }
}

TEST_CASE("ring: everybody sees the same nearest members, just enough for a majority") {
  for (std::size_t size = 1; size <= 25; ++size) {
    const Members order = shuffled(size, size);
    const Sight sight{size, sim::closed_by_shape(Shape::ring, order)};
    const std::size_t majority = size / 2 + 1;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t seen = sight.sees(order[i]);
      CAPTURE(size, i, seen);
      REQUIRE(seen >= majority);
      REQUIRE(seen <= majority + 1);  // one more where both sides could not be equal otherwise
      for (std::size_t k = 0; k < size; ++k) {
        const std::size_t apart = std::min((k + size - i) % size, (i + size - k) % size);
        REQUIRE(sight.hears(order[i], order[k]) == (2 * apart <= seen));
      }
    }
  }
  CHECK(Sight{5, sim::closed_by_shape(Shape::ring, {0, 1, 2, 3, 4})}.sees(0) == 3);
}
