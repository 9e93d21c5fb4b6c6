#include "tools/explain/witnesses.hpp"

#include <algorithm>
#include <map>

#include "core/event/event.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

bool begins(const Record& record, core::Member node) {
  return record.node == node && (record.kind == Kind::start || record.kind == Kind::restart);
}

bool delivers(const Record& record, core::Member node) {
  return record.kind == Kind::deliver && record.node == node;
}

// Of the incarnation of `node` that is there at `place`.
Place incarnation(const Chronicle& chronicle, core::Member node, Place place) {
  const Place begin = chronicle.last([&](const Record& r) { return begins(r, node); }, place);
  return begin == kNowhere ? 0 : begin;
}

bool shows_leader(const Record& record, core::Epoch epoch) {
  const bool leads = record.kind == Kind::role && record.role == core::Role::leader;
  return (leads || record.kind == Kind::order) && record.epoch == epoch;
}

// Each function: the record that contradicts the one at `place`, where the judge found the violation.

Place other_leader(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  return chronicle.first([&](const Record& r) { return shows_leader(r, found.epoch) && r.node != found.node; });
}

Place other_event_there(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  return chronicle.first(
      [&](const Record& r) { return r.kind == Kind::deliver && r.seq == found.seq && r.id != found.id; });
}

Place number_before(const Chronicle& chronicle, Place place) {
  const core::Member node = chronicle.at(place).node;
  const auto counts = [&](const Record& r) {
    return delivers(r, node) || begins(r, node) || (r.kind == Kind::snapshot && r.node == node);
  };
  return chronicle.last(counts, place);
}

// The same event submitted or delivered before, at another place, or turned down; or the other way round.
Place other_place(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  if (found.kind == Kind::submit)
    return chronicle.last([&](const Record& r) { return r.kind == Kind::submit && r.id == found.id; }, place);
  const core::EventId rejected = found.event != nullptr ? found.event->rejects : core::EventId{};
  const auto here = [&](const Record& r) { return delivers(r, found.node) && r.id == found.id; };
  const Place twice = chronicle.last(here, place, incarnation(chronicle, found.node, place));
  if (twice != kNowhere) return twice;
  return chronicle.first([&](const Record& r) {
    if (r.kind != Kind::deliver || r.event == nullptr) return false;
    if (r.id == found.id) return r.seq != found.seq;
    const bool turned_down = r.event->rejects.number != 0 && r.event->rejects == found.id;
    const bool turns_down = rejected.number != 0 && (r.id == rejected || r.event->rejects == rejected);
    return turned_down || turns_down;
  });
}

Place later_of_origin(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  const auto later = [&](const Record& r) {
    return delivers(r, found.node) && r.id.origin == found.id.origin && r.id.number > found.id.number;
  };
  return chronicle.last(later, place, incarnation(chronicle, found.node, place));
}

// Where the first cause was submitted that the node has not delivered.
Place missing_cause(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  if (found.event == nullptr) return kNowhere;
  for (const core::EventId cause : found.event->depends_on) {
    const auto delivered = [&](const Record& r) { return delivers(r, found.node) && r.id == cause; };
    if (chronicle.last(delivered, place) != kNowhere) continue;
    return chronicle.first([&](const Record& r) { return r.kind == Kind::submit && r.id == cause; });
  }
  return kNowhere;
}

// The ack of the event that stands at the number, or of this event at another number, or that is turned down here.
Place broken_promise(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  const core::EventId rejected = found.event != nullptr ? found.event->rejects : core::EventId{};
  if (found.kind == Kind::recv)  // a node has found it in itself
    return chronicle.last([&](const Record& r) { return r.kind == Kind::commit && r.node == found.node; }, place);
  return chronicle.first([&](const Record& r) {
    if (r.kind != Kind::ack || &r == &found) return false;
    const bool moved = r.id == found.id && r.seq != found.seq;
    const bool replaced = r.seq == found.seq && r.id != found.id;
    return moved || replaced || (rejected.number != 0 && r.id == rejected);
  });
}

Place higher_before(const Chronicle& chronicle, Place place) {
  const Record& found = chronicle.at(place);
  const bool commits = found.kind == Kind::commit;
  const Place from = commits ? incarnation(chronicle, found.node, place) : 0;
  const auto higher = [&](const Record& r) {
    if (r.node != found.node || r.kind != found.kind) return false;
    return commits ? r.seq > found.seq : r.epoch > found.epoch;
  };
  return chronicle.last(higher, place, from);
}

}  // namespace

Place judged_at(const Chronicle& chronicle, Place violation) {
  return chronicle.last([](const Record& r) { return r.kind != Kind::violation; }, violation);
}

std::vector<Place> witnesses_of(const Chronicle& chronicle, Place violation) {
  using Contradicts = Place (*)(const Chronicle&, Place);
  static const std::map<std::string, Contradicts> kContradicts{
      {"epoch_leader", other_leader}, {"prefix_agreement", other_event_there},
      {"no_gap", number_before},      {"integrity", other_place},
      {"fifo", later_of_origin},      {"causal", missing_cause},
      {"durability", broken_promise}, {"monotone", higher_before}};
  const Record& found = chronicle.at(violation);
  const auto contradicts = kContradicts.find(found.more->text);
  const Place place = judged_at(chronicle, violation);
  // What is found only at the end, or when a period closes, is not about the last record before.
  if (contradicts == kContradicts.end() || place == kNowhere || chronicle.at(place).at != found.at) return {};
  const Place other = contradicts->second(chronicle, place);
  std::vector<Place> witnesses{place};
  if (other != kNowhere) witnesses.push_back(other);
  std::sort(witnesses.begin(), witnesses.end());
  return witnesses;
}

}  // namespace tools
