// A small group at one moment: real nodes, what is on its way between them, and what may still go wrong.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/node/node.hpp"
#include "sim/explore/ghost.hpp"

namespace sim {

// How much trouble there may be at most.
struct Bounds {
  static constexpr unsigned kAny = ~0U;
  using Trouble = unsigned Bounds::*;
  unsigned crashes = 1;
  unsigned losses = 1;
  unsigned duplicates = 0;
  unsigned suspicions = 2;  // wrong ones
  unsigned submits = 2;
  unsigned late = 0;         // links that others overtake; else the oldest message arrives first
  unsigned together = kAny;  // of all these in one run
  bool anytime = false;      // trouble may come at any time; else only when the group is at rest, then several at once
  core::Epoch epochs = 3;    // no state is followed in which somebody has promised a higher one

  [[nodiscard]] bool allow(Trouble trouble) const { return together > 0 && this->*trouble > 0; }
  void use(Trouble trouble) { --(this->*trouble), --together; }
  // How much trouble there can be in one run, if `together` does not limit it.
  [[nodiscard]] unsigned total() const {
    return crashes + losses + duplicates + suspicions + submits + (late == kAny ? 0 : late);
  }
};

// One member, alive or not. Shared by all states in which it is the same.
struct Process {
  std::optional<core::Node> node;  // none: it is down
  core::Durable disk;
  std::uint64_t incarnation = 1;
  core::Instant now;          // its own clock; stands still but for timers, which each come after a long time
  std::uint32_t at_once = 0;  // bits of the timers that were set to run out at once,
  std::uint32_t slow = 0;     // and of those that were set to wait longer than a heartbeat interval
  std::uint64_t says = 0;     // print of its heartbeat as it would be now
  core::Digest print;

  [[nodiscard]] bool is_at_once(core::Timer timer) const { return (at_once >> static_cast<unsigned>(timer) & 1) != 0; }
};

struct Parcel {
  std::shared_ptr<const core::Message> message;  // null: news that the sender has crashed
  std::uint64_t print = 0;
  std::uint64_t number = 0;  // its place in line among all that are on their way; for traces, too
};

// One direction of one link, first in first out.
struct Line {
  std::vector<Parcel> parcels;  // oldest first
  std::uint64_t said = 0;       // print of the last heartbeat put in, if the receiver has it or will have it
};

struct State {
  std::vector<std::shared_ptr<const Process>> processes;
  std::vector<Line> lines;  // from * size + to
  Bounds left;
  Ghost ghost;
  // Of the trouble that may come now, the least rank: since the group was at rest last, only trouble has come, in
  // ascending ranks. kNone: something else has.
  std::uint8_t next_trouble = 0;
  static constexpr std::uint8_t kNone = 255;
  std::uint64_t sent = 0;  // messages so far, for traces

  [[nodiscard]] std::size_t size() const { return processes.size(); }
  [[nodiscard]] bool up(core::Member member) const { return processes[member]->node.has_value(); }
  [[nodiscard]] const core::Node& node(core::Member member) const { return *processes[member]->node; }
  [[nodiscard]] Line& line(core::Member from, core::Member to) { return lines[from * size() + to]; }
  [[nodiscard]] const Line& line(core::Member from, core::Member to) const { return lines[from * size() + to]; }
  // Nothing is on its way.
  [[nodiscard]] bool quiet() const;
  // Nothing is on its way, nothing is due at once, and everybody knows everybody's news.
  [[nodiscard]] bool at_rest() const;
  // Its heartbeat would tell somebody something new; nobody's would.
  [[nodiscard]] bool has_news(core::Member from) const;
  [[nodiscard]] bool told() const;
  [[nodiscard]] std::uint64_t oldest() const;  // number of the parcel that has been on its way longest
  [[nodiscard]] core::Digest print() const;

 private:
  void fold_order(Fold& fold) const;
};

}  // namespace sim
