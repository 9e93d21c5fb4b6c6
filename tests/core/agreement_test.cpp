// Random trouble, then calm: whatever happened, all have delivered the same events in the same causal order, none
// twice, and nothing that was accepted is forgotten.
#include <catch2/catch.hpp>

#include "tests/core/chaos.hpp"
#include "tests/core/ledger.hpp"

using core::Duration;
using core::Member;

namespace {

// Trouble for so long, then calm until all agree. The test fails at the first breach.
tests::Ledger endure(tests::Chaos& chaos, Duration span) {
  tests::Ledger ledger;
  chaos.cluster.watch = [&](const tests::Step& step) { ledger.step(step); };
  chaos.on_start = [&](Member member) { ledger.restarted(member, chaos.cluster.disk(member)); };
  chaos.on_forget = [&](Member member) { ledger.forgot(member, chaos.cluster.disk(member)); };
  chaos.run(span);
  chaos.calm();
  REQUIRE(chaos.cluster.run_until(Duration::s(60), [&] {
    chaos.start_all();  // who leaves even now comes back
    return tests::Ledger::settled(chaos.cluster);
  }));
  ledger.check_complete(chaos.cluster);
  chaos.cluster.watch = nullptr;
  return ledger;
}

}  // namespace

TEST_CASE("after any trouble all agree, and every accepted event is decided once") {
  std::size_t ordered = 0, rejected = 0;
  for (std::uint64_t seed = 1'000; seed < 1'120; ++seed) {
    CAPTURE(seed);
    tests::Chaos chaos{3 + seed % 3, seed};
    const tests::Ledger ledger = endure(chaos, Duration::s(4));
    ordered += ledger.ordered();
    rejected += ledger.rejected();
  }
  CHECK(ordered > 1'000);
  CHECK(rejected > 50);
}

TEST_CASE("the same while members come, go and forget, and logs are cut short by snapshots") {
  std::size_t ordered = 0;
  int received = 0, changes = 0, left = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    tests::Chaos chaos{3 + seed % 3,
                       seed,
                       core::Quorum::majority,
                       {.joiners = seed % 3,
                        .snapshot_every = 5 + seed % 16,
                        .leaving = seed % 2 == 0,
                        .amnesia = seed % 4 < 2,
                        .partitions = true,
                        .torn_steps = true}};
    const tests::Ledger ledger = endure(chaos, Duration::s(8));
    ordered += ledger.ordered();
    received += ledger.count(core::Kind::snapshot);
    changes += ledger.voter_changes();
    left += ledger.count(core::Kind::leave);
  }
  CHECK(ordered > 1'000);
  CHECK(received > 50);
  CHECK(changes > 50);
  CHECK(left > 20);
}
