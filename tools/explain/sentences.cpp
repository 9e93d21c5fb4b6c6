#include "tools/explain/sentences.hpp"

#include "core/city/names.hpp"
#include "sim/check/names.hpp"
#include "tools/explain/causes.hpp"
#include "tools/report/happenings.hpp"
#include "tools/report/links.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;
using core::Role;

std::string number(core::Seq seq) {
  return "number " + std::to_string(seq);
}

std::string epoch(const Record& record) {
  return "epoch " + std::to_string(record.epoch);
}

// Of the group's own entries; what the types of an application mean only it knows.
std::string kind_of(const Record& record) {
  return record.id.internal() && record.event != nullptr ? " (" + record.event->type + ")" : "";
}

std::string reason_in_words(const Record& record, const std::string& receiver) {
  const std::string& reason = record.more->text;
  if (reason == "closed") return ": the link is closed";
  return reason == "down" ? ": " + receiver + " does not run" : "";
}

}  // namespace

std::string Sentences::of(Place place) const {
  const Record& record = chronicle_.at(place);
  const sim::Names names{scenario_.group};
  const std::string who = names.of(record.node), event = names.of(record.id), peer = names.of(record.peer);
  switch (record.kind) {
    case Kind::submit:
      return submission(record);
    case Kind::order:
      return who + " gives " + event + " " + number(record.seq) + " in " + epoch(record);
    case Kind::deliver:
      return who + " delivers " + event + kind_of(record) + " at " + number(record.seq);
    case Kind::ack:
      return who + " is told that " + event + " has " + number(record.seq) + " for good";
    case Kind::reject:
      return who + " is told that " + event + " is rejected: " + record.more->text;
    case Kind::commit:
      return who + " knows the order as decided up to " + number(record.seq);
    case Kind::snapshot:
      return who + " receives the state up to " + number(record.seq);
    case Kind::role:
      return role(place);
    case Kind::leader:
      return record.peer == core::kNobody ? who + " knows no leader any more"
                                          : who + " follows " + peer + " in " + epoch(record);
    case Kind::suspect:
      return who + " suspects " + peer;
    case Kind::trust:
      return who + " hears " + peer + " again";
    case Kind::recv:
      return arrival(place);
    case Kind::drop:
      return std::string(name_of(record.type)) + " from " + peer + " to " + who + " is lost" +
             reason_in_words(record, who);
    case Kind::light:
      return light(record);
    case Kind::fault:
    case Kind::heal: {
      const std::string words = fault_in_words(record, scenario_);
      return words.empty() ? members_in_words(record.more->nodes, scenario_.group) + ": " + record.more->text : words;
    }
    case Kind::start:
    case Kind::restart:
    case Kind::crash:
    case Kind::pause:
    case Kind::resume:
    case Kind::leave:
      return of_crowd({place});
    default:
      return who + " " + std::string(name_of(record.kind)) + " " + peer;
  }
}

std::string Sentences::of_crowd(const std::vector<Place>& places) const {
  std::vector<core::Member> crowd;
  for (const Place place : places) crowd.push_back(chronicle_.at(place).node);
  const Record& record = chronicle_.at(places.front());
  const std::string text = members_in_words(crowd, scenario_.group) + " " + happens(record, crowd.size() > 1);
  if (record.kind != Kind::restart || record.forgot) return text;
  const bool memory = scenario_.group.storage == core::Storage::memory;
  return memory ? text + " and remember" + (crowd.size() > 1 ? "" : "s") + " nothing (storage: volatile)" : text;
}

bool Sentences::same(Place a, Place b) const {
  const Record &one = chronicle_.at(a), &other = chronicle_.at(b);
  const bool crowd = one.kind == Kind::start || one.kind == Kind::restart || one.kind == Kind::crash ||
                     one.kind == Kind::pause || one.kind == Kind::resume;
  return crowd && one.kind == other.kind && one.at == other.at && one.forgot == other.forgot && one.left == other.left;
}

