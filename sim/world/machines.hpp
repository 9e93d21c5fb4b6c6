// The machines of a group and the links between them, as those see them who load, break and rebuild it: simulated
// ones, or real processes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/node/node.hpp"
#include "sim/network/network.hpp"
#include "sim/world/disk.hpp"
#include "sim/world/targets.hpp"

namespace sim {

class Machines {
 public:
  // Each of these records itself.
  virtual void crash(Member member) = 0;    // REQUIRES: not down
  virtual void restart(Member member) = 0;  // REQUIRES: down
  virtual void pause(Member member) = 0;    // REQUIRES: up
  virtual void resume(Member member) = 0;   // REQUIRES: paused

  virtual void join(Member member) = 0;   // starts it. REQUIRES: down
  virtual void leave(Member member) = 0;  // asks it to. REQUIRES: up

  // What faults do, from now on. Of change_links() see Network::apply.
  virtual Network::Handle change_links(const LinkChange& change) = 0;
  virtual void bend_clock(Member member, std::int32_t drift_ppm) = 0;
  virtual void set_disk(Member member, const Disk::Condition& condition) = 0;
  virtual void damage_disk(Member member) = 0;

  // An event of a load (its place in the workload, which planned events follow, each by itself); it may take time.
  // REQUIRES: the member is up.
  virtual void submit(Member member, std::uint32_t load, const core::Submission& submission) = 0;
  // The id of a load's newest submission; null while it takes time or when the node has refused it.
  [[nodiscard]] virtual core::EventId newest_of(std::uint32_t load) const = 0;
  // The `submit` record of this event was written, in the life that its node now has or remembers.
  [[nodiscard]] virtual bool submitted(core::EventId id) const = 0;

  [[nodiscard]] virtual std::vector<Standing> standings() const = 0;
  [[nodiscard]] virtual Life life(Member member) const = 0;
  // It has started and not left for good.
  [[nodiscard]] virtual bool present(Member member) const = 0;
  // How many processes it has had.
  [[nodiscard]] virtual std::uint64_t incarnation(Member member) const = 0;

 protected:
  ~Machines() = default;
};

}  // namespace sim
