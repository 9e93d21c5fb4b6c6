#include "net/http/server.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>
#include <sstream>
#include <utility>

namespace net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

constexpr std::chrono::seconds kPatience{10};  // with who asks for nothing, or does not take its answer
// A page brings all it needs with it and speaks to nobody but this server.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

void set_common(auto& response, const std::string& type) {
  response.set(http::field::content_type, type);
  response.set(http::field::cache_control, "no-store");
  response.set("Content-Security-Policy", kPolicy);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
}

HttpAnswer in_words(http::status status, std::string words) {
  return {static_cast<unsigned>(status), "text/plain; charset=utf-8", std::move(words) + '\n'};
}

HttpAnswer not_found(const HttpSite& site) {
  std::string words = "There is nothing here. There is something at:";
  for (const auto& [path, page] : site.pages) words += "\n  " + path;
  return in_words(http::status::not_found, words + "\n  " + site.stream);
}

// What was not understood, if it deserves words.
std::optional<HttpAnswer> refusal(error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return in_words(http::status::request_header_fields_too_large, "The request's header is too long.");
  if (error.category() != make_error_code(http::error::bad_version).category() || error == http::error::end_of_stream ||
      error == http::error::partial_message)
    return std::nullopt;
  return in_words(http::status::bad_request, "This is no request of HTTP/1.1: " + error.message() + ".");
}

}  // namespace

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(asio::ip::tcp::socket socket, const HttpSite& site) : stream_{std::move(socket)}, site_{site} {}

  void read();
  void tell(std::string_view events);
  void close();
  [[nodiscard]] bool listens() const { return listens_ && !closed_; }

 private:
  void take();
  void answer(HttpAnswer said, bool go_on);
  void begin_stream();
  void write();
  void watch();

  beast::tcp_stream stream_;
  const HttpSite& site_;
  beast::flat_buffer buffer_{2 * HttpServer::kMostHeader};
  std::optional<http::request_parser<http::empty_body>> parser_;
  http::response<http::string_body> response_;
  std::string waiting_, writing_;  // events
  bool listens_ = false, closed_ = false;
  char heard_ = 0;  // a listener says nothing
};

void HttpSession::read() {
  parser_.emplace();
  parser_->header_limit(HttpServer::kMostHeader);
  stream_.expires_after(kPatience);
  http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
    if (self->closed_) return;
    if (!error) return self->take();
    const auto said = refusal(error);
    said ? self->answer(*said, false) : self->close();
  });
}

// A body is not read: the connection ends with the answer.
void HttpSession::take() {
  const auto& request = parser_->get();
  const bool go_on = request.keep_alive() && parser_->is_done();
  if (request.method() != http::verb::get && request.method() != http::verb::head)
    return answer(in_words(http::status::method_not_allowed, "Here one can only look: GET and HEAD."), false);
  const std::string_view target{request.target().data(), request.target().size()};
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == site_.stream && request.method() == http::verb::get) return begin_stream();
  if (path == site_.stream) return answer({200, "text/event-stream", ""}, go_on);
  const auto page = site_.pages.find(path);
  answer(page == site_.pages.end() ? not_found(site_) : page->second(), go_on);
}

void HttpSession::answer(HttpAnswer said, bool go_on) {
  response_ = {http::int_to_status(said.status), 11};
  set_common(response_, said.type);
  if (response_.result() == http::status::method_not_allowed) response_.set(http::field::allow, "GET, HEAD");
  response_.keep_alive(go_on);
  response_.content_length(said.body.size());
  if (parser_->get().method() != http::verb::head) response_.body() = std::move(said.body);
  stream_.expires_after(kPatience);
  http::async_write(stream_, response_, [self = shared_from_this(), go_on](error_code error, std::size_t) {
    if (self->closed_) return;
    !error&& go_on ? self->read() : self->close();
  });
}

void HttpSession::begin_stream() {
  http::response<http::empty_body> begin{http::status::ok, 11};
  set_common(begin, "text/event-stream");
  begin.keep_alive(false);  // it ends with the connection
  std::ostringstream text;
  text << begin.base();
  const auto last = parser_->get()["Last-Event-ID"];
  listens_ = true;
  stream_.expires_never();
  watch();
  tell(text.str() + site_.greeting({last.data(), last.size()}));
}

void HttpSession::tell(std::string_view events) {
  if (!listens()) return;
  if (waiting_.size() + events.size() > HttpServer::kMostWaiting) return close();
  waiting_ += events;
  if (writing_.empty()) write();
}

void HttpSession::write() {
  if (waiting_.empty()) return;
  std::swap(writing_, waiting_);
  asio::async_write(stream_.socket(), asio::buffer(writing_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (self->closed_) return;
                      self->writing_.clear();
                      error ? self->close() : self->write();
                    });
}

// To notice when it goes.
void HttpSession::watch() {
  stream_.socket().async_read_some(asio::buffer(&heard_, 1),
                                   [self = shared_from_this()](error_code error, std::size_t) {
                                     if (self->closed_) return;
                                     error ? self->close() : self->watch();
                                   });
}

void HttpSession::close() {
  closed_ = true;
  stream_.close();
}

HttpServer::HttpServer(asio::io_context& io, const asio::ip::tcp::endpoint& at, HttpSite site)
    : site_{std::move(site)}, acceptor_{io, at}, at_{acceptor_.local_endpoint()} {
  accept();
}

void HttpServer::accept() {
  acceptor_.async_accept([this, here = std::weak_ptr(here_)](error_code error, asio::ip::tcp::socket socket) {
    if (here.expired() || !acceptor_.is_open()) return;
    std::erase_if(sessions_, [](const auto& one) { return one.expired(); });
    if (!error && sessions_.size() < kMostConnections) {
      const auto made = std::make_shared<HttpSession>(std::move(socket), site_);
      sessions_.push_back(made);
      made->read();
    }
    accept();
  });
}

void HttpServer::tell(std::string_view events) {
  for (const auto& one : sessions_)
    if (const auto open = one.lock()) open->tell(events);
}

std::size_t HttpServer::listeners() const {
  return static_cast<std::size_t>(std::ranges::count_if(sessions_, [](const auto& one) {
    const auto open = one.lock();
    return open != nullptr && open->listens();
  }));
}

void HttpServer::close() {
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& one : sessions_)
    if (const auto open = one.lock()) open->close();
}

}  // namespace net
