#include "tools/client/light.hpp"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "net/client/lamp_client.hpp"
#include "net/runtime/clock.hpp"
#include "tools/client/servers.hpp"

namespace tools {

using boost::system::error_code;

namespace {

class Light {
 public:
  explicit Light(const ClientOptions& options)
      : options_{options},
        finder_{servers_of(options)},
        lamp_{io_, finder_, options.lamp->name, options.lamp->plan, [this](const net::Json& news) { tell(news); }},
        signals_{io_, SIGINT, SIGTERM},
        patience_{io_},
        end_{io_} {
    listen_for_servers(finder_, io_, options);
  }

  ExitCode run() {
    signals_.async_wait([this](error_code error, int signal) {
      if (!error) finish(signal == SIGINT ? ExitCode::interrupted : ExitCode::held);
    });
    after(patience_, options_.discover_timeout, [this] {
      if (met_) return;
      std::cerr << nobody_answered(finder_);
      finish(ExitCode::failed);
    });
    if (options_.lasts) after(end_, *options_.lasts, [this] { finish(ExitCode::held); });
    lamp_.start();
    io_.run();
    return code_;
  }

 private:
  static void after(boost::asio::steady_timer& timer, core::Duration span, auto then) {
    timer.expires_after(std::chrono::nanoseconds(span.ns));
    timer.async_wait([then](error_code error) {
      if (!error) then();
    });
  }

  void tell(const net::Json& news) {
    const std::string event = news["event"];
    met_ = met_ || event == "connected";
    if (options_.json)
      std::cout << news.dump() << std::endl;
    else
      std::cout << options_.lamp->text << "  " << (event == "colour" ? news["colour"].get<std::string>() : event)
                << std::endl;
    if (event != "unknown") return;
    std::cerr << "there is no lamp " << options_.lamp->text << ": " << news["why"].dump() << '\n';
    finish(ExitCode::failed);
  }

  void finish(ExitCode code) {
    code_ = code;
    io_.stop();
  }

  const ClientOptions& options_;
  boost::asio::io_context io_;
  net::Finder finder_;
  net::LampClient lamp_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer patience_, end_;
  bool met_ = false;
  ExitCode code_ = ExitCode::held;
};

}  // namespace

ExitCode run_light(const ClientOptions& options) {
  return Light(options).run();
}

}  // namespace tools
