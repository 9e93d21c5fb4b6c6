// The web server: what it answers, and that strangers cannot take more of it than they may.
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <deque>

#include "net/http/server.hpp"
#include "tests/net/until.hpp"

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

net::HttpSite site_for(const std::string& said) {
  net::HttpSite site;
  site.pages["/"] = [] { return net::HttpAnswer{200, "text/html", "<p>hello"}; };
  site.pages["/ill"] = [] { return net::HttpAnswer{503, "application/json", "{}"}; };
  site.stream = "/events";
  site.greeting = [said](std::string_view last) { return "data: " + said + std::string(last) + "\n\n"; };
  return site;
}

struct Served {
  boost::asio::io_context io;
  net::HttpServer server{io, {boost::asio::ip::address_v4::loopback(), 0}, site_for("after ")};
};

// Says something and keeps what comes back until the server hangs up.
struct Browser {
  explicit Browser(Served& served, const std::string& says) : socket{served.io} {
    socket.connect(served.server.at());
    boost::asio::write(socket, boost::asio::buffer(says));
    read();
  }
  void read() {
    socket.async_read_some(boost::asio::buffer(bytes), [this](error_code error, std::size_t size) {
      heard.append(bytes.data(), size);
      error ? static_cast<void>(closed = true) : read();
    });
  }
  [[nodiscard]] bool has(std::string_view text) const { return heard.find(text) != std::string::npos; }

  tcp::socket socket;
  std::array<char, 4096> bytes{};
  std::string heard;
  bool closed = false;
};

std::string get(const std::string& path, const std::string& more = "Connection: close\r\n") {
  return "GET " + path + " HTTP/1.1\r\nHost: here\r\n" + more + "\r\n";
}

// All that is answered to this on one connection.
std::string answer_to(const std::string& says) {
  Served served;
  Browser browser(served, says);
  tests::until(served.io, [&] { return browser.closed; });
  return browser.heard;
}

TEST_CASE("http: a page is answered, and kept by nobody", "[http]") {
  const std::string heard = answer_to(get("/"));
  CHECK_THAT(heard, Catch::StartsWith("HTTP/1.1 200 OK\r\n"));
  CHECK_THAT(heard, Catch::EndsWith("\r\n\r\n<p>hello"));
  CHECK_THAT(heard, Catch::Contains("Content-Type: text/html\r\n") && Catch::Contains("Content-Length: 8\r\n"));
  CHECK_THAT(heard, Catch::Contains("Cache-Control: no-store\r\n") && Catch::Contains("default-src 'none'"));
  CHECK_THAT(answer_to(get("/?now=1")), Catch::EndsWith("<p>hello"));
  CHECK_THAT(answer_to(get("/ill")), Catch::StartsWith("HTTP/1.1 503 "));
}

