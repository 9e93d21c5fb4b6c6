// A lamp as a program of its own, at nodes that are played here.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <istream>

#include "net/client/lamp_client.hpp"

namespace asio = boost::asio;
using net::Json;
using Tcp = asio::ip::tcp;

namespace {

// Hears each connection's first line, answers it, and keeps the connection open.
class PlayedNode {
 public:
  PlayedNode(asio::io_context& io, Json answer)
      : acceptor_{io, {asio::ip::address_v4::loopback(), 0}}, socket_{io}, answer_{answer.dump() + "\n"} {
    accept();
  }
  [[nodiscard]] Tcp::endpoint at() const { return acceptor_.local_endpoint(); }

  int visits = 0;
  Json heard;  // last

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, Tcp::socket socket) {
      if (error) return;
      socket_ = std::move(socket);
      ++visits;
      asio::async_read_until(socket_, bytes_, '\n', [this](boost::system::error_code wrong, std::size_t) {
        if (wrong) return;
        std::istream in(&bytes_);
        std::string line;
        std::getline(in, line);
        heard = Json::parse(line);
        asio::write(socket_, asio::buffer(answer_), wrong);
      });
      accept();
    });
  }

  Tcp::acceptor acceptor_;
  Tcp::socket socket_;
  asio::streambuf bytes_;
  std::string answer_;
};

struct Bench {
  asio::io_context io;
  std::vector<Json> news;

  // The lamp 1/north, which asks this node first.
  void play(const Tcp::endpoint& first, auto&& until) {
    net::Finder finder({first});
    net::LampClient lamp(io, finder, {0, 0}, {}, [this](const Json& told) { news.push_back(told); });
    lamp.start();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!until() && std::chrono::steady_clock::now() < end) io.run_one_for(std::chrono::milliseconds(100));
    CHECK(until());
  }
  [[nodiscard]] bool told(const char* event) const {
    return std::any_of(news.begin(), news.end(), [&](const Json& one) { return one["event"] == event; });
  }
};

}  // namespace

TEST_CASE("a lamp asks again at a node that takes part in no group yet") {
  Bench bench;
  PlayedNode node(bench.io, {{"type", "ERROR"}, {"reason", "it takes part in no group yet"}});
  bench.play(node.at(), [&] { return node.visits >= 2; });
  CHECK_FALSE(bench.told("unknown"));
}

TEST_CASE("a lamp goes to the node that keeps it, and obeys there") {
  Bench bench;
  PlayedNode keeper(bench.io, {{"type", "LAMP_ORDER"}, {"intersection", 1}, {"approach", "north"}, {"what", "tell"}});
  const Json where{{"host", "127.0.0.1"}, {"tcp_port", keeper.at().port()}};
  PlayedNode node(bench.io, {{"type", "ERROR"}, {"reason", "it hangs elsewhere"}, {"keeper", where}});
  bench.play(node.at(), [&] { return bench.told("connected"); });
  CHECK(keeper.visits == 1);
  CHECK(keeper.heard["type"] == "LAMP");
  CHECK(keeper.heard["colour"] == "RED");
}

TEST_CASE("a lamp that the group does not have is told so") {
  Bench bench;
  PlayedNode node(bench.io, {{"type", "ERROR"}, {"reason", "no such lamp"}, {"keeper", nullptr}});
  bench.play(node.at(), [&] { return bench.told("unknown"); });
}
