// The members of a live group: a process for each, on this machine, and what faults do to them for real.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/world/machines.hpp"
#include "tools/live/ailment.hpp"
#include "tools/live/live_lamps.hpp"
#include "tools/live/merge.hpp"
#include "tools/live/node_process.hpp"
#include "tools/live/ports.hpp"

namespace tools {

class Processes final : public sim::Machines, private Early {
 public:
  // `folder`: where nodes keep what is to survive. REQUIRES: all but the seed outlive it.
  Processes(const sim::Scenario& scenario, std::uint64_t seed, const std::filesystem::path& folder, net::Form form,
            sim::Network& network, Board& board, Merge& records, LiveLamps& lamps);
  // Kills them all.
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  // Starts the founders; time begins when all of them are ready.
  void start_all();
  // Reads what nodes have recorded and ordered, lets lamps go on, and notes who has ended by itself.
  void look();
  void crash(core::Member member) override;
  void restart(core::Member member) override;
  void pause(core::Member member) override;
  void resume(core::Member member) override;
  void join(core::Member member) override;
  void leave(core::Member member) override;
  sim::Network::Handle change_links(const sim::LinkChange& change) override;
  void bend_clock(core::Member member, std::int32_t drift_ppm) override;
  void set_disk(core::Member member, const sim::Disk::Condition& condition) override;
  void damage_disk(core::Member member) override;
  void submit(core::Member member, std::uint32_t load, const core::Submission& submission) override;
  [[nodiscard]] core::EventId newest_of(std::uint32_t load) const override { return newest_[load].id; }
  [[nodiscard]] bool submitted(core::EventId id) const override;
  [[nodiscard]] std::vector<sim::Standing> standings() const override;
  [[nodiscard]] sim::Life life(core::Member member) const override { return hosts_[member].standing.life; }
  [[nodiscard]] bool present(core::Member member) const override { return hosts_[member].standing.present; }
  [[nodiscard]] std::uint64_t incarnation(core::Member member) const override { return hosts_[member].incarnation; }

  [[nodiscard]] const net::Addresses& addresses() const { return ports_.addresses(); }
  // Processes that ended as none should, as sentences.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  struct Host {
    sim::Standing standing;
    std::uint64_t incarnation = 0;
    pid_t process = 0;
    int connection = -1;
    bool damaged = false;
    std::int32_t drift_ppm = 0;
    sim::Disk::Condition disk;
    core::EventId submitted;  // of its newest `submit` record
  };
  // The newest submission of a load.
  struct Newest {
    std::uint64_t ticket = 0;
    core::EventId id;
  };

  void see(core::Record& record) override;
  void command(const core::LampOrder& order) override { tell(lamps_.obey(order)); }
  void tell(const core::LampReport& report);
  void spawn(core::Member member);
  void await_ready(core::Member member);
  [[noreturn]] void become(core::Member member, int connection);
  void reap(core::Member member, int status);
  void buried(core::Member member, bool left);
  void order(core::Member member, const std::string& bytes);
  void look_all();
  void note(const Ailment& ailment);
  [[nodiscard]] std::vector<core::Member> running() const;
  [[nodiscard]] const std::string& name(core::Member member) const { return scenario_.group.members[member].name; }

  const sim::Scenario& scenario_;
  std::uint64_t seed_;
  std::filesystem::path folder_;
  net::Form form_;
  sim::Network& network_;
  Board& board_;
  Merge& records_;
  LiveLamps& lamps_;
  Ports ports_;
  std::vector<Host> hosts_;
  std::vector<Newest> newest_;  // by load
  std::uint64_t ticket_ = 0;    // of the newest submission
  std::vector<std::string> problems_;
};

}  // namespace tools
