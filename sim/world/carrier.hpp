// Carries out what a step of a node wants done: the one interpreter of effects in virtual time.
#pragma once

#include "sim/world/host.hpp"
#include "sim/world/lamps.hpp"
#include "sim/world/open_step.hpp"
#include "sim/world/post.hpp"
#include "sim/world/recorder.hpp"

namespace sim {

class Carrier {
 public:
  // REQUIRES: all three outlive the carrier.
  Carrier(Post& post, Recorder& recorder, Lamps& lamps);

  // What comes of an effect: the step goes on, goes on after a sync of the host's disk, or never, since the node
  // stops itself or its disk is full.
  enum class Then : std::uint8_t { goes_on, after_sync, stops };

  // Strictly in list order, one effect a call. REQUIRES: the step is not done, it is the host's, and its node lives.
  Then carry_out_next(OpenStep& step, Host& host);

  // The step is over or will never be: whatever it still holds is let go, and it is clear for another.
  void let_go(OpenStep& step);

 private:
  Then persist(OpenStep& step, Host& host);
  Then note(Host& host, core::Record fact);
  void send(OpenStep& step, const core::Effect& effect, core::Epoch epoch);

  Post& post_;
  Recorder& recorder_;
  Lamps& lamps_;
};

}  // namespace sim
