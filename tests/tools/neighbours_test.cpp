// What the other members are heard to say of themselves, and that one who is silent is told to be.
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include "net/runtime/clock.hpp"
#include "tests/net/residents.hpp"
#include "tests/net/until.hpp"
#include "tools/member/neighbours.hpp"

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using net::Json;

// A desk that answers each caller with one line, whatever it is asked; "": it says nothing.
struct Answers {
  Answers(boost::asio::io_context& io, std::string says) : acceptor{io, {tcp::v4(), 0}}, line{std::move(says)} {
    accept();
  }
  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (error) return;
      ++calls;
      if (!line.empty()) boost::asio::write(socket, boost::asio::buffer(line + "\n"));
      callers.push_back(std::move(socket));
      accept();
    });
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor.local_endpoint().port(); }

  tcp::acceptor acceptor;
  std::string line;
  std::size_t calls = 0;
  std::vector<tcp::socket> callers;
};

// Members 1, 2 and 3 of a group; the last two are to be found at these ports.
net::Roster roster_of(std::uint16_t second, std::uint16_t third) {
  net::Roster roster(tests::charter({1, 2, 3}));
  for (const auto& [id, port] : {std::pair{1u, std::uint16_t{1}}, {2u, second}, {3u, third}}) {
    net::Resident one = tests::resident(id);
    one.at.tcp_port = port;
    roster.learn(one);
  }
  return roster;
}

TEST_CASE("neighbours: what one says is told in short, with how long it took", "[neighbours]") {
  boost::asio::io_context io;
  Answers talks(io, R"({"type":"STATUS","role":"leader","epoch":7,"peers":[1,2,3],"node":{"id":"2"}})");
  Answers raves(io, "hello?");
  std::size_t changes = 0;
  tools::Neighbours neighbours(io, [&] { ++changes; });
  CHECK(neighbours.about(1, net::machine_time()).is_null());
  neighbours.ask(roster_of(talks.port(), raves.port()), 0);
  tests::until(io, [&] { return changes == 2; });

  const Json about = neighbours.about(1, net::machine_time() + core::Duration::s(5));
  CHECK(about["said"] == Json{{"role", "leader"}, {"epoch", 7}});
  CHECK(about["trouble"].is_null());
  CHECK(about["took_us"].get<std::int64_t>() > 0);
  CHECK(about["since_ms"].get<std::int64_t>() >= 5'000);
  CHECK(neighbours.about(2, net::machine_time())["said"].is_null());
  CHECK(neighbours.about(2, net::machine_time())["trouble"] == "what answers there is no node");
  CHECK(neighbours.about(0, net::machine_time()).is_null());  // itself is not asked
}

TEST_CASE("neighbours: one that is silent is told to be, since when, and nobody waits for it", "[neighbours]") {
  boost::asio::io_context io;
  auto talks = std::make_unique<Answers>(io, R"({"type":"STATUS","epoch":7})");
  Answers silent(io, "");
  std::size_t changes = 0;
  tools::Neighbours neighbours(io, [&] { ++changes; });
  const net::Roster roster = roster_of(talks->port(), silent.port());
  for (std::size_t round = 1; round <= 3; ++round) {
    neighbours.ask(roster, 0);
    tests::until(io, [&] { return changes == round; });
  }
  CHECK(talks->calls == 3);
  CHECK(silent.calls == 1);  // it is still waited for

  talks.reset();
  const core::Instant lost = net::machine_time();
  neighbours.ask(roster, 0);
  tests::until(io, [&] { return neighbours.about(1, net::machine_time())["said"].is_null(); });
  const Json first = neighbours.about(1, lost + core::Duration::s(60));
  CHECK(first["trouble"] == "Connection refused");
  CHECK(first["took_us"].is_null());
  neighbours.ask(roster, 0);
  tests::until(io, [&] { return changes == 5; });
  CHECK(neighbours.about(1, lost + core::Duration::s(60))["since_ms"] == first["since_ms"]);  // not since it was asked
}

}  // namespace
