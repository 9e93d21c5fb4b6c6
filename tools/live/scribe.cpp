#include "tools/live/scribe.hpp"

#include <algorithm>

namespace tools {
namespace {

// A refusal that names no event is of a submission; others are of events that were accepted.
bool answers_submission(const core::Record& record) {
  return record.kind == core::Kind::submit || (record.kind == core::Kind::reject && record.id.number == 0);
}

}  // namespace

void Scribe::on(const core::Record& record) {
  if (record.kind == core::Kind::crash) {
    left_ = record.left;
    return;
  }
  core::Record told = record;
  if (answers_submission(record)) told.number = take_ticket(record.id);
  write(told);
}

// 0: the node itself has submitted it.
std::uint64_t Scribe::take_ticket(core::EventId id) {
  const auto mine = [id](const Ticket& ticket) {
    return ticket.accepted.number == id.number && (id.number == 0 || ticket.accepted == id);
  };
  const auto ticket = std::find_if(tickets_.begin(), tickets_.end(), mine);
  if (ticket == tickets_.end()) return 0;
  const std::uint64_t number = ticket->number;
  tickets_.erase(ticket);
  return number;
}

void Scribe::accepted_before(const core::Event& event) {
  core::Record submit{.kind = core::Kind::submit, .node = self_, .id = event.id};
  submit.event = &event;
  write(submit);
}

void Scribe::sent(const core::Message& message, core::Member to, core::Epoch epoch) {
  write_message(core::Kind::send, message, to, epoch);
}

void Scribe::received(const core::Message& message) {
  write_message(core::Kind::recv, message, message.from, 0);
}

void Scribe::dropped(const core::Message& message, core::Link link, const char* reason) {
  const core::Details details{.text = reason, .detail = {}, .nodes = {}, .closed = {}};
  core::Record record{.kind = core::Kind::drop, .type = message.type(), .node = link.to, .peer = link.from};
  record.number = message.number;
  record.more = &details;
  write(record);
}

void Scribe::write_message(core::Kind kind, const core::Message& message, core::Member peer, core::Epoch epoch) {
  core::Record record{.kind = kind, .type = message.type(), .node = self_, .peer = peer, .epoch = epoch};
  record.number = message.number;
  write(record);
}

void Scribe::write(core::Record record) {
  record.at = board_.begin(self_);
  board_.publish(self_, to_bytes(record));
}

}  // namespace tools
