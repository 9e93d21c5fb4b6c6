#include "core/base/member_set.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "core/base/rng.hpp"

using core::Member;
using core::MemberSet;

TEST_CASE("a member set agrees with a set of numbers") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{128},
                                 std::size_t{129}, std::size_t{1'000}}) {
    core::Rng rng{size};
    MemberSet set{size};
    std::set<Member> oracle;
    for (int step = 0; step < 400; ++step) {
      const auto member = static_cast<Member>(rng.below(size));
      CAPTURE(size, step, member);
      if (rng.below(2) == 0) {
        set.insert(member), oracle.insert(member);
      } else {
        set.erase(member), oracle.erase(member);
      }
      REQUIRE(set.has(member) == oracle.contains(member));
      REQUIRE(set.count() == oracle.size());
      REQUIRE(set.empty() == oracle.empty());
    }
    for (std::size_t i = 0; i < size; ++i)
      REQUIRE(set.has(static_cast<Member>(i)) == oracle.contains(static_cast<Member>(i)));
    set.clear();
    CHECK(set == MemberSet{size});
  }
}

TEST_CASE("up to 64 members take one word, and more only what they need") {
  CHECK(MemberSet{}.bytes() == 8);
  CHECK(MemberSet{64}.bytes() == 8);
  CHECK(MemberSet{65}.bytes() == 16);
  CHECK(MemberSet{128}.bytes() == 16);
  CHECK(MemberSet{129}.bytes() == 24);
}

TEST_CASE("who is outside is not in it, and cannot be put in") {
  MemberSet set{70};
  CHECK_FALSE(set.has(core::kNobody));
  set.erase(core::kNobody);
  CHECK(set.empty());
  CHECK_THROWS(set.insert(128));
}

TEST_CASE("words give the members in ascending order") {
  MemberSet set{130};
  set.insert(0), set.insert(64), set.insert(129);
  std::vector<std::uint64_t> words;
  set.words([&](std::uint64_t word) { words.push_back(word); });
  CHECK(words == std::vector<std::uint64_t>{1, 1, 2});
}
