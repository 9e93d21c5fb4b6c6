// Writes the records of one node of a live run to the board, each before what follows from it leaves the process, and
// its orders to lamps, which the run plays.
#pragma once

#include <cstdint>
#include <vector>

#include "core/message/message.hpp"
#include "core/trace/record.hpp"
#include "net/runtime/lamp_outlet.hpp"
#include "tools/live/board.hpp"
#include "tools/live/record_bytes.hpp"

namespace tools {

class Scribe final : public core::RecordSink, public net::LampOutlet {
 public:
  // REQUIRES: the board outlives it.
  Scribe(core::Member self, Board& board) : self_{self}, board_{board} {}

  // Facts of the node; they are stamped here. That it stops is for the run to say, when its process has ended.
  void on(const core::Record& record) override;
  void order(const core::LampOrder& order) override { board_.publish(self_, to_bytes(order)); }
  // One submission more, by the run: the record of its acceptance or refusal has its ticket for a number. `accepted`:
  // its id; null: refused.
  void expect(std::uint64_t ticket, core::EventId accepted) { tickets_.push_back({ticket, accepted}); }
  // An event that an earlier life accepted without saying so.
  void accepted_before(const core::Event& event);
  void sent(const core::Message& message, core::Member to, core::Epoch epoch);
  void received(const core::Message& message);
  void dropped(const core::Message& message, core::Link link, const char* reason);

  // The node stopped because it has left the group.
  [[nodiscard]] bool left() const { return left_; }

 private:
  std::uint64_t take_ticket(core::EventId id);
  void write(core::Record record);
  void write_message(core::Kind kind, const core::Message& message, core::Member peer, core::Epoch epoch);

  core::Member self_;
  Board& board_;
  struct Ticket {
    std::uint64_t number = 0;
    core::EventId accepted;
  };
  std::vector<Ticket> tickets_;  // oldest first
  bool left_ = false;
};

}  // namespace tools
