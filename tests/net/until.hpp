// Waiting for what real sockets bring, without sleeping.
#pragma once

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <chrono>

namespace tests {

// Runs until `holds()`. A test fails that waits for more than twenty seconds.
void until(boost::asio::io_context& io, auto&& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!holds()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    io.restart();
    io.run_one_for(std::chrono::milliseconds(100));
  }
}

}  // namespace tests
