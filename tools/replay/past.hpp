// What a recorded life has done, as it comes out when it is run again. Times are by the machine's clock, which all
// lives of a run share.
#pragma once

#include <string>
#include <vector>

#include "net/record/rerun.hpp"

namespace tools {

struct Past {
  struct Sent {
    core::Instant at;
    core::Member to = core::kNobody;
    core::MessageType type{};
    core::Instant stamp;  // by the sender's own clock
    std::uint64_t number = 0;
  };
  struct Received {
    core::Instant at;
    core::Member from = core::kNobody;
    core::Instant stamp;
    std::uint64_t number = 0;
  };
  struct Broken {  // connection
    core::Instant at;
    core::Member peer = core::kNobody;
  };
  struct Submitted {
    core::Instant at;
    core::EventId id;  // number 0: it was not accepted
    std::vector<core::EventId> depends_on;
    std::size_t size = 0;
    bool of_city = false;  // of its applications: what it says is in its contents
  };
  struct Led {
    core::Instant at;
    core::Epoch epoch = 0;
  };

  std::string file;
  net::Birth birth;     // without what it remembered
  bool fresh = true;    // it remembered nothing
  bool forgot = false;  // it had lost what it should have remembered
  net::Rerun rerun;
  std::vector<Sent> sent;
  std::vector<Received> received;
  std::vector<Broken> broken;
  std::vector<Submitted> submitted;
  std::vector<core::Instant> leaves;  // asked to
  std::vector<core::EventId> delivered;
  std::vector<Led> led;
  bool left = false;  // it stopped by itself
};

// Runs the recording again. Throws net::BadRecording, and what `pause` throws.
Past past_of(net::Recorded& recorded, const std::function<void()>& pause);

}  // namespace tools
