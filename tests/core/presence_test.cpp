#include "core/detect/presence.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "core/base/rng.hpp"
#include "core/detect/phi.hpp"

using core::Config;
using core::Duration;
using core::Instant;
using core::Member;
using core::Presence;

namespace {

constexpr Member kSelf = 0, kPeer = 1;

Config config_of(Duration heartbeat, std::uint32_t threshold_milli, Duration pause, std::uint32_t window = 1'000) {
  Config config;
  config.members.resize(3);
  config.timing.heartbeat_interval = heartbeat;
  config.timing.phi_threshold_milli = threshold_milli;
  config.timing.phi_acceptable_pause = pause;
  config.timing.phi_window = window;
  return config;
}

// Node 0's view of its peers, driven as a node drives it.
class Watch {
 public:
  explicit Watch(Config config) : config_{std::move(config)} {
    presence = Presence{config_, kSelf, core::deviations_at(config_.timing.phi_threshold_milli)};
    presence.start(config_, Instant{});
  }
  bool beat(std::int64_t ms, Member peer = kPeer) { return presence.heard(config_, at(ms), peer, true); }
  bool other(std::int64_t ms, Member peer = kPeer) { return presence.heard(config_, at(ms), peer, false); }
  // Whom it begins to suspect at `now`, with their silences.
  std::map<Member, Duration> expire(Instant now) {
    std::map<Member, Duration> suspected;
    presence.expire(config_, now, [&](Member peer, Duration silence) { suspected[peer] = silence; });
    return suspected;
  }
  bool available(std::int64_t ms) {
    expire(at(ms));
    return !presence.suspects(kPeer);
  }
  // Fires the timer each time that it is due: when is the peer suspected?
  Instant suspected_at() {
    for (int i = 0; i < 100 && presence.due() != Instant::never(); ++i) {
      const Instant due = presence.due();
      if (expire(due).contains(kPeer)) return due;
    }
    return Instant::never();
  }
  [[nodiscard]] Duration bound() const {
    return bound_of(presence.arrivals(kPeer), config_.timing, presence.deviations());
  }
  static Instant at(std::int64_t ms) { return Instant{} + Duration::ms(ms); }

  Presence presence;

 private:
  Config config_;
};

}  // namespace

