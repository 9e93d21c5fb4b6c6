#include "tools/explain/causes.hpp"

#include <algorithm>

#include "core/event/event.hpp"

namespace tools {

using core::Kind;
using core::Member;
using core::Record;
using core::Role;

namespace {

bool becomes(const Record& record, Role role, core::Epoch epoch) {
  return record.kind == Kind::role && record.role == role && record.epoch == epoch;
}

bool disturbs(const Record& record, Member node) {
  const bool stops = record.kind == Kind::crash || record.kind == Kind::pause || record.kind == Kind::restart;
  return stops && record.node == node;
}

}  // namespace

std::set<Place> Causes::of(Place witness) const {
  std::set<Place> told{witness};
  const Record& record = chronicle_.at(witness);
  switch (record.kind) {
    case Kind::deliver:
    case Kind::ack:
      add_entry(told, witness);
      break;
    case Kind::order:
      add_rise(told, led(witness));
      break;
    case Kind::role:
      record.role == Role::leader ? add_rise(told, witness) : add_epoch(told, witness);
      break;
    case Kind::leader:
    case Kind::commit:
      add_epoch(told, witness);
      break;
    case Kind::recv:
      add_sender(told, witness);
      break;
    default:
      break;
  }
  return told;
}

std::set<Place> Causes::of_undelivered(Place submit, Member node, Place until) const {
  const core::EventId id = chronicle_.at(submit).id;
  std::set<Place> told{submit};
  const auto orders = [&](const Record& r) { return r.kind == Kind::order && r.id == id; };
  const Place order = chronicle_.first(orders, submit);
  if (order < until) add_way(told, submit, order);
  const auto elsewhere = [&](const Record& r) { return r.kind == Kind::deliver && r.id == id; };
  const Place delivered = chronicle_.first(elsewhere, submit);
  if (delivered < until) add_entry(told, delivered);
  const auto there = [&](const Record& r) { return r.kind == Kind::deliver && r.node == node; };
  const auto instead = [&](const Record& r) {
    return there(r) && delivered < until && r.seq == chronicle_.at(delivered).seq;
  };
  const Place replaced = chronicle_.last(instead, until);
  const Place last = replaced != kNowhere ? replaced : chronicle_.last(there, until);
  if (last != kNowhere) told.insert(last);
  return told;
}

Place Causes::ordered(Place witness) const {
  const Record& record = chronicle_.at(witness);
  const auto exactly = [&](const Record& r) {
    return r.kind == Kind::order && r.id == record.id && r.seq == record.seq &&
           (record.kind == Kind::ack || r.epoch == record.epoch);
  };
  return chronicle_.first(exactly);
}

Place Causes::led(Place order) const {
  const Record& record = chronicle_.at(order);
  return chronicle_.last(
      [&](const Record& r) { return r.node == record.node && becomes(r, Role::leader, record.epoch); }, order);
}

std::vector<Place> Causes::promises(Place leads) const {
  std::vector<Place> found;
  const Record& record = chronicle_.at(leads);
  for (Place place = chronicle_.before(leads); place != kNowhere; place = chronicle_.before(place)) {
    const Record& r = chronicle_.at(place);
    if (r.kind == Kind::role && !becomes(r, Role::claiming, record.epoch)) break;
    if (becomes(r, Role::claiming, record.epoch)) break;
    const bool promise = r.kind == Kind::recv && r.type == core::MessageType::promise;
    if (promise && chronicle_.at(chronicle_.sent(place)).epoch == record.epoch) found.push_back(place);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

// The ends of the way, the messages between them, and restarts, where it goes over a disk. What else the nodes did
// meanwhile is not told.
void Causes::add_way(std::set<Place>& told, Place from, Place to) const {
  const std::vector<Place> way = chronicle_.path(from, to);
  if (way.empty()) return;
  told.insert({from, to});
  for (std::size_t i = 1; i < way.size(); ++i) {
    const Kind kind = chronicle_.at(way[i]).kind;
    const bool arrives = kind == Kind::recv && chronicle_.sent(way[i]) == way[i - 1];
    if (arrives || kind == Kind::restart || kind == Kind::crash) told.insert(way[i]);
  }
}

void Causes::add_entry(std::set<Place>& told, Place witness) const {
  const Record& record = chronicle_.at(witness);
  const Place order = ordered(witness);
  const auto submits = [&](const Record& r) { return r.kind == Kind::submit && r.id == record.id; };
  const Place submit = record.id.internal() ? kNowhere : chronicle_.first(submits);
  if (submit < witness) told.insert(submit);
  if (order == kNowhere) return add_way(told, submit, witness);
  add_way(told, submit, order);
  add_way(told, order, witness);
  add_rise(told, led(order));
}

// Why it led: whom it had followed, why it did so no more, and since when it leads.
void Causes::add_rise(std::set<Place>& told, Place leads) const {
  if (leads == kNowhere) return;
  const Record& record = chronicle_.at(leads);
  told.insert(leads);
  const auto of_it = [&](Kind kind) {
    return [&, kind](const Record& r) { return r.node == record.node && r.kind == kind; };
  };
  const auto claims = [&](const Record& r) {
    return r.node == record.node && becomes(r, Role::claiming, record.epoch);
  };
  const Place claim = std::min(chronicle_.last(claims, leads), leads);
  const auto follows = [&](const Record& r) {
    return of_it(Kind::leader)(r) && r.peer != core::kNobody && r.peer != record.node;
  };
  const Place followed = chronicle_.last(follows, claim);
  if (followed == kNowhere) return;
  const Member leader = chronicle_.at(followed).peer;
  const auto suspects = [&](const Record& r) { return of_it(Kind::suspect)(r) && r.peer == leader; };
  const Place suspicion = chronicle_.last(suspects, claim, followed);
  const auto returns = [&](const Record& r) { return of_it(Kind::restart)(r) || of_it(Kind::resume)(r); };
  const Place returned = chronicle_.last(returns, claim, followed);
  if (suspicion != kNowhere) add_trouble(told, suspicion);
  if (suspicion == kNowhere && returned != kNowhere) told.insert(returned);
}

// If a leader sent it: why it leads.
void Causes::add_sender(std::set<Place>& told, Place witness) const {
  const Place sent = chronicle_.sent(witness);
  if (sent == kNowhere) return;
  const Place leads = led(sent);
  add_rise(told, leads);
  add_way(told, leads, witness);
}

// A suspicion, and what silenced the suspected one.
void Causes::add_trouble(std::set<Place>& told, Place suspicion) const {
  told.insert(suspicion);
  const Record& record = chronicle_.at(suspicion);
  const core::Link silent{record.peer, record.node};
  const auto silences = [&](const Record& r) {
    if (r.kind == Kind::crash || r.kind == Kind::pause) return r.node == record.peer;
    if (r.kind != Kind::fault) return false;
    return std::binary_search(r.more->closed.begin(), r.more->closed.end(), silent);
  };
  const Place cause = chronicle_.last(silences, suspicion);
  if (cause != kNowhere) told.insert(cause);
}

// From whoever first claimed the epoch to the node that is in it.
void Causes::add_epoch(std::set<Place>& told, Place witness) const {
  const Record& record = chronicle_.at(witness);
  const auto claimed = [&](const Record& r) {
    return becomes(r, Role::claiming, record.epoch) || becomes(r, Role::leader, record.epoch);
  };
  add_way(told, chronicle_.first(claimed), witness);
  const auto returns = [&](const Record& r) { return disturbs(r, record.node); };
  const Place returned = chronicle_.last(returns, witness);
  if (returned != kNowhere) told.insert(returned);
}

}  // namespace tools
