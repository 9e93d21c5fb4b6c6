// What a node finds on its disk of events that it accepted and may not have told.
#include <catch2/catch.hpp>

#include "core/store/durable.hpp"

namespace {

using core::Durable;
using core::EventId;
using core::EventRef;

EventRef event(EventId id) {
  return std::make_shared<const core::Event>(core::Event{id, {}, "message", "", {}});
}

std::vector<std::uint64_t> numbers(const std::vector<EventRef>& events) {
  std::vector<std::uint64_t> found;
  for (const EventRef& one : events) found.push_back(one->id.number);
  return found;
}

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("an event that is in the log and still pending was accepted once") {
  Durable durable;
  for (std::uint64_t number = 1; number <= 3; ++number) durable.apply(core::Accepted{event(EventId::of(1, number))});
  durable.apply(core::LogWritten{{{1, 1, event(EventId::of(0, 9))}, {2, 1, event(EventId::of(1, 1))}}});
  durable.apply(core::LogWritten{{{3, 1, event(EventId::of(1, 2))}}});
  CHECK(numbers(durable.accepted_after(1, {})) == Numbers{1, 2, 3});
  CHECK(numbers(durable.accepted_after(1, EventId::of(1, 1))) == Numbers{2, 3});
  CHECK(durable.accepted_after(1, EventId::of(1, 3)).empty());
}

TEST_CASE("what an earlier memory accepted is none of this one's") {
  Durable durable = Durable::forgotten(1, 4);
  durable.apply(core::LogWritten{{{1, 1, event(EventId::of(1, 1))}, {2, 1, event(EventId::of(1, 1, 4))}}});
  CHECK(numbers(durable.accepted_after(1, EventId::of(1, 7))) == Numbers{1});
}