// The first vectors are those of Akka's AccrualFailureDetectorSpec.
TEST_CASE("a peer is available until phi crosses the threshold") {
  Watch watch{config_of(Duration::s(1), 3'000, Duration{})};
  for (const int ms : {0, 1'000, 1'100}) watch.beat(ms);
  CHECK(watch.available(1'200));
  CHECK_FALSE(watch.available(8'200));
}

TEST_CASE("a long outage is not learnt, so that the next one is seen as early") {
  Watch watch{config_of(Duration::s(1), 8'000, Duration::s(3))};
  for (int i = 0; i < 1'000; ++i) watch.beat(i * 1'000);
  const int outage = 5 * 60'000, back = 999'000 + outage;
  CHECK_FALSE(watch.available(back - 100));
  CHECK(watch.beat(back));  // it was suspected until now
  CHECK(watch.available(back + 100));
  CHECK_FALSE(watch.beat(back + 900));
  CHECK_FALSE(watch.available(back + 7'900));
  CHECK(watch.beat(back + 7'900));
  CHECK(watch.available(back + 8'900));
}

TEST_CASE("an acceptable pause is accepted, a longer one is not") {
  Watch watch{config_of(Duration::s(1), 8'000, Duration::s(3))};
  for (int i = 0; i <= 3; ++i) watch.beat(i * 1'000);
  SECTION("within") {
    CHECK(watch.available(7'000));
  }
  SECTION("beyond") {
    for (int i = 4; i <= 6; ++i) watch.beat(i * 1'000);
    CHECK_FALSE(watch.available(11'000));
  }
}

TEST_CASE("phi at the mean does not depend on which gaps fill the window") {
  Watch watch{config_of(Duration::ms(100), 8'000, Duration{}, 3)};
  std::int64_t now = 0;
  const auto level = [&] {
    const core::Arrivals& gaps = watch.presence.arrivals(kPeer);
    const auto mean = static_cast<double>(gaps.mean().ns);
    return core::phi(mean, mean, std::max(static_cast<double>(gaps.stddev().ns), 100e6));
  };
  for (int i = 0; i < 5; ++i) watch.beat(now += 100);
  CHECK(level() == Approx(0.301030).margin(1e-6));
  for (int i = 0; i < 4; ++i) watch.beat(now += 500);
  CHECK(level() == Approx(0.301030).margin(1e-6));
}

TEST_CASE("suspicion begins exactly at the deadline") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1))};
  watch.beat(500);
  CHECK(watch.bound() == Duration::ms(1'500) + Duration{core::deviations_at(8'000) * 125});  // deviation: 125 ms
  const Instant deadline = Watch::at(500) + watch.bound();
  CHECK(watch.expire(deadline - Duration{1}).empty() == false);  // member 2, who never said a word
  CHECK_FALSE(watch.presence.suspects(kPeer));
  CHECK(watch.presence.due() == deadline);
  CHECK(watch.expire(deadline) == std::map<Member, Duration>{{kPeer, watch.bound()}});
  CHECK(watch.expire(deadline + Duration::s(9)).empty());  // once
  CHECK(watch.presence.due() == Instant::never());
}

TEST_CASE("the fixed detector suspects after fixed_timeout, whatever was learnt") {
  Config config = config_of(Duration::ms(500), 8'000, Duration::s(1));
  config.timing.detector = core::DetectorKind::fixed;
  config.timing.fixed_timeout = Duration::s(3);
  Watch watch{config};
  for (const int ms : {500, 600, 2'900, 3'000}) watch.beat(ms);
  CHECK(watch.suspected_at() == Watch::at(6'000));
}

TEST_CASE("every message is a sign of life, but only heartbeats are learnt from") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1))};
  watch.beat(500);
  const Duration mean = watch.presence.arrivals(kPeer).mean();
  for (int ms = 501; ms < 900; ++ms) watch.other(ms);
  CHECK(watch.presence.arrivals(kPeer).mean() == mean);
  watch.beat(1'000);  // 500 ms after the last heartbeat
  CHECK(watch.presence.arrivals(kPeer).mean() == mean);
  watch.other(1'800);
  CHECK(watch.suspected_at() == Watch::at(1'800) + watch.bound());
}

TEST_CASE("a gap that a suspicion has ended is not learnt, the next one is") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1), 4)};
  watch.beat(500);
  CHECK_FALSE(watch.available(10'000));
  CHECK(watch.beat(10'000));
  CHECK(watch.presence.arrivals(kPeer).mean() == Duration::ms(500));
  CHECK_FALSE(watch.beat(10'800));
  CHECK(watch.presence.arrivals(kPeer).mean() == Duration::ms(600));  // of 375, 625 and 800
}

TEST_CASE("a broken link is evidence at once") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1))};
  watch.beat(500);
  watch.presence.told(kPeer, true);
  CHECK(watch.presence.two_way(kPeer));
  CHECK(watch.presence.two_way_count(core::MemberSet::all(2)) == 2);
  CHECK(watch.presence.broke(kPeer));
  CHECK_FALSE(watch.presence.broke(kPeer));  // known
  CHECK(watch.presence.suspects(kPeer));
  CHECK_FALSE(watch.presence.hears(kPeer));
  CHECK(watch.presence.two_way_count(core::MemberSet::all(2)) == 1);
  CHECK(watch.other(600));  // any message brings it back
  CHECK(watch.presence.hears(kPeer));
  CHECK_FALSE(watch.presence.two_way(kPeer));  // it has yet to say that it hears us
  watch.presence.told(kPeer, true);
  watch.presence.told(2, true);  // hears us, but is not heard
  CHECK(watch.presence.two_way_count(core::MemberSet::all(2)) == 2);
  CHECK(watch.suspected_at() == Watch::at(600) + watch.bound());
}

TEST_CASE("nobody is blamed for one's own sleep") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1))};
  watch.beat(500);
  watch.beat(500, 2);
  watch.presence.forgive(Watch::at(9'000));
  CHECK(watch.expire(Watch::at(8'999)).empty());
  CHECK(watch.expire(Watch::at(9'000)).size() == 2);
}

TEST_CASE("random heartbeats: suspected exactly one bound after the last message") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const auto window = static_cast<std::uint32_t>(20 + rng.below(200));
    Watch watch{
        config_of(Duration::ms(500), 4'000 + static_cast<std::uint32_t>(rng.below(8'000)), Duration::s(1), window)};
    std::int64_t now = 0;
    for (int i = 0; i < 100; ++i) {
      now += 300 + static_cast<std::int64_t>(rng.below(400));
      while (watch.presence.due() <= Watch::at(now)) watch.expire(watch.presence.due());
      const bool was_suspected = rng.below(4) != 0 ? watch.beat(now) : watch.other(now);
      REQUIRE_FALSE(was_suspected);
    }
    const Duration bound = watch.bound();
    REQUIRE(watch.suspected_at() == Watch::at(now) + bound);
  }
}

TEST_CASE("a bound that shrinks moves the deadline forward") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1), 4)};
    std::int64_t now = 0;
    const auto pass = [&](std::int64_t gap) {
      now += gap;
      while (watch.presence.due() <= Watch::at(now)) watch.expire(watch.presence.due());
      watch.beat(now);
    };
    for (int i = 0; i < 20; ++i) pass(100 + static_cast<std::int64_t>(rng.below(1'800)));  // jitter: a wide bound
    for (int i = 0; i < 8; ++i) pass(100);                                                 // calm: a narrow one
    const Duration bound = watch.bound();
    CHECK(watch.suspected_at() == Watch::at(now) + bound);
  }
}

TEST_CASE("a gap in which the node was asleep itself is not learnt") {
  Watch watch{config_of(Duration::ms(500), 8'000, Duration::s(1), 4)};
  watch.beat(500);
  watch.presence.forgive(Watch::at(9'000));
  watch.beat(8'500);
  CHECK(watch.presence.arrivals(kPeer).mean() == Duration::ms(500));
  watch.beat(9'300);
  CHECK(watch.presence.arrivals(kPeer).mean() == Duration::ms(600));  // of 375, 625 and 800
}
