// A small web server for a node's own pages: read-only, on the io_context that the node runs on, bounded in all that
// strangers may take. It answers GET and HEAD at a few paths, and at one of them it tells listeners of events
// (server-sent events, WHATWG HTML Living Standard, 9.2).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace net {

namespace asio = boost::asio;

struct HttpAnswer {
  unsigned status = 200;
  std::string type;  // of the body: "application/json"
  std::string body;
};

// What is to be had, by path.
struct HttpSite {
  std::map<std::string, std::function<HttpAnswer()>, std::less<>> pages;
  std::string stream;  // the path of the events
  // What a listener is told first. `last`: the id of the last event that it had on an earlier connection; empty: none.
  std::function<std::string(std::string_view last)> greeting;
};

class HttpSession;

class HttpServer {
 public:
  static constexpr std::size_t kMostConnections = 64;   // one more is hung up on
  static constexpr std::size_t kMostHeader = 8 << 10;   // bytes of a request
  static constexpr std::size_t kMostWaiting = 1 << 20;  // a listener that lets more wait is hung up on

  // Listens. Throws boost::system::system_error if it cannot. Port 0: any that is free. REQUIRES: what the site's
  // functions refer to outlives the server.
  HttpServer(asio::io_context& io, const asio::ip::tcp::endpoint& at, HttpSite site);
  ~HttpServer() { close(); }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] asio::ip::tcp::endpoint at() const { return at_; }
  // Events, each as the standard has it, to all who listen.
  void tell(std::string_view events);
  [[nodiscard]] std::size_t listeners() const;
  // Nobody is heard any more.
  void close();

 private:
  void accept();

  HttpSite site_;
  asio::ip::tcp::acceptor acceptor_;
  asio::ip::tcp::endpoint at_;
  std::vector<std::weak_ptr<HttpSession>> sessions_;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
