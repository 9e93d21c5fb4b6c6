#include <algorithm>
#include <catch2/catch.hpp>
#include <type_traits>
#include <vector>

#include "core/base/rng.hpp"
#include "sim/queue/event_queue.hpp"

namespace {

using core::Instant;
using sim::Due;
using sim::EventQueue;

Due wake_at(std::int64_t ns, core::Member node = 0) {
  return {Instant{ns}, Due::Kind::wake, node};
}

bool sooner(const Due& a, const Due& b) {
  return a.at != b.at ? a.at < b.at : a.place < b.place;
}

// Slow but obviously right: each goes behind all that are due no later.
class SortedList {
 public:
  void push(Due due) {
    const auto later = [&](const Due& other) { return other.at > due.at; };
    list_.insert(std::find_if(list_.begin(), list_.end(), later), due);
  }
  Due pop() {
    const Due first = list_.front();
    list_.erase(list_.begin());
    return first;
  }
  [[nodiscard]] bool empty() const { return list_.empty(); }

 private:
  std::vector<Due> list_;
};

}  // namespace

TEST_CASE("a due value gives back what was put in, up to the limits") {
  static_assert(std::is_trivially_copyable_v<Due> && sizeof(Due) == 24);
  const auto most = static_cast<core::Member>(Due::kMembersMax - 1);
  for (const auto kind : {Due::Kind::deliver, Due::Kind::wake, Due::Kind::workload})
    for (const core::Member node : {core::Member{0}, core::Member{9'999}, most})
      for (const core::Member peer : {core::Member{0}, core::Member{1}, most}) {
        const Due due{Instant{42}, kind, node, peer, 0xFFFF'FFFF};
        CHECK(due.kind() == kind);
        CHECK(due.node() == node);
        CHECK(due.peer() == peer);
        CHECK(due.arg == 0xFFFF'FFFF);
        CHECK(due.at == Instant{42});
      }
}

TEST_CASE("earliest first, and equal instants in the order of pushing") {
  EventQueue queue;
  queue.push(wake_at(5, 1));
  queue.push(wake_at(3, 2));
  queue.push(wake_at(5, 3));
  queue.push(wake_at(3, 4));
  queue.push(wake_at(0, 5));
  CHECK(queue.top().node() == 5);
  CHECK(queue.size() == 5);
  std::vector<int> nodes;
  while (!queue.empty()) nodes.push_back(queue.pop().node());
  CHECK(nodes == std::vector<int>{5, 2, 4, 1, 3});
}

TEST_CASE("at one instant, what the scenario asks for comes first, kind by kind") {
  using Kind = Due::Kind;
  EventQueue queue;
  const std::vector pushed{Kind::sync,  Kind::workload, Kind::deliver, Kind::heal,
                           Kind::fault, Kind::wake,     Kind::heal,    Kind::membership};
  for (const Kind kind : pushed) queue.push({Instant{5}, kind, 0});
  queue.push(wake_at(4));
  std::vector<Kind> popped;
  while (!queue.empty()) popped.push_back(queue.pop().kind());
  CHECK(popped == std::vector{Kind::wake, Kind::fault, Kind::heal, Kind::heal, Kind::membership, Kind::workload,
                              Kind::sync, Kind::deliver, Kind::wake});
}

TEST_CASE("insertion numbers count from 1 and can be taken without a push") {
  EventQueue queue;
  CHECK(queue.push(wake_at(9)) == 1);
  CHECK(queue.take_order() == 2);
  CHECK(queue.push(wake_at(9)) == 3);
  CHECK(queue.size() == 2);
  CHECK(queue.pop().order() == 1);
  CHECK(queue.pop().order() == 3);
}

TEST_CASE("the queue agrees with a sorted list under random pushes and pops") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::uint64_t instants = 1 + rng.below(60);  // few: many ties; the past may be pushed too
    EventQueue queue;
    SortedList list;
    for (int step = 0; step < 400; ++step) {
      if (list.empty() || rng.below(100) < 55) {
        Due due = wake_at(static_cast<std::int64_t>(rng.below(instants)), static_cast<core::Member>(step));
        due.place = queue.push(due);
        list.push(due);
      } else {
        const Due expected = list.pop(), got = queue.pop();
        REQUIRE(got.order() == expected.order());
        REQUIRE(got.at == expected.at);
        REQUIRE(got.node() == expected.node());
      }
      REQUIRE(queue.empty() == list.empty());
    }
  }
}

TEST_CASE("a million queued events come out in order") {
  core::Rng rng{7};
  EventQueue queue;
  for (int i = 0; i < 1'000'000; ++i) queue.push(wake_at(static_cast<std::int64_t>(rng.below(200'000))));
  Due last = queue.pop();
  std::size_t in_order = 1;
  for (; !queue.empty(); ++in_order) {
    const Due due = queue.pop();
    if (!sooner(last, due)) break;
    last = due;
  }
  CHECK(in_order == 1'000'000);
}
