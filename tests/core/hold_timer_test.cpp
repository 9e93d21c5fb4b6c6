#include <catch2/catch.hpp>

#include "tests/core/cluster.hpp"

using core::Duration;
using core::MessageType;

// n1's number 2 waits for a cause that never comes. When number 1 arrives, late, number 2 has waited hold_timeout
// almost out; that n3's event is being held as well, since later, must not make it wait longer.
TEST_CASE("a head that has waited long already is rejected on time, even if a later hold is timed already") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start_all();
  REQUIRE(cluster.settle() == 2);
  bool first = true;
  cluster.route = [&](const tests::Flight& flight) -> std::optional<Duration> {
    if (flight.from != 0 || flight.message.type() != MessageType::submit) return Duration::ms(1);
    if (std::get<core::Submit>(flight.message.body).events.front()->id.number == 2) return Duration::ms(1);
    return std::exchange(first, false) ? std::optional{Duration::ms(4'500)} : std::nullopt;  // number 1, once, late
  };
  cluster.submit(0);
  cluster.submit(0, {core::EventId::of(1, 9)});
  cluster.run(Duration::s(4));
  cluster.submit(2, {core::EventId::of(1, 9)});
  cluster.run(Duration::ms(1'100));  // 5.1 s after number 2 came
  const core::Log& log = cluster.node(2).log();
  CHECK(log.at(log.size()).event->rejects == core::EventId::of(0, 2));
}
