// Jobs in many threads, results in order.
#include "tools/in_order.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>

namespace {

// Squares, some of which take longer than others.
std::optional<std::size_t> square(std::size_t index) {
  std::atomic<std::size_t> work = 0;
  for (std::size_t i = 0; i < (index * 7919) % 5000; ++i) ++work;
  return index * index;
}

}  // namespace

TEST_CASE("results come in the order of the jobs, with any number of threads") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    std::vector<std::size_t> results;
    tools::Work<std::size_t> work;
    work.job = square;
    work.use = [&](std::size_t result) {
      results.push_back(result);
      return true;
    };
    CHECK(tools::in_order(200, threads, work));
    REQUIRE(results.size() == 200);
    for (std::size_t i = 0; i < results.size(); ++i) REQUIRE(results[i] == i * i);
  }
}

TEST_CASE("a job that gives nothing ends the work, and those before it are used without a gap") {
  for (const unsigned threads : {1U, 3U}) {
    std::vector<std::size_t> results;
    tools::Work<std::size_t> work;
    work.job = [](std::size_t index) { return index < 50 ? square(index) : std::nullopt; };
    work.use = [&](std::size_t result) {
      results.push_back(result);
      return true;
    };
    CHECK_FALSE(tools::in_order(1'000'000, threads, work));
    CHECK(results.size() == 50);
  }
}

TEST_CASE("who has enough is given no more") {
  std::atomic<std::size_t> begun = 0;
  std::size_t used = 0;
  tools::Work<std::size_t> work;
  work.job = [&](std::size_t index) {
    ++begun;
    return square(index);
  };
  work.use = [&](std::size_t) { return ++used < 10; };
  CHECK(tools::in_order(10'000'000, 2, work));
  CHECK(used == 10);
  CHECK(begun < 10'000'000);
}

TEST_CASE("an exception in a thread reaches the caller") {
  tools::Work<std::size_t> work;
  work.job = [](std::size_t index) -> std::optional<std::size_t> {
    if (index == 20) throw std::runtime_error("broken");
    return index;
  };
  work.use = [](std::size_t) { return true; };
  CHECK_THROWS_WITH(tools::in_order(100, 2, work), "broken");
}

TEST_CASE("no jobs, nothing to do") {
  tools::Work<std::size_t> work;
  work.job = square;
  work.use = [](std::size_t) { return false; };
  CHECK(tools::in_order(0, 4, work));
}