std::string Sentences::light(const Record& record) const {
  const core::LightFact& light = record.more->light;
  const sim::Names names{scenario_.group};
  return "the lamp of " + names.of(record.node) + ", approach " +
         core::name_of_approach(scenario_.group.city.lights, light.lamp.approach) + " of intersection " +
         std::to_string(light.lamp.intersection + 1) + ", turns " + std::string(core::name_of(light.colour));
}

std::string Sentences::submission(const Record& record) const {
  const sim::Names names{scenario_.group};
  std::string text = names.of(record.node) + " submits " + names.of(record.id);
  if (record.event == nullptr || record.event->depends_on.empty()) return text;
  text += ", which depends on ";
  const std::vector<core::EventId>& causes = record.event->depends_on;
  for (std::size_t i = 0; i < causes.size(); ++i)
    text += (i == 0 ? "" : i + 1 == causes.size() ? " and " : ", ") + names.of(causes[i]);
  return text;
}

std::string Sentences::role(Place place) const {
  const Record& record = chronicle_.at(place);
  const std::string who = sim::Names{scenario_.group}.of(record.node);
  const auto roles = [&](const Record& r) { return r.node == record.node && r.kind == Kind::role; };
  const Place before = record.role == Role::leader ? kNowhere : chronicle_.last(roles, place);
  if (before != kNowhere && chronicle_.at(before).role == Role::leader)
    return who + " leads " + epoch(chronicle_.at(before)) + " no more";
  switch (record.role) {
    case Role::leader: {
      std::vector<core::Member> voters;
      for (const Place promise : Causes{chronicle_}.promises(place)) voters.push_back(chronicle_.at(promise).peer);
      std::string by = voters.empty() ? "" : ", promised it by " + members_in_words(voters, scenario_.group);
      if (scenario_.group.quorum == core::Quorum::none) by = ", and needs no promises (quorum: none)";
      return who + " leads " + epoch(record) + by;
    }
    case Role::electing:
      return who + " starts an election";
    case Role::claiming:
      return who + " claims " + epoch(record);
    case Role::follower:
      return who + " is a follower in " + epoch(record);
    case Role::recovering:
      return who + " asks the others what it has forgotten";
    case Role::learner:
      return who + " learns the order, without a vote";
  }
  return who;
}

std::string Sentences::arrival(Place place) const {
  const Record& record = chronicle_.at(place);
  const sim::Names names{scenario_.group};
  const std::string who = names.of(record.node), from = names.of(record.peer);
  const Place sent = chronicle_.sent(place);
  if (record.type == core::MessageType::promise && sent != kNowhere)
    return who + " is promised " + epoch(chronicle_.at(sent)) + " by " + from + " (PROMISE)";
  return who + " receives " + std::string(name_of(record.type)) + " from " + from;
}

std::string Sentences::title(Place place) const {
  const Record& record = chronicle_.at(place);
  const sim::Names names{scenario_.group};
  const std::string how = "How " + names.of(record.node), event = names.of(record.id);
  switch (record.kind) {
    case Kind::deliver:
      return how + " comes to deliver " + event + " at " + number(record.seq);
    case Kind::ack:
      return how + " comes to be told that " + event + " has " + number(record.seq);
    case Kind::order:
      return how + " comes to give " + event + " " + number(record.seq) + " in " + epoch(record);
    case Kind::role:
      return how + (record.role == Role::leader ? " comes to lead " : " comes to be in ") + epoch(record);
    case Kind::leader:
      return how + " comes to follow a leader of " + epoch(record);
    case Kind::commit:
      return how + " comes to know the order as decided up to " + number(record.seq);
    case Kind::recv:
      return how + " comes to receive " + std::string(name_of(record.type)) + " from " + names.of(record.peer);
    case Kind::submit:
      return "How " + event + " is submitted";
    default:
      return how + " comes to that";
  }
}

}  // namespace tools
