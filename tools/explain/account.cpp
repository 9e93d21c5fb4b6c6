#include "tools/explain/account.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "sim/check/names.hpp"
#include "tools/explain/causes.hpp"
#include "tools/explain/sentences.hpp"
#include "tools/explain/witnesses.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Member;
using core::Record;
using core::Role;

constexpr std::size_t kLossesTold = 6;

class Accountant {
 public:
  Accountant(const Chronicle& chronicle, Place violation, const sim::Scenario& scenario)
      : chronicle_{chronicle}, violation_{violation}, scenario_{scenario}, causes_{chronicle} {}

  [[nodiscard]] std::vector<Branch> account() const {
    const std::vector<Place> witnesses = witnesses_of(chronicle_, violation_);
    if (witnesses.empty()) return with_shared(of_the_whole());
    std::vector<Branch> branches;
    for (const Place witness : witnesses) branches.push_back(leads_to(witness));
    if (branches.size() == 2) add_between(branches);
    const bool causal = chronicle_.at(violation_).more->text == "causal";
    if (causal && branches.size() == 2)
      branches[0] = fate(witnesses.front(), chronicle_.at(witnesses.back()).node, witnesses.back());
    return with_shared(std::move(branches));
  }

 private:
  [[nodiscard]] Branch leads_to(Place witness) const {
    return {Sentences{chronicle_, scenario_}.title(witness), witness, causes_.of(witness)};
  }

  // Of an event that the node should have delivered before `until`.
  [[nodiscard]] Branch fate(Place submit, Member node, Place until) const {
    const sim::Names names{scenario_.group};
    const std::string title =
        "How far " + names.of(chronicle_.at(submit).id) + " comes, and where " + names.of(node) + " is";
    return {title, kNowhere, causes_.of_undelivered(submit, node, until)};
  }

  // Nobody in particular broke the rule: what happened to the event that it is about, and since things were disturbed.
  [[nodiscard]] std::vector<Branch> of_the_whole() const {
    std::vector<Branch> branches;
    const Place submit = submit_of_detail();
    if (submit != kNowhere) {
      const core::EventId id = chronicle_.at(submit).id;
      const Place ack = chronicle_.first([&](const Record& r) { return r.kind == Kind::ack && r.id == id; });
      const bool promised = chronicle_.at(violation_).more->text == "durability" && ack != kNowhere;
      branches.push_back(promised ? leads_to(ack) : fate(submit, member_of_detail(), violation_));
    }
    branches.push_back(since_disturbed());
    return branches;
  }

  [[nodiscard]] Place last_disturbance() const {
    const core::Instant found = chronicle_.at(violation_).at;
    const auto disturbs = [&](const Record& r) {
      const bool of_node = r.kind == Kind::start || r.kind == Kind::restart || r.kind == Kind::crash ||
                           r.kind == Kind::pause || r.kind == Kind::resume || r.kind == Kind::leave;
      return r.at < found && (of_node || r.kind == Kind::fault || r.kind == Kind::heal);
    };
    const Place disturbed = chronicle_.last(disturbs, violation_);
    return disturbed == kNowhere ? 0 : disturbed;
  }

  [[nodiscard]] Branch since_disturbed() const {
    const Place disturbed = last_disturbance();
    Branch branch{"Who leads since things were disturbed last", kNowhere, {disturbed}};
    std::map<Member, Place> leaders;
    for (Place place = 0; place < violation_; ++place) {
      const Record& r = chronicle_.at(place);
      if (r.kind != Kind::role && r.kind != Kind::crash) continue;
      const auto led = leaders.find(r.node);
      const bool leads = r.kind == Kind::role && r.role == Role::leader;
      const bool tries = leaders.empty() && (r.role == Role::electing || r.role == Role::claiming);
      const bool changes = leads == (led == leaders.end());
      if (place > disturbed && (changes || tries)) branch.places.insert(place);
      if (leads) leaders.try_emplace(r.node, place);
      if (!leads && led != leaders.end()) {
        if (place > disturbed) branch.places.merge(suspicions(r.node, led->second, place));
        leaders.erase(led);
      }
      if (place < disturbed) continue;
      for (const auto& [leader, since] : leaders) branch.places.insert(since);
    }
    return branch;
  }

  // Whom the node suspects at `until`, of those whom it came to suspect after `since`.
  [[nodiscard]] std::set<Place> suspicions(Member node, Place since, Place until) const {
    std::map<Member, Place> suspected;
    for (Place place = since; place < until; ++place) {
      const Record& r = chronicle_.at(place);
      if (r.node != node) continue;
      if (r.kind == Kind::suspect) suspected[r.peer] = place;
      if (r.kind == Kind::trust) suspected.erase(r.peer);
    }
    std::set<Place> places;
    for (const auto& [peer, place] : suspected) places.insert(place);
    return places;
  }

