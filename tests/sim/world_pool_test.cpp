#include <catch2/catch.hpp>
#include <memory>

#include "sim/world/message_pool.hpp"

using core::Message;
using sim::MessagePool;

TEST_CASE("a shared message stays until the last one lets go, then its slot is used again") {
  MessagePool pool;
  const MessagePool::Slot first = pool.put({.from = 1, .body = core::Claim{7}});
  const MessagePool::Slot second = pool.put({.from = 2, .body = core::Answer{}});
  CHECK(first != second);
  pool.share(first);
  pool.release(first);
  CHECK(pool.at(first) == Message{1, core::Claim{7}});
  CHECK(pool.bytes(first) == core::size_of(Message{1, core::Claim{7}}));
  CHECK(pool.in_use() == 2);
  pool.release(first);
  CHECK(pool.in_use() == 1);
  CHECK(pool.put({.from = 3, .body = core::Election{}}) == first);
  CHECK(pool.at(first).from == 3);
  CHECK(pool.at(second).from == 2);
}

TEST_CASE("a free slot holds on to nothing") {
  MessagePool pool;
  const auto event = std::make_shared<const core::Event>();
  const MessagePool::Slot slot = pool.put({.from = 0, .body = core::Submit{0, {event}}});
  CHECK(event.use_count() == 2);
  pool.release(slot);
  CHECK(event.use_count() == 1);
}
