// A node is a value: it can be copied, compared and hashed, and a copy given the same inputs does the same.
#include <catch2/catch.hpp>
#include <set>

#include "tests/core/chaos.hpp"

using core::Duration;
using core::Instant;
using core::Member;
using core::Node;

namespace {

bool equal(core::Effects& a, core::Effects& b) {
  if (a.list().size() != b.list().size() || a.messages() != b.messages()) return false;
  for (std::size_t i = 0; i < a.list().size(); ++i)
    if (a.list()[i].kind != b.list()[i].kind || a.list()[i].to != b.list()[i].to) return false;
  for (std::size_t i = 0; i < a.facts().size(); ++i)
    if (a.facts()[i].kind != b.facts()[i].kind || a.facts()[i].seq != b.facts()[i].seq ||
        a.facts()[i].id != b.facts()[i].id)
      return false;
  return a.persists().size() == b.persists().size();
}

}  // namespace

TEST_CASE("a copy of a node given the same inputs goes the same way") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    tests::Chaos chaos{3 + seed % 3, seed};
    chaos.run(Duration::s(3));
    for (int i = 0; i < 200; ++i) {
      const auto member = static_cast<Member>(chaos.rng.below(chaos.cluster.size()));
      if (!chaos.cluster.up(member)) continue;
      Node original = chaos.cluster.node(member);
      Node copy = original;
      REQUIRE(copy == original);
      core::Effects of_original, of_copy;
      if (!chaos.cluster.in_flight().empty() && chaos.rng.below(2) == 0) {
        const core::Message message = chaos.cluster.in_flight().front().message;
        original.receive(chaos.cluster.now(), message, of_original);
        copy.receive(chaos.cluster.now(), message, of_copy);
      } else {
        original.wake(original.next_wake(), of_original);
        copy.wake(copy.next_wake(), of_copy);
      }
      REQUIRE(copy == original);
      REQUIRE(equal(of_original, of_copy));
      chaos.run(Duration::ms(10));
    }
  }
}

TEST_CASE("a copy is independent of its original") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start_all();
  const Member leader = cluster.settle();
  const Node copy = cluster.node(leader);
  const core::Digest before = copy.digest();
  const core::Seq size = copy.log().size();
  cluster.submit(leader);
  cluster.run(Duration::s(1));
  CHECK(cluster.node(leader).log().size() > size);
  CHECK(copy.log().size() == size);
  CHECK(copy.digest() == before);
  CHECK_FALSE(copy == cluster.node(leader));
}

TEST_CASE("the digest changes with every input that changes the state") {
  tests::Cluster cluster{tests::group_of(3)};
  std::set<std::string> seen;
  const auto fresh = [&](Member member) { return seen.insert(cluster.node(member).digest().hex()).second; };
  cluster.start_all();
  for (Member member = 0; member < 3; ++member) CHECK(fresh(member));  // different members differ
  const Member leader = cluster.settle();
  CHECK(fresh(0));
  cluster.submit(0);
  CHECK(fresh(0));
  cluster.link_down(0, leader);
  CHECK(fresh(0));
  cluster.run(Duration::s(1));
  CHECK(fresh(0));
}

TEST_CASE("a node that restarts from equal disks with equal numbers is the same node") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start_all();
  cluster.settle();
  cluster.submit(1);
  const Node a{cluster.config(), 1, cluster.disk(1), core::Rng{1}},
      b{cluster.config(), 1, cluster.disk(1), core::Rng{1}};
  CHECK(a == b);
  CHECK(a.log().size() == cluster.node(1).log().size());
  CHECK(a.epoch() == cluster.node(1).epoch());
  CHECK(a.commit() == 0);  // learnt again
}
