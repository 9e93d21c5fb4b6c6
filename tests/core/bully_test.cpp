// How many messages the Bully election costs, against its closed forms.
#include <catch2/catch.hpp>
#include <map>

#include "tests/core/cluster.hpp"

using core::Duration;
using core::Member;
using core::MessageType;
using tests::Cluster;

namespace {

struct Count {
  std::map<MessageType, std::size_t> sent;

  void listen(Cluster& cluster) {
    cluster.route = [this](const tests::Flight& flight) -> std::optional<Duration> {
      ++sent[flight.message.type()];
      return Duration::ms(1);
    };
  }
  [[nodiscard]] std::size_t round() { return sent[MessageType::election] + sent[MessageType::answer]; }
};

// What n processes, the highest of them dead and known to be, send when number k begins: each live one from k on asks
// all live higher ones, and each of those answers.
std::size_t closed_form(std::size_t n, std::size_t k) {
  return (n - k) * (n - k - 1);
}

// A group that knows no leader. Number n is dead, and everybody has seen that; number k begins, the others would
// only much later.
Count one_begins(std::size_t n, std::size_t k) {
  Cluster cluster{tests::group_of(n)};
  Count count;
  count.listen(cluster);
  const auto coordinator = static_cast<Member>(n - 1), initiator = static_cast<Member>(k - 1);
  const auto begin = [&](Member member) {
    cluster.start(member);
    cluster.link_down(member, coordinator);
  };
  begin(initiator);
  cluster.run(Duration::ms(500));
  for (Member member = 0; member < coordinator; ++member)
    if (member != initiator) begin(member);
  CHECK(cluster.settle() == n - 2);
  CHECK(cluster.now() < core::Instant{} + Duration::ms(1'100));  // before anybody else would have begun
  return count;
}

}  // namespace

TEST_CASE("one initiator costs (n-k)(n-k-1) ELECTION and ANSWER messages") {
  for (const std::size_t n : {3U, 5U, 7U, 10U, 50U})
    for (std::size_t k = 1; k < n; k += n == 50 ? 16 : 1) {
      CAPTURE(n, k);
      Count count = one_begins(n, k);
      CHECK(count.round() == closed_form(n, k));
      CHECK(count.sent[MessageType::election] == count.sent[MessageType::answer]);
      CHECK(count.sent[MessageType::claim] == n - 1);  // one claim; the dead one is told too
      CHECK(count.sent[MessageType::coordinator] == n - 1);
    }
}

TEST_CASE("if all begin at once it costs what the lowest alone would") {
  for (const std::size_t n : {3U, 5U, 7U, 10U, 50U}) {
    CAPTURE(n);
    Cluster cluster{tests::group_of(n)};
    cluster.start_all();
    const auto coordinator = static_cast<Member>(n - 1);
    REQUIRE(cluster.settle() == coordinator);
    cluster.run(Duration::s(1));
    cluster.crash(coordinator);
    Count count;
    count.listen(cluster);
    for (Member member = 0; member < coordinator; ++member) cluster.link_down(member, coordinator);
    CHECK(cluster.settle() == n - 2);
    CHECK(count.round() == closed_form(n, 1));
    CHECK(count.sent[MessageType::coordinator] == n - 1);
  }
}

TEST_CASE("the highest that comes back tells everybody once") {
  for (const std::size_t n : {3U, 5U, 7U, 10U, 50U}) {
    CAPTURE(n);
    Cluster cluster{tests::group_of(n)};
    const auto highest = static_cast<Member>(n - 1);
    for (Member member = 0; member < highest; ++member) cluster.start(member);
    REQUIRE(cluster.settle() == n - 2);
    cluster.run(Duration::s(1));
    Count count;
    count.listen(cluster);
    cluster.start(highest);
    REQUIRE(cluster.run_until(Duration::s(20), [&] { return cluster.leader_of_all() == highest; }));
    CHECK(count.round() == 0);
    CHECK(count.sent[MessageType::coordinator] == n - 1);
  }
}