TEST_CASE("http: HEAD is answered as GET, without the body", "[http]") {
  const std::string heard = answer_to("HEAD / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  CHECK_THAT(heard, Catch::StartsWith("HTTP/1.1 200 OK\r\n") && Catch::Contains("Content-Length: 8\r\n"));
  CHECK_THAT(heard, Catch::EndsWith("\r\n\r\n"));
  const std::string stream = answer_to("HEAD /events HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  CHECK_THAT(stream, Catch::StartsWith("HTTP/1.1 200 OK\r\n") && Catch::Contains("text/event-stream"));
}

TEST_CASE("http: one connection serves one request after the other", "[http]") {
  const std::string heard = answer_to(get("/", "") + get("/ill"));
  CHECK_THAT(heard, Catch::Contains("<p>helloHTTP/1.1 503 ") && Catch::EndsWith("{}"));
}

TEST_CASE("http: what is not there is said with what is", "[http]") {
  const std::string heard = answer_to(get("/etc/passwd"));
  CHECK_THAT(heard, Catch::StartsWith("HTTP/1.1 404 "));
  CHECK_THAT(heard, Catch::Contains("\n  /\n  /ill\n  /events\n"));
}

TEST_CASE("http: nothing can be changed, and no body is read", "[http]") {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
    CAPTURE(method);
    const std::string heard = answer_to(std::string(method) + " / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n");
    CHECK_THAT(heard, Catch::StartsWith("HTTP/1.1 405 ") && Catch::Contains("Allow: GET, HEAD\r\n"));
  }
}

TEST_CASE("http: what is no request is refused in words, and the connection ends", "[http]") {
  CHECK_THAT(answer_to("{\"type\":\"STATUS\"}\r\n\r\n"), Catch::StartsWith("HTTP/1.1 400 "));
  CHECK_THAT(answer_to("GET / HTTP/9.9\r\n\r\n"), Catch::StartsWith("HTTP/1.1 400 "));
}

TEST_CASE("http: a header has its limit", "[http]") {
  const std::string cookie(net::HttpServer::kMostHeader, 'x');
  CHECK_THAT(answer_to(get("/", "Cookie: " + cookie + "\r\n")), Catch::StartsWith("HTTP/1.1 431 "));
  const std::string shorter(net::HttpServer::kMostHeader / 2, 'x');
  CHECK_THAT(answer_to(get("/", "Connection: close\r\nCookie: " + shorter + "\r\n")),
             Catch::StartsWith("HTTP/1.1 200 "));
}

TEST_CASE("http: listeners are greeted by where they left off, and told of events until they go", "[http]") {
  Served served;
  {
    Browser first(served, get("/events")), again(served, get("/events", "Last-Event-ID: 7-42\r\n"));
    tests::until(served.io, [&] { return served.server.listeners() == 2; });
    served.server.tell("event: status\ndata: 1\n\n");
    tests::until(served.io, [&] { return first.has("data: 1\n\n") && again.has("data: 1\n\n"); });
    CHECK_THAT(first.heard, Catch::StartsWith("HTTP/1.1 200 OK\r\n") &&
                                Catch::Contains("Content-Type: text/event-stream\r\n") &&
                                Catch::Contains("\r\n\r\ndata: after \n\n"));
    CHECK_THAT(again.heard, Catch::Contains("\r\n\r\ndata: after 7-42\n\n"));
    CHECK_THAT(first.heard, !Catch::Contains("Content-Length"));
    first.socket.close(), again.socket.close();
    tests::until(served.io, [&] { return served.server.listeners() == 0; });
  }
}

TEST_CASE("http: a listener that does not read is hung up on, the others are told on", "[http]") {
  Served served;
  tcp::socket slow(served.io);
  slow.connect(served.server.at());
  boost::asio::write(slow, boost::asio::buffer(get("/events")));
  Browser quick(served, get("/events"));
  tests::until(served.io, [&] { return served.server.listeners() == 2; });
  const std::string event = "data: " + std::string(100'000, 'x') + "\n\n";
  std::size_t told = 0;
  tests::until(served.io, [&] {
    if (quick.heard.size() >= told) served.server.tell(event), told += event.size();
    return served.server.listeners() == 1;
  });
  served.server.tell("data: last\n\n");
  tests::until(served.io, [&] { return quick.has("data: last\n\n"); });
  CHECK(told < 64u << 20);  // what the kernel takes for it, and kMostWaiting
}

TEST_CASE("http: one connection too many is hung up on, and room is made by who goes", "[http]") {
  Served served;
  std::deque<Browser> crowd;
  for (std::size_t i = 0; i < net::HttpServer::kMostConnections; ++i) crowd.emplace_back(served, get("/events"));
  tests::until(served.io, [&] { return served.server.listeners() == crowd.size(); });
  Browser late(served, get("/"));
  tests::until(served.io, [&] { return late.closed; });
  CHECK(late.heard.empty());
  crowd.front().socket.close();
  tests::until(served.io, [&] { return served.server.listeners() == crowd.size() - 1; });
  Browser next(served, get("/"));
  tests::until(served.io, [&] { return next.closed; });
  CHECK_THAT(next.heard, Catch::StartsWith("HTTP/1.1 200 "));
}

TEST_CASE("http: a server that goes hangs up on all", "[http]") {
  boost::asio::io_context io;
  auto server =
      std::make_unique<net::HttpServer>(io, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}, site_for(""));
  tcp::socket listener(io);
  listener.connect(server->at());
  boost::asio::write(listener, boost::asio::buffer(get("/events")));
  tests::until(io, [&] { return server->listeners() == 1; });
  server.reset();
  bool closed = false;
  std::array<char, 4096> bytes{};
  const std::function<void()> read = [&] {
    listener.async_read_some(boost::asio::buffer(bytes),
                             [&](error_code error, std::size_t) { error ? static_cast<void>(closed = true) : read(); });
  };
  read();
  tests::until(io, [&] { return closed; });
  CHECK(closed);
}

}  // namespace
