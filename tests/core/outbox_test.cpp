#include "core/order/outbox.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"

using core::EventRef;
using core::Outbox;

namespace {

EventRef event_of(std::uint64_t number, std::size_t payload = 0) {
  return std::make_shared<const core::Event>(core::Event{.id = core::EventId::of(0, number),
                                                         .depends_on = {},
                                                         .type = "",
                                                         .payload = std::string(payload, 'x'),
                                                         .rejects = {}});
}

// Everything ever pushed, and how far each thing has come; sums are made anew each time.
struct Naive {
  std::vector<EventRef> all;
  std::size_t settled = 0, sent = 0;

  [[nodiscard]] std::size_t bytes(std::size_t from, std::size_t to) const {
    std::size_t total = 0;
    for (std::size_t i = from; i < to; ++i) total += size_of(*all[i]);
    return total;
  }
  [[nodiscard]] bool full() const {
    return all.size() - settled >= Outbox::kMostEvents || bytes(settled, all.size()) >= Outbox::kMostBytes;
  }
  // What is unsent, until the piece or the window is full.
  [[nodiscard]] std::vector<EventRef> unsent() const {
    std::size_t end = sent;
    while (end < all.size() && bytes(sent, end) < core::kPieceBytes && bytes(settled, end) < core::kWindowBytes) ++end;
    return {all.begin() + static_cast<std::ptrdiff_t>(sent), all.begin() + static_cast<std::ptrdiff_t>(end)};
  }
};

}  // namespace

TEST_CASE("the window stops what is not settled, settling opens it") {
  Outbox outbox;
  const std::size_t each = size_of(*event_of(1, 60'000)), window = (core::kWindowBytes + each - 1) / each;
  for (std::uint64_t number = 1; number <= 40; ++number) outbox.push(event_of(number, 60'000));
  std::size_t sent = 0;
  for (auto events = outbox.unsent(); !events.empty(); events = outbox.unsent()) {
    CHECK(events.size() <= 2);  // a piece and the rest of the event that went beyond
    sent += events.size();
  }
  CHECK(sent == window);
  CHECK(outbox.settle(1));
  CHECK(outbox.unsent().size() == 1);
  CHECK(outbox.unsent().empty());
  CHECK_FALSE(outbox.settle(1));  // known
  outbox.rewind();
  CHECK(outbox.unsent().front()->id.number == 2);
}

TEST_CASE("an outbox is full by count or by bytes, never silently") {
  Outbox many;
  for (std::uint64_t number = 1; number <= Outbox::kMostEvents; ++number) {
    REQUIRE_FALSE(many.full());
    many.push(event_of(number));
  }
  CHECK(many.full());
  many.settle(1);
  CHECK_FALSE(many.full());
  Outbox big;
  big.push(event_of(1, Outbox::kMostBytes));
  CHECK(big.full());
  CHECK(big.unsent().size() == 1);  // one goes out, however big
}

TEST_CASE("after a restart everything pending is unsent and the numbers go on") {
  Outbox outbox{{event_of(4), event_of(5)}, 5};
  CHECK(outbox.next_number() == 6);
  CHECK(outbox.unsent().size() == 2);
  CHECK(outbox.settle(9));
  CHECK(outbox.empty());
  CHECK(Outbox{{}, 7}.next_number() == 8);
}

TEST_CASE("an outbox equals a naive one") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::uint64_t most = std::uint64_t{1} << (8 + rng.below(10));
    Outbox outbox;
    Naive naive;
    for (int step = 0; step < 100; ++step) {
      switch (rng.below(5)) {
        default:
          for (std::uint64_t i = rng.below(12); i > 0 && !outbox.full(); --i) {
            naive.all.push_back(event_of(naive.all.size() + 1, rng.below(most)));
            outbox.push(naive.all.back());
          }
          break;
        case 1: {
          const auto expected = naive.unsent();
          naive.sent += expected.size();
          REQUIRE(outbox.unsent() == expected);
          break;
        }
        case 2:
          outbox.rewind();
          naive.sent = naive.settled;
          break;
        case 3: {
          const std::size_t to = rng.below(naive.all.size() + 1);
          REQUIRE(outbox.settle(to) == (to > naive.settled));
          naive.settled = std::max(naive.settled, to);
          naive.sent = std::max(naive.sent, naive.settled);
        }
      }
      REQUIRE(outbox.full() == naive.full());
      REQUIRE(outbox.pending().size() == naive.all.size() - naive.settled);
    }
  }
}

TEST_CASE("an outbox finds the numbers that the leader lacks") {
  Outbox outbox;
  for (std::uint64_t number = 1; number <= 9; ++number) outbox.push(event_of(number));
  outbox.settle(3);
  const auto numbers = [&](std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> out;
    for (const EventRef& event : outbox.numbered(first, last)) out.push_back(event->id.number);
    return out;
  };
  CHECK(numbers(5, 6) == std::vector<std::uint64_t>{5, 6});
  CHECK(numbers(1, 4) == std::vector<std::uint64_t>{4});
  CHECK(numbers(8, 20) == std::vector<std::uint64_t>{8, 9});
  CHECK(numbers(1, 2).empty());
  CHECK(numbers(12, 20).empty());
}
