// Real sockets on the loopback: what is sent arrives in order, and a connection that breaks is noticed and made again.
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <functional>

#include "net/mesh/mesh.hpp"
#include "net/runtime/sockets.hpp"
#include "tests/net/addresses.hpp"
#include "tests/net/messages.hpp"
#include "tests/net/until.hpp"

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using net::Form;

struct Kept final : net::Inbox {
  std::vector<core::Message> messages;
  std::vector<core::Member> down;
  void receive(core::Message message, std::string_view) override { messages.push_back(std::move(message)); }
  void link_down(core::Member peer) override { down.push_back(peer); }
};

struct Group {
  asio::io_context io;
  core::Config config = tests::group_of(2);
  net::Dialect dialect{config, "demo"};
  std::vector<tcp::endpoint> addresses = tests::free_addresses(io, 2);
  std::vector<Kept> kept{2};
  std::vector<std::string> complaints;
  std::vector<std::unique_ptr<net::Mesh>> meshes{2};

  explicit Group(Form form) {
    for (std::size_t i = 0; i < 2; ++i) start(static_cast<core::Member>(i), form);
  }
  ~Group() {
    for (auto& mesh : meshes) mesh.reset();
    io.restart();
    io.poll();
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  void start(core::Member member, Form form) {
    meshes[member] = std::make_unique<net::Mesh>(net::asio::ip::tcp::acceptor(io, addresses[member]), nullptr, dialect,
                                                 member, addresses, form, kept[member],
                                                 [this](const std::string& why) { complaints.push_back(why); });
  }
  void until(const std::function<bool()>& holds) { tests::until(io, holds); }
  void send(core::Member from, core::Member to, std::uint64_t number) {
    const core::Message message{from, core::Claim{number}, {}};
    meshes[from]->send(to, dialect.write(message, meshes[from]->form()));
  }
};

}  // namespace

TEST_CASE("messages arrive in order, in either form") {
  const Form form = GENERATE(Form::binary, Form::json);
  Group group(form);
  group.until([&] { return group.meshes[0]->reaches(1) && group.meshes[1]->reaches(0); });
  constexpr std::uint64_t kMany = 2'000;
  for (std::uint64_t i = 1; i <= kMany; ++i) {
    group.send(0, 1, i);
    if (i % 7 == 0) group.meshes[0]->flush();
  }
  group.send(1, 0, 1);
  group.meshes[0]->flush(), group.meshes[1]->flush();
  group.until([&] { return group.kept[1].messages.size() == kMany && group.kept[0].messages.size() == 1; });
  for (std::uint64_t i = 0; i < kMany; ++i)
    REQUIRE(group.kept[1].messages[i] == core::Message{0, core::Claim{i + 1}, {}});
  CHECK(group.complaints.empty());
}

TEST_CASE("a member that goes is missed, and found when it comes back") {
  Group group(Form::binary);
  group.until([&] { return group.meshes[0]->reaches(1) && group.meshes[1]->reaches(0); });
  group.send(1, 0, 1);
  group.meshes[1]->flush();
  group.until([&] { return !group.kept[0].messages.empty(); });
  group.kept[0].down.clear();
  group.meshes[1].reset();
  group.until([&] { return group.kept[0].down.size() >= 2; });  // both ways
  CHECK(group.kept[0].down[0] == 1);
  CHECK_FALSE(group.meshes[0]->reaches(1));
  group.start(1, Form::json);
  group.until([&] { return group.meshes[0]->reaches(1); });
  group.send(0, 1, 5);
  group.meshes[0]->flush();
  group.until([&] { return !group.kept[1].messages.empty(); });
  CHECK(group.kept[1].messages.back() == core::Message{0, core::Claim{5}, {}});
}

TEST_CASE("who does not speak as members do is hung up on, and told apart") {
  Group group(Form::binary);
  tcp::socket stranger(group.io);
  stranger.connect(group.addresses[0]);
  SECTION("another protocol") {
    asio::write(stranger, asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")));
    group.until([&] { return !group.complaints.empty(); });
    CHECK(group.complaints[0].find("it begins neither with { nor with the mark") != std::string::npos);
  }
  SECTION("another group") {
    const Form form = GENERATE(Form::binary, Form::json);
    const net::Dialect other(group.config, "other");
    std::string bytes = net::preamble(form, "other");
    net::append_frame(bytes, form, other.write({1, core::Claim{3}, {}}, form));
    asio::write(stranger, asio::buffer(bytes));
    group.until([&] { return !group.complaints.empty(); });
    CHECK(group.complaints[0].find(form == Form::json ? "is of group other, not of demo"
                                                      : "it speaks for another group than demo") != std::string::npos);
  }
  CHECK(group.kept[0].messages.empty());
  char byte = 0;
  boost::system::error_code error;
  asio::read(stranger, asio::buffer(&byte, 1), error);
  CHECK(error == asio::error::eof);
}

TEST_CASE("a port that is taken is an error") {
  Group group(Form::binary);
  Kept kept;
  net::Sockets sockets(group.io, group.dialect, 0, group.addresses, Form::binary, [](const auto&) {});
  CHECK_THROWS_AS(sockets.open(kept), boost::system::system_error);
}
