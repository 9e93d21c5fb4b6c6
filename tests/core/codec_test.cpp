#include "core/base/codec.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "core/order/snapshot.hpp"
#include "tests/core/states.hpp"

using core::Reader;
using core::Snapshot;
using core::Writer;

namespace {

template <class T>
std::string bytes_of(const T& value) {
  Writer out;
  out.put(value);
  return out.take();
}

template <class T>
T back(const std::string& bytes, T value = {}) {
  Reader in{bytes};
  in.get(value);
  REQUIRE(in.done());
  return value;
}

// Of all sizes, the edges of the encoding among them.
std::uint64_t number(core::Rng& rng) {
  const std::uint64_t value = rng.next() >> rng.below(64);
  return rng.below(8) == 0 ? (std::uint64_t{1} << rng.below(64)) - rng.below(2) : value;
}

}  // namespace

TEST_CASE("values come back as they went in") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::uint64_t n = number(rng);
    REQUIRE(back<std::uint64_t>(bytes_of(n)) == n);
    const core::Point point{number(rng), number(rng)};
    REQUIRE(back<core::Point>(bytes_of(point)) == point);
    const core::EventId id{number(rng), number(rng)};
    REQUIRE(back<core::EventId>(bytes_of(id)) == id);
    core::MemberSet set{130};
    std::map<std::uint64_t, std::uint64_t> map;
    std::set<core::EventId> ids;
    for (std::uint64_t i = rng.below(20); i > 0; --i) {
      set.insert(static_cast<core::Member>(rng.below(130)));
      map[number(rng)] = number(rng);
      ids.insert({number(rng), number(rng)});
    }
    REQUIRE(back(bytes_of(set), core::MemberSet{130}) == set);
    REQUIRE(back<decltype(map)>(bytes_of(map)) == map);
    REQUIRE(back<decltype(ids)>(bytes_of(ids)) == ids);
  }
}

TEST_CASE("small numbers take one byte, the greatest take ten") {
  CHECK(bytes_of(std::uint64_t{0}) == std::string(1, '\0'));
  CHECK(bytes_of(std::uint64_t{127}).size() == 1);
  CHECK(bytes_of(std::uint64_t{128}).size() == 2);
  CHECK(bytes_of(UINT64_MAX).size() == 10);
}

TEST_CASE("a number that does not end is none, and nothing is read after a failure") {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{9}, std::size_t{10}, std::size_t{40}}) {
    const std::string endless(length, '\x80');
    Reader in{endless};
    std::uint64_t value = 0;
    in.get(value);
    CHECK_FALSE(in.done());
    in.get(value);
    CHECK_FALSE(in.done());
  }
}

TEST_CASE("a container that claims more than there are bytes is refused at once") {
  for (const std::uint64_t claimed : {std::uint64_t{4}, std::uint64_t{1} << 40, UINT64_MAX}) {
    const std::string bytes = bytes_of(claimed) + "abc";
    Reader in{bytes};
    std::map<std::uint64_t, std::uint64_t> map;
    in.get(map);
    CHECK_FALSE(in.done());
    CHECK(map.empty());
  }
}

TEST_CASE("what is cut short or has something left over is no snapshot") {
  core::Rng rng{7};
  const std::string bytes = encode(tests::random_state(rng, 70, 40));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    REQUIRE_FALSE(core::decode_snapshot(bytes.substr(0, length), 70));
  CHECK(core::decode_snapshot(bytes, 70));
  CHECK_FALSE(core::decode_snapshot(bytes + '\0', 70));
  CHECK_FALSE(core::decode_snapshot(encode(Snapshot{.at = {}, .voters = core::MemberSet{3}, .decided = {}}), 3));
}

TEST_CASE("random damage gives another state or none") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::string bytes = encode(tests::random_state(rng, 70, 1 + rng.below(40)));
    for (int i = 0; i < 50; ++i) {
      std::string damaged = bytes;
      for (std::uint64_t changes = 1 + rng.below(4); changes > 0; --changes)
        damaged[rng.below(damaged.size())] = static_cast<char>(rng.below(256));
      const auto state = core::decode_snapshot(damaged, 70);
      if (state) REQUIRE(core::encode(*state).size() <= 2 * damaged.size());  // it holds no more than came
    }
  }
}
