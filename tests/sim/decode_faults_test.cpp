// Wrong faults and wrong expectations.
#include "sim/scenario/scenario.hpp"
#include "tests/sim/decode_support.hpp"

using namespace decode_support;

namespace {

// One fault, beginning in line 3, column 11.
std::string fault(const std::string& keys) {
  return "faults:  [{" + keys + "}]\n";
}

}  // namespace

TEST_CASE("a fault says once when it strikes") {
  wrong(fault("crash: n1"), "3:11: faults: it is not said when; give at, every or when");
  wrong(fault("at: 1s, every: 2s, crash: n1"),
        "3:11: faults: only one of at, every and when can be given; write one item for each");
  wrong(fault("at: 61s, crash: n1"), "3:16: at: 61s is after the end; duration is 60s");
  wrong(fault("every: 0s, crash: n1"), "3:19: every: 0s is out of range; it must be from 1ns to 60s");
  wrong(fault("every: 1ns, crash: n1"), "3:19: every: this would strike more than 1000000 times");
  wrong(fault("every: 5s, from: 9s, until: 8s, crash: n1"), "3:29: every: the first strike at 9s is after until (8s)");
  wrong(fault("at: 1s, until: 8s, crash: n1"), "3:20: 'until' goes with 'every', which is not given");
  wrong(fault("at: 1s, plus: 8s, crash: n1"), "3:20: 'plus' goes with 'when', which is not given");
  wrong(fault("when: {nth: 2}, crash: it"), "3:18: when: 'kind' is missing");
  wrong(fault("when: {kind: delivr}, crash: it"), "3:25: kind: unknown value 'delivr'; did you mean 'deliver'?");
  wrong(fault("when: {kind: ack, nth: 0}, crash: it"),
        "3:35: nth: 0 is out of range; it must be from 1 to 18446744073709551615");
}

TEST_CASE("a fault does one thing") {
  wrong(fault("at: 1s"),
        "3:11: faults: it is not said what happens; give crash, restart, pause, isolate, partition, cut, link, clock, "
        "disk, heal or calm");
  wrong(fault("at: 1s, pause: n1, crash: n2"),
        "3:31: several faults in one item (pause and crash); write one item for each");
  wrong(fault("at: 1s, crsh: n1, crash: n2"), "3:20: unknown key 'crsh' in faults; did you mean 'crash'?");
  wrong(fault("at: 1s, restart: n1, for: 2s"), "3:33: for: a restart has no end; leave 'for' out");
  wrong(fault("at: 1s, heal: all, for: 2s"), "3:31: for: a heal has no end; leave 'for' out");
  wrong(fault("at: 1s, heal: n1"), "3:26: heal: only 'heal: all' is possible; give a fault 'for' to end it alone");
  wrong(fault("at: 1s, crash: n1, for: 0s"), "3:36: for: 0s is out of range; it must be from 1ns to 100000h");
}

TEST_CASE("targets are nodes of the group or words") {
  wrong(fault("at: 1s, crash: leadr"), "3:27: crash: unknown node 'leadr'; did you mean 'leader'?");
  wrong(fault("at: 1s, crash: n6"), "3:27: crash: unknown node 'n6'; did you mean 'n1'?");
  wrong(fault("at: 1s, crash: [n1, n1]"), "3:32: crash: 'n1' stands in the list twice");
  wrong(fault("at: 1s, crash: []"), "3:27: crash: an empty list means nobody; name at least one node");
  wrong(fault("at: 1s, crash: [[n1]]"), "3:28: crash: a node's name or a word such as leader is wanted, not a list");
  wrong(fault("at: 1s, crash: random(0)"), "3:27: crash: 'random(0)' of 5 nodes is impossible");
  wrong(fault("at: 1s, crash: random(6)"), "3:27: crash: 'random(6)' of 5 nodes is impossible");
  wrong(fault("at: 1s, crash: random(x)"), "3:27: crash: 'random(x)' is not random(k) with a whole number k");
  wrong(fault("at: 1s, crash: it"),
        "3:27: crash: 'it' is the node of a record, so it can stand only in a fault with 'when' of such a kind");
  wrong(fault("when: {kind: heal}, crash: it"),
        "3:39: crash: 'it' is the node of a record, so it can stand only in a fault with 'when' of such a kind");
  // A broken list of nodes makes no more noise than that.
  refused("version: 1\nnodes: none\nfaults: [{at: 1s, crash: n1}]\n", "2:8: nodes: 'none' is not a whole number");
}

TEST_CASE("partitions, cuts and links are possible") {
  wrong(fault("at: 1s, partition: [[n1, n2], [n2]]"), "3:43: partition: 'n2' stands in two groups");
  wrong(fault("at: 1s, partition: []"), "3:31: partition: no groups; give at least one, as in [[n1, n2], [n3]]");
  wrong(fault("at: 1s, partition: [[n1], []]"), "3:38: partition: an empty list means nobody; name at least one node");
  wrong(fault("at: 1s, partition: [n1, [n2]]"), "3:32: partition: a group is a list; write [n1]");
  wrong(fault("at: 1s, partition: {shape: brige}"), "3:39: shape: unknown value 'brige'; did you mean 'bridge'?");
  wrong(fault("at: 1s, partition: halves"),
        "3:31: partition: groups as in [[n1, n2], [n3]] or {shape: bridge} are wanted, not the single value 'halves'");
  refused("version: 1\nnodes: 2\nfaults: [{at: 1s, partition: {shape: ring}}]\n",
          "3:38: shape: ring needs at least 3 nodes");
  wrong(fault("at: 1s, cut: {from: n1}"), "3:25: cut: 'to' is missing");
  wrong(fault("at: 1s, cut: {from: n1, to: n1}"), "3:40: to: a node has no link to itself");
  wrong(fault("at: 1s, link: {from: n1, to: n2}"),
        "3:26: link: changes nothing; give latency, loss, duplicate, reorder or bandwidth");
}

TEST_CASE("expectations name what exists") {
  const auto expect = [](const std::string& keys) { return "expect: {" + keys + "}\n"; };
  wrong(expect("invariants: [no_gaps]"), "3:23: invariants: unknown invariant 'no_gaps'; did you mean 'no_gap'?");
  wrong(expect("invariants: some"), "3:22: invariants: all or a list is wanted, not the single value 'some'");
  wrong(expect("violations: all"), "3:22: violations: a list is wanted, not the single value 'all'");
  wrong(expect("tolerated: [causal, causal]"), "3:30: tolerated: 'causal' stands in the list twice");
  wrong(expect("final_leader: n55"), "3:24: final_leader: unknown node 'n55'; did you mean 'n5'?");
  wrong(expect("delivered: most"), "3:21: delivered: unknown value 'most'; known: all");
  wrong(expect("at_least: {deliver: 0}"),
        "3:30: deliver: 0 is out of range; it must be from 1 to 18446744073709551615");
  wrong(expect("at_least: {delivery: 5}"), "3:21: unknown key 'delivery' in expect.at_least; did you mean 'deliver'?");
  wrong(expect("settle: 0s"), "3:18: settle: 0s is out of range; it must be from 1ns to 100000h");
}
