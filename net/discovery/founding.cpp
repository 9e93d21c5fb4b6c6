#include "net/discovery/founding.hpp"

#include <algorithm>

namespace net {
namespace {

constexpr std::size_t kMostHeard = 1'000;  // whoever shouts made-up names fills no memory

std::string name_of_two(const Charter& charter) {
  const auto& founders = charter.founders;
  for (std::size_t i = 0; i < founders.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (founders[i].name == founders[j].name) return founders[i].name;
  return "";
}

}  // namespace

Founding::Founding(Terms terms, Resident self, Membership memory)
    : terms_{std::move(terms)}, self_{std::move(self)}, memory_{std::move(memory)} {}

bool Founding::hear(core::Instant now, const Sighting& sighting) {
  if (sighting.group != terms_.group) return false;
  if (sighting.node.who.id == self_.who.id) {
    const bool other = sighting.node.at.host != self_.at.host || sighting.node.at.tcp_port != self_.at.tcp_port;
    if (other && sighting.node.at.boot >= self_.at.boot)
      trouble_ = "another process at " + sighting.node.at.host + ":" + std::to_string(sighting.node.at.tcp_port) +
                 " says that it is " + self_.who.name +
                 " too; stop one of them, each node needs a folder and an id of its own";
    return false;
  }
  note(now, sighting);
  if (sighting.founded) return hear_founded(*sighting.charter);
  if (memory_.founded) return false;
  if (!memory_.charter && sighting.charter && sighting.charter->names(self_.who.id) && sign(*sighting.charter)) {
    settle();
    return true;
  }
  return settle() || propose(now);
}

bool Founding::wake(core::Instant now) {
  return propose(now);
}

// That somebody has signed stays true, however old the word is; only who is there is of the moment.
void Founding::note(core::Instant now, const Sighting& sighting) {
  if (heard_.size() >= kMostHeard && !heard_.contains(sighting.node.who.id)) return;
  const core::Instant at = now - core::Duration::ms(static_cast<std::int64_t>(std::min<std::uint64_t>(
                                     sighting.age_ms, static_cast<std::uint64_t>(terms_.fresh.ns))));
  const auto [place, fresh] = heard_.try_emplace(sighting.node.who.id, Heard{sighting.node.who, 0, {}, at});
  Heard& heard = place->second;
  if (fresh || now - heard.at > terms_.fresh) grown_ = now;
  heard.who = sighting.node.who;
  heard.expect = sighting.expect;
  heard.at = std::max(heard.at, at);
  if (sighting.charter) heard.charter = sighting.charter;
}

// One of the founded group has spoken: all of its founders have signed.
bool Founding::hear_founded(const Charter& charter) {
  if (memory_.charter == charter) return !std::exchange(memory_.founded, true);
  if (!memory_.charter) {
    memory_ = {charter, true, charter.names(self_.who.id)};
    return true;
  }
  const auto& mine = memory_.charter->founders;
  const bool dead = std::any_of(mine.begin(), mine.end(), [&](const Identity& who) { return charter.names(who.id); });
  if (!memory_.founded && dead &&
      !charter.names(self_.who.id)) {  // one of them never signs this node's, so nobody founds it
    memory_ = {charter, true, false};
    return true;
  }
  trouble_ = "there are two groups called " + terms_.group + ": one of " + words_for(*memory_.charter) + ", to which " +
             self_.who.name + " belongs, and one of " + words_for(charter) + "; give one of them another --group";
  return false;
}

bool Founding::sign(const Charter& charter) {
  if (terms_.expect != 0 && charter.founders.size() != terms_.expect) {
    trouble_ = "a group of " + std::to_string(charter.founders.size()) + " (" + words_for(charter) +
               ") is proposed to this node, which has --expect " + std::to_string(terms_.expect) +
               "; start all founders with the same number";
    return false;
  }
  const bool same = std::any_of(charter.founders.begin(), charter.founders.end(),
                                [&](const Identity& who) { return who == self_.who; });
  if (!same) {
    trouble_ = "a group is proposed in which this node has another name or rank than " + self_.who.name + ", " +
               std::to_string(self_.who.rank) + "; start it as it was before";
    return false;
  }
  memory_.charter = charter;
  return true;
}

// All have signed: founded. One has signed something else: it never will be.
bool Founding::settle() {
  if (!memory_.charter || memory_.founded) return false;
  bool all = true;
  for (const Identity& who : memory_.charter->founders) {
    if (who.id == self_.who.id) continue;
    const auto heard = heard_.find(who.id);
    const bool signed_it = heard != heard_.end() && heard->second.charter == memory_.charter;
    all = all && signed_it;
    if (heard == heard_.end() || !heard->second.charter || signed_it) continue;
    trouble_ = who.name + " has signed another list of founders (" + words_for(*heard->second.charter) + ") than " +
               self_.who.name + " (" + words_for(*memory_.charter) +
               "), so neither group can come to be; stop them all, " +
               "delete their folders, and start exactly as many as --expect says, others later";
  }
  memory_.founded = all;
  return all;
}

std::vector<Identity> Founding::present(core::Instant now) const {
  std::vector<Identity> there{self_.who};
  for (const auto& [id, heard] : heard_)
    if (now - heard.at <= terms_.fresh && heard.expect == terms_.expect) there.push_back(heard.who);
  std::sort(there.begin(), there.end(), [](const Identity& a, const Identity& b) { return a.id < b.id; });
  return there;
}

bool Founding::propose(core::Instant now) {
  if (memory_.charter || terms_.expect == 0) return false;
  const std::vector<Identity> there = present(now);
  const bool taken =
      std::any_of(heard_.begin(), heard_.end(), [](const auto& one) { return one.second.charter.has_value(); });
  watch_expectations(now);
  if (taken || there.size() < terms_.expect || there.front().id != self_.who.id) return false;
  if (terms_.expect > 1 && now - grown_ < terms_.calm) return false;
  Charter charter{{there.begin(), there.begin() + static_cast<std::ptrdiff_t>(terms_.expect)},
                  std::max(terms_.places, terms_.expect)};
  if (const std::string name = name_of_two(charter); !name.empty()) {
    trouble_ = "two nodes are called " + name + "; give one of them another --name";
    return false;
  }
  memory_.charter = std::move(charter);
  settle();
  return true;
}

void Founding::watch_expectations(core::Instant now) {
  for (const auto& [id, heard] : heard_)
    if (now - heard.at <= terms_.fresh && heard.expect != terms_.expect && heard.expect != 0)
      trouble_ = heard.who.name + " has --expect " + std::to_string(heard.expect) + " and " + self_.who.name + " has " +
                 std::to_string(terms_.expect) + "; start all founders with the same number";
}

std::string Founding::progress(core::Instant now) const {
  const std::vector<Identity> there = present(now);
  const std::string of = terms_.expect == 0 ? "" : " of " + std::to_string(terms_.expect);
  return "heard " + std::to_string(there.size()) + of + ": " + words_for({there, 0});
}

}  // namespace net
