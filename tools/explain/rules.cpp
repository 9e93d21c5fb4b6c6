#include "tools/explain/rules.hpp"

#include <map>

namespace tools {

std::string rule_of(const std::string& invariant) {
  static const std::map<std::string, std::string> kRules{
      {"epoch_leader",
       "No epoch ever has two leaders: whoever wants to lead asks a quorum to promise, and nobody "
       "promises the same epoch to two."},
      {"prefix_agreement", "No two nodes ever deliver different events at the same sequence number."},
      {"no_gap",
       "Each node delivers the numbers 1, 2, 3 and so on, and leaves none out; after a restart it goes on "
       "where its surviving state ends."},
      {"integrity",
       "An event has one place in the order, is delivered once at each node, and only if somebody "
       "submitted it."},
      {"fifo", "The events of one origin are delivered in the order in which they were submitted."},
      {"causal", "An event is delivered after all the events that it depends on."},
      {"durability",
       "Once a submitter was told that its event has a number, the event is never lost and keeps that "
       "number."},
      {"monotone", "A node's epoch never goes back, nor does the number up to which it knows the order as decided."},
      {"bully",
       "Once things have been quiet for a while, a side that holds a quorum is led by the highest of its "
       "nodes that run."},
      {"liveness",
       "Once things have been quiet for a while, nodes that run, hear each other and make a quorum have "
       "a leader, and deliver what was submitted to them."},
      {"no_double_dispatch", "An ambulance serves one crash at a time, at every node."},
      {"beds", "No hospital has fewer than no beds free: a bed that is kept for a patient is promised to nobody else."},
      {"workflow_order",
       "A crash is reported, gets an ambulance, then a hospital, and goes on one step at a time, each step after the "
       "one that is its cause, until it is completed, once."},
      {"no_conflicting_green",
       "No two approaches that cross each other are green at the same instant, whoever is dead, stopped or cut off."},
      {"yellow_time", "After green a lamp is yellow for its time, and then all are red for theirs."},
      {"no_starvation",
       "Once things have been quiet for a while, every approach whose node can reach a quorum turns green within two "
       "cycles."},
      {"check", "The program checks itself as it runs, and stops where it finds that it is wrong."},
  };
  const auto rule = kRules.find(invariant);
  return rule == kRules.end() ? "The scenario's file expects it." : rule->second;
}

}  // namespace tools