  // Details name things as records do. The first event that is named, and the first node.
  [[nodiscard]] Place submit_of_detail() const {
    const sim::Names names{scenario_.group};
    std::map<std::string, Place> submits;
    for (Place place = 0; place < chronicle_.size(); ++place)
      if (chronicle_.at(place).kind == Kind::submit) submits.try_emplace(names.of(chronicle_.at(place).id), place);
    std::istringstream words{chronicle_.at(violation_).more->detail};
    for (std::string word; words >> word;) {
      if (word.ends_with(',')) word.pop_back();
      if (const auto found = submits.find(word); found != submits.end()) return found->second;
    }
    return kNowhere;
  }

  [[nodiscard]] Member member_of_detail() const {
    const std::string& detail = chronicle_.at(violation_).more->detail;
    const std::string word = detail.substr(0, detail.find(' '));
    for (std::size_t i = 0; i < scenario_.group.size(); ++i)
      if (scenario_.group.members[i].name == word) return static_cast<Member>(i);
    return core::kNobody;
  }

  // Why the later witness did not know of the earlier one: who promised twice, what was forgotten, what was lost.
  void add_between(std::vector<Branch>& branches) const {
    const Place first = leads_in(branches[0]), second = leads_in(branches[1]);
    if (first != kNowhere && second != kNowhere && first != second) {
      add_double_promises(first, second, branches);
      const Place unheard = never_heard(branches[0], std::max(first, second));
      if (unheard != kNowhere) branches[1].places.insert(unheard);
    }
    const Branch forgotten = what_was_forgotten(*branches[0].places.begin());
    if (!forgotten.places.empty()) branches.insert(branches.begin() + 1, forgotten);
  }

  [[nodiscard]] Place leads_in(const Branch& branch) const {
    for (auto place = branch.places.rbegin(); place != branch.places.rend(); ++place) {
      const Record& r = chronicle_.at(*place);
      if (r.kind == Kind::role && r.role == Role::leader) return *place;
    }
    return kNowhere;
  }

  void add_double_promises(Place first, Place second, std::vector<Branch>& branches) const {
    if (chronicle_.at(first).epoch != chronicle_.at(second).epoch) return;
    for (const Place one : causes_.promises(first))
      for (const Place two : causes_.promises(second))
        if (chronicle_.at(one).peer == chronicle_.at(two).peer) {
          branches[0].places.insert(one);
          branches[1].places.insert(two);
        }
  }

  // The first ORDER that is lost on its way from the leader of this branch to the one that begins to lead at `next`.
  [[nodiscard]] Place never_heard(const Branch& branch, Place next) const {
    const Place order = causes_.ordered(branch.witness);
    if (order == kNowhere || order > next) return kNowhere;
    const Member from = chronicle_.at(order).node, to = chronicle_.at(next).node;
    const auto lost = [&](const Record& r) {
      return r.kind == Kind::drop && r.type == core::MessageType::order && r.peer == from && r.node == to;
    };
    const Place drop = chronicle_.first(lost, order);
    return drop < next ? drop : kNowhere;
  }

  [[nodiscard]] Branch what_was_forgotten(Place from) const {
    Branch branch{"What was forgotten meanwhile", kNowhere, {}};
    std::vector<Place> losses;
    for (Place place = from; place < violation_; ++place) {
      const Record& r = chronicle_.at(place);
      const bool empty = r.forgot || scenario_.group.storage == core::Storage::memory;
      const bool damaged = r.kind == Kind::fault && r.more->text == "disk";
      if (damaged || (r.kind == Kind::restart && empty)) losses.push_back(place);
    }
    const std::size_t told = std::min(losses.size(), kLossesTold);
    branch.places.insert(losses.end() - static_cast<std::ptrdiff_t>(told), losses.end());
    return branch;
  }

  // Tells once what several branches have in common.
  [[nodiscard]] static std::vector<Branch> with_shared(std::vector<Branch> branches) {
    std::map<Place, int> tellings;
    for (const Branch& branch : branches)
      for (const Place place : branch.places) ++tellings[place];
    Branch shared{"Before that", kNowhere, {}};
    for (const auto& [place, count] : tellings)
      if (count > 1) shared.places.insert(place);
    for (Branch& branch : branches)
      std::erase_if(branch.places, [&](Place p) { return p != branch.witness && shared.places.contains(p); });
    for (const Branch& branch : branches) shared.places.erase(branch.witness);
    std::erase_if(branches, [](const Branch& branch) { return branch.places.empty(); });
    if (!shared.places.empty()) branches.insert(branches.begin(), shared);
    return branches;
  }

  const Chronicle& chronicle_;
  Place violation_;
  const sim::Scenario& scenario_;
  Causes causes_;
};

}  // namespace

std::vector<Branch> account_of(const Chronicle& chronicle, Place violation, const sim::Scenario& scenario) {
  return Accountant{chronicle, violation, scenario}.account();
}

}  // namespace tools
