// The process of one member: it finds the others, founds a group with them or joins one, takes part, answers whoever
// calls, and hands over when it is to stop. One thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <optional>

#include "net/desk/desk.hpp"
#include "net/discovery/discovery.hpp"
#include "tools/exit_code.hpp"
#include "tools/member/city_hall.hpp"
#include "tools/member/life.hpp"
#include "tools/member/monitor.hpp"

namespace tools {

class Member final : public net::Office, public core::RecordSink, public net::Inbox {
 public:
  // Listens at its port. Throws BadInput if it cannot. REQUIRES: all outlive the member.
  Member(boost::asio::io_context& io, const NodeOptions& options, Folder& folder, Folder::Say say);
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  // Until it was told to stop (held, or interrupted by Ctrl-C), or cannot go on (failed).
  ExitCode run();

 private:
  // What the desk asks for.
  [[nodiscard]] const std::string& group() const override { return folder_.file.group; }
  [[nodiscard]] net::Json status() const override;
  std::string meet(const net::Json& sighting) override { return discovery_->answer(sighting); }
  [[nodiscard]] std::string closed() const override;
  [[nodiscard]] const core::Config& config() const override { return life_->config; }
  core::EventId submit(const core::Submission& event) override { return life_->engine.take(event); }
  [[nodiscard]] bool retiring() const override { return retiring_; }
  [[nodiscard]] bool decided(core::EventId own) const override;
  std::string admit(const net::Resident& newcomer) override;

  // What happens in the node.
  void on(const core::Record& fact) override;
  void on_delivery(const core::Record& fact);
  void print(const core::Record& delivery);
  void tell(const core::Record& fact);
  // What comes from members before it takes part.
  void receive(core::Message, std::string_view) override {}
  void link_down(core::Member) override {}

  void show();
  void welcome();
  [[nodiscard]] net::Sighting sighting() const;
  void hear(const net::Sighting& told);
  void membership_changed();
  void roster_changed();
  void begin(core::Member self);
  void read_log(const core::Durable& durable);
  void tick();
  [[nodiscard]] std::string search() const;
  void call_for_admission();
  void listen_for_signals();
  void stop_soon(int signal);
  void stop_when_others_lead(int ticks);
  void say_once(const std::string& words);

  boost::asio::io_context& io_;
  const NodeOptions& options_;
  Folder& folder_;
  Folder::Say say_, quiet_ = [](const std::string&) {};
  core::Instant begun_ = net::machine_time();
  net::Resident self_;
  net::Founding founding_;
  net::Desk desk_{*this};
  core::Config nobody_;  // whom it knows before it takes part
  net::Dialect lobby_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer alarm_, patience_;
  std::map<core::Id128, net::Resident> known_;  // as they told of themselves
  std::optional<net::Discovery> discovery_;
  net::Lamps lamps_;
  std::unique_ptr<Life> life_;                 // once it takes part
  std::unique_ptr<CityHall> hall_;             // likewise
  std::optional<Monitor> monitor_;             // if it is to be looked at
  std::map<std::string, core::Instant> said_;  // when, lately
  bool moved_ = false;                         // the others may look for it where it was before
  std::size_t calls_ = 0;                      // for admission
  core::Instant called_{};
  bool retiring_ = false;
  ExitCode code_ = ExitCode::held;
};

// What `status` asks for, of a node that takes part.
void describe_life(const Life& life, const net::Roster& roster, core::Instant now, net::Json& out);

}  // namespace tools
