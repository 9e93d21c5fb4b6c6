// Carries out what a step of a node wants done: the one interpreter of effects in virtual time.
#pragma once

#include "sim/world/host.hpp"
#include "sim/world/post.hpp"
#include "sim/world/recorder.hpp"
#include "sim/world/step.hpp"

namespace sim {

class Carrier {
 public:
  // REQUIRES: both outlive the carrier.
  Carrier(Post& post, Recorder& recorder);

  // Strictly in list order, one effect a call. False, with nothing done, if it is the node's word that it stops
  // itself. REQUIRES: the step is not done, it is the host's, and its node lives.
  bool carry_out_next(Step& step, Host& host);

  // The step is over or will never be: whatever it still holds is let go, and it is clear for another.
  void let_go(Step& step);

 private:
  bool note(Host& host, core::Record fact);
  void send(Step& step, const core::Effect& effect, core::Epoch epoch);

  Post& post_;
  Recorder& recorder_;
};

}  // namespace sim
