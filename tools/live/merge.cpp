#include "tools/live/merge.hpp"

#include <algorithm>

namespace tools {

using core::Kind;

void Merge::on(const core::Record& record) {
  OwnedRecord owned = own(record);
  if (record.kind != Kind::light) owned.record.at = board_.now();
  const bool of_a_life = record.kind == Kind::crash || record.kind == Kind::pause || record.kind == Kind::resume;
  if (of_a_life) floors_[record.node] = owned.record.at;
  queues_.back().push_back(std::move(owned));
}

void Merge::collect(std::span<const core::Member> running, Early& early) {
  complete_until_ = board_.complete_until(running);  // first: what is written later is no earlier
  for (std::size_t i = 0; i < floors_.size(); ++i) read(static_cast<core::Member>(i), early);
}

void Merge::collect_last(core::Member member, Early& early) {
  board_.forget_pending(member);
  read(member, early);
}

void Merge::read(core::Member member, Early& early) {
  while (board_.take(member, bytes_)) {
    Told told = told_of(bytes_);
    if (const auto* order = std::get_if<core::LampOrder>(&told)) {
      early.command(*order);
      continue;
    }
    OwnedRecord owned = std::get<OwnedRecord>(std::move(told));
    owned.record.at = floors_[member] = std::max(owned.record.at, floors_[member]);
    early.see(owned.record);
    queues_[member].push_back(std::move(owned));
  }
}

std::optional<OwnedRecord> Merge::next() {
  std::deque<OwnedRecord>* first = nullptr;
  for (auto& queue : queues_)
    if (!queue.empty() && (first == nullptr || queue.front().record.at < first->front().record.at)) first = &queue;
  if (first == nullptr || first->front().record.at > complete_until_) return std::nullopt;
  OwnedRecord owned = std::move(first->front());
  first->pop_front();
  name_message(owned.record);
  return owned;
}

// In the trace a message has a number of its own on each of its ways; its sender knows one for all.
void Merge::name_message(core::Record& record) {
  if (record.kind != Kind::send && record.kind != Kind::recv && record.kind != Kind::drop) return;
  const bool sent = record.kind == Kind::send;
  const core::Member from = sent ? record.node : record.peer, to = sent ? record.peer : record.node;
  record.number = messages_.try_emplace({from, to, record.number}, messages_.size() + 1).first->second;
}

}  // namespace tools
