// A group of nodes in one process, with disks, a clock and a network that do what a test says. Everything in
// flight can be seen, and each step of each node can be watched with its effects in order.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/node/node.hpp"

namespace tests {

using core::Duration;
using core::Instant;
using core::Member;

// n voters named n1, n2, ... whose ids ascend, so that the last one bullies all. Everything else as by default, but
// for the heartbeats, which are five times faster, and the fixed detector, whose deadlines are round numbers.
core::Config group_of(std::size_t n);

// "n3" for member 2.
std::string name_of(Member member);

struct Flight {
  Instant arrives;  // never: held back
  Member from = core::kNobody, to = core::kNobody;
  core::Message message;
};

// A step of a node, for those who watch.
struct Step {
  Member member;
  core::Effects& effects;
  std::size_t carried_out;    // so many of them; fewer than all if it crashed on the way
  const core::Durable& disk;  // as it was before
};

class Cluster {
 public:
  explicit Cluster(core::Config config, std::uint64_t seed = 1);

  [[nodiscard]] const core::Config& config() const { return *config_; }
  [[nodiscard]] std::size_t size() const { return config_->size(); }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] bool up(Member member) const { return hosts_[member].node.has_value(); }
  [[nodiscard]] core::Node& node(Member member) { return *hosts_[member].node; }
  [[nodiscard]] core::Durable& disk(Member member) { return hosts_[member].disk; }
  [[nodiscard]] std::vector<Flight>& in_flight() { return in_flight_; }

  // How long a message takes; nothing: it is lost; forever: it is held back. One millisecond each if not set.
  std::function<std::optional<Duration>(const Flight&)> route;
  // Called for each step when its effects have been carried out.
  std::function<void(const Step&)> watch;

  // From its next start on the member has settings of its own.
  void configure(Member member, core::Config config);
  void start(Member member);  // for the first time or again, with what its disk holds
  void start_all();           // the founders
  // The process ends without a word. What it has sent goes on its way; what was on the way to it is lost.
  void crash(Member member);
  // The process will end within its next step that sends such a message, just before the first one.
  void doom(Member member, std::optional<core::MessageType> type) { hosts_[member].doom = type; }
  // The same, just after so many more records have gone to its disk; 0: never.
  void doom_after(Member member, unsigned persists) { hosts_[member].fuse = persists; }
  // The process ends, if it runs, and starts again with nothing on its disk but the knowledge of that.
  void forget(Member member);
  // Asks the member to leave the group. Its process ends when it has.
  void leave(Member member);
  // Asks the member to make ready for its end.
  void retire(Member member);
  void link_down(Member member, Member peer);
  core::EventId submit(Member member, std::vector<core::EventId> depends_on = {}, std::string payload = {});
  void receive(Member to, const core::Message& message);
  void wake(Member member);

  // Lets time pass: timers fire and messages arrive in the order of their times.
  void run(Duration span);
  // The same, until `done()`; false if that is not so after `limit`.
  bool run_until(Duration limit, const std::function<bool()>& done);

  // Who leads and is trusted by all that are up, or kNobody.
  [[nodiscard]] Member leader_of_all();
  // Runs until there is one; the test fails if that takes longer than 20 s.
  Member settle();

 private:
  struct Host {
    std::optional<core::Node> node;
    core::Durable disk;
    std::uint64_t incarnation = 0;
    std::unique_ptr<const core::Config> config;  // null: as all have it
    std::optional<core::MessageType> doom;
    unsigned fuse = 0;
  };

  bool next_event(Instant limit);
  void step(Member member, auto&& input);
  bool carry_out(Member member, core::Effects& effects, const core::Effect& effect);
  void post(Member from, Member to, const core::Message& message);

  std::unique_ptr<const core::Config> config_;
  std::uint64_t seed_;
  Instant now_{};
  std::vector<Host> hosts_;
  std::vector<Flight> in_flight_;  // in the order of sending
};

}  // namespace tests
