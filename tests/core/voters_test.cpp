#include "core/group/voters.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/base/rng.hpp"
#include "core/group/settings.hpp"
#include "tests/core/cluster.hpp"

using core::Member;
using core::MemberSet;
using core::Seq;
using core::Voters;

namespace {

MemberSet random_set(core::Rng& rng, std::size_t size) {
  MemberSet set{size};
  for (std::size_t i = 0; i < size; ++i)
    if (rng.below(2) == 0) set.insert(static_cast<Member>(i));
  return set;
}

// The same by a map with the change at each place.
struct Naive {
  std::map<Seq, MemberSet> changes;  // 0: the base
  [[nodiscard]] const MemberSet& at(Seq seq) const { return std::prev(changes.upper_bound(seq))->second; }
};

}  // namespace

TEST_CASE("voters by the log equal a map of all changes") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const MemberSet first = random_set(rng, 5);
    Voters voters{first};
    Naive naive{{{0, first}}};
    Seq end = 0, settled = 0;
    for (int step = 0; step < 40; ++step) {
      const std::uint64_t dice = rng.below(10);
      if (dice < 6) {
        end += 1 + rng.below(3);
        const MemberSet set = random_set(rng, 5);
        voters.change(end, set);
        naive.changes[end] = set;
      } else if (dice < 8 && end > settled) {
        end = settled + rng.below(end - settled);  // cut before end + 1
        voters.cut(end + 1);
        naive.changes.erase(naive.changes.upper_bound(end), naive.changes.end());
      } else if (end > settled) {
        settled += rng.below(end - settled + 1);
        const MemberSet set = naive.at(settled);
        voters.settle(settled, set);
        naive.changes.erase(naive.changes.begin(), naive.changes.upper_bound(settled));
        naive.changes[0] = set;
      }
      REQUIRE(voters.now() == naive.changes.rbegin()->second);
      REQUIRE(voters.since() == naive.changes.rbegin()->first);
      for (Seq seq = settled; seq <= end; ++seq) REQUIRE(voters.at(seq) == naive.at(seq));
    }
  }
}

TEST_CASE("a list of voters as text") {
  MemberSet set{70};
  CHECK(core::to_text(set, 70).empty());
  set.insert(0), set.insert(4), set.insert(69);
  CHECK(core::to_text(set, 70) == "0 4 69");
  CHECK(core::voters_in("0 4 69", 70) == set);
  CHECK(core::voters_in("", 70) == MemberSet{70});
  MemberSet only{3};
  only.insert(1);
  for (const char* text : {"1", " 1 ", "1 3 99999999 -2", "x 1", "1x 3", "1 70000"}) {
    CAPTURE(text);
    CHECK(core::voters_in(text, 3) == only);
  }
  core::Rng rng{3};
  for (int i = 0; i < 500; ++i) {
    const MemberSet some = random_set(rng, 70);
    REQUIRE(core::voters_in(core::to_text(some, 70), 70) == some);
    std::string noise;
    for (int c = 0; c < 20; ++c) noise += static_cast<char>(rng.below(256));
    REQUIRE(core::voters_in(noise, 3).count() <= 3);
  }
}

TEST_CASE("the founders vote at first") {
  core::Config config = tests::group_of(4);
  config.members[1].founder = config.members[3].founder = false;
  CHECK(core::to_text(core::founders_of(config), 4) == "0 2");
}

TEST_CASE("all, and how many are in two or three sets") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{200}}) {
    const MemberSet all = MemberSet::all(size);
    CHECK(all.count() == size);
    CHECK_FALSE(all.has(static_cast<Member>(size)));
    core::Rng rng{size};
    const MemberSet a = random_set(rng, size), b = random_set(rng, size), c = random_set(rng, size);
    std::size_t two = 0, three = 0;
    for (Member m = 0; m < size; ++m) {
      two += a.has(m) && b.has(m) ? 1U : 0U;
      three += a.has(m) && b.has(m) && c.has(m) ? 1U : 0U;
    }
    CHECK(a.count_common(b) == two);
    CHECK(a.count_common(b, c) == three);
    CHECK(a.count_common(all) == a.count());
    CHECK(a.count_common(b, all) == two);
  }
}

TEST_CASE("settings that differ are named with both values, and only those") {
  core::Config here = tests::group_of(3), there = here;
  core::seal(here), core::seal(there);
  CHECK(here.digest == there.digest);
  CHECK(core::difference(settings_of(here), settings_of(there)).empty());
  there.timing.retransmit = core::Duration::us(1'500);
  there.quorum = core::Quorum::none;
  core::seal(there);
  CHECK(here.digest != there.digest);
  CHECK(core::difference(settings_of(here), settings_of(there)) ==
        "group.quorum is majority here and none there; timing.retransmit is 200ms here and 1500us there");
  CHECK(core::difference({{"a", "1"}}, {}) == "a is 1 here and not set there");
}

TEST_CASE("every setting counts") {
  const core::Config plain = tests::group_of(3);
  const auto changed = [&](auto&& change) {
    core::Config config = plain;
    change(config);
    core::seal(config);
    return config.digest;
  };
  std::set<std::uint64_t> digests{changed([](core::Config&) {})};
  using C = core::Config;
  const core::Duration odd = core::Duration::ms(123);
  digests.insert(changed([](C& c) { c.members[1].rank = 5; }));
  digests.insert(changed([](C& c) { c.members[1].name = "x"; }));
  digests.insert(changed([](C& c) { c.members[1].id.high = 5; }));
  digests.insert(changed([](C& c) { c.members[1].founder = false; }));
  digests.insert(changed([](C& c) { c.quorum = core::Quorum::none; }));
  digests.insert(changed([](C& c) { c.takeover = core::Takeover::eager; }));
  digests.insert(changed([](C& c) { c.storage = core::Storage::memory; }));
  digests.insert(changed([](C& c) { c.snapshot_every = 3; }));
  digests.insert(changed([&](C& c) { c.timing.heartbeat_interval = odd; }));
  digests.insert(changed([](C& c) { c.timing.detector = core::DetectorKind::phi; }));
  digests.insert(changed([](C& c) { c.timing.phi_threshold_milli = 1; }));
  digests.insert(changed([](C& c) { c.timing.phi_window = 1; }));
  digests.insert(changed([&](C& c) { c.timing.phi_min_stddev = odd; }));
  digests.insert(changed([&](C& c) { c.timing.phi_acceptable_pause = odd; }));
  digests.insert(changed([&](C& c) { c.timing.fixed_timeout = odd; }));
  digests.insert(changed([&](C& c) { c.timing.answer_timeout = odd; }));
  digests.insert(changed([&](C& c) { c.timing.election_timeout = odd; }));
  digests.insert(changed([&](C& c) { c.timing.retransmit = odd; }));
  digests.insert(changed([&](C& c) { c.timing.hold_timeout = odd; }));
  digests.insert(changed([](C& c) { c.timing.clock_drift_max_ppm = 1; }));
  CHECK(digests.size() == 21);
}
