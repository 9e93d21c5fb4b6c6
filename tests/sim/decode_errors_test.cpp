// Wrong scenario files: what is wrong, exactly where, and what to write instead.
#include "tests/sim/decode_support.hpp"

using namespace decode_support;

TEST_CASE("a problem is shown with its line and a caret") {
  const auto result = sim::decode("version: 1\nnodes: 3\ndescription: \"äö\"  \nseed:  x7\n", "story.yaml");
  const auto& found = std::get<std::vector<sim::Problem>>(result);
  REQUIRE(found.size() == 1);
  CHECK(sim::describe(found[0], "dir/story.yaml") ==
        "dir/story.yaml:4:8: seed: 'x7' is not a whole number\n  seed:  x7\n         ^\n");
}

TEST_CASE("columns count characters, and long lines are cut around the caret") {
  refused("version: 1\nnodes: 3\ngroup: {x-äöü: 1, quorum: no}\n",
          "3:27: quorum: unknown value 'no'; known: majority, none");
  CHECK(sim::describe({1, 4, "message", "a\t\x1B\xFFz"}, "f") == "f:1:4: message\n  a ??z\n     ^\n");
  const sim::Problem far{1, 500, "message", std::string(499, '-') + "HERE" + std::string(499, '+')};
  const std::string text = sim::describe(far, "f");
  CHECK(text == "f:1:500: message\n  " + std::string(60, '-') + "HERE" + std::string(36, '+') + "\n  " +
                    std::string(60, ' ') + "^\n");
}

TEST_CASE("all problems of a file are listed in its order, at most 20") {
  CHECK(problems("version: 2\nnmae: x\nnodes: 0\nduration: 60\n") ==
        std::vector<std::string>{"1:10: version: this program reads version 1, not 2",
                                 "2:1: unknown key 'nmae'; did you mean 'name'?",
                                 "3:8: nodes: a group has 1 to 10000 nodes",
                                 "4:11: duration: '60' has no unit; write 60s (units: ns us ms s m h)"});
  std::string many = "version: 1\nnodes: 2\nfaults:\n";
  for (int i = 0; i < 500; ++i) many += "- {at: 1s, crash: nobody}\n";
  const std::vector<std::string> found = problems(many);
  REQUIRE(found.size() == 20);
  CHECK(found[0] ==
        "4:19: crash: unknown node 'nobody'; known: n1, n2, leader, followers, highest, lowest, minority, majority, "
        "random, crashed, all, it");
  CHECK(found[19].starts_with("23:19: "));
}

TEST_CASE("a file is a map with a version and nodes") {
  refused("nodes: 3\n", "1:1: 'version' is missing");
  refused("version: 1\n", "1:1: 'nodes' is missing");
  refused("- 1\n", "1:1: a scenario: keys with values are wanted, as in 'key: value', not a list");
  refused("just words\n",
          "1:1: a scenario: keys with values are wanted, as in 'key: value', not the single value 'just words'");
  wrong("group:\n", "3:1: 'group' has no value; give one or leave the key out");
  wrong("name: ~\n", "3:1: 'name' has no value; give one or leave the key out");
  wrong("group: [quorum]\n", "3:8: group: keys with values are wanted, as in 'key: value', not a list");
  wrong("faults: {at: 1s}\n", "3:9: faults: a list is wanted, not keys with values");
  wrong("duration: [1s]\n", "3:11: duration: a single value is wanted, not a list");
  wrong("zebra: 1\n",
        "3:1: unknown key 'zebra'; known: version, name, description, seed, duration, nodes, group, timing, "
        "network, disk, expect, workload, messages, faults, steps");
  wrong("seed: 1\nseed: 2\n", "4:1: key 'seed' stands here twice, first in line 3; keep one");
  wrong("timing: {hold_timeout: 1s, <<: {}}\n", "3:28: merge keys (<<) are not supported; write the keys out");
}

TEST_CASE("numbers are decimal, without quotes, groups or leading zeros") {
  wrong("seed: 012\n", "3:7: seed: '012' begins with 0, which some readers take for octal; write 12");
  wrong("seed: 1_000\n", "3:7: seed: '1_000' has digit groups; write 1000");
  wrong("seed: 0x1F\n", "3:7: seed: '0x1F' is not decimal; write the number with digits 0-9");
  wrong("seed: -1\n", "3:7: seed: '-1' is negative");
  wrong("seed: 1.5\n", "3:7: seed: '1.5' is not a whole number");
  wrong("seed: '1'\n", "3:7: seed: a whole number without quotes is wanted");
  wrong("seed: 18446744073709551616\n", "3:7: seed: '18446744073709551616' does not fit into 64 bits");
  refused("version: 1\nnodes: '5'\n", "2:8: nodes: a number without quotes is wanted, or a list of nodes");
}

TEST_CASE("durations carry a unit") {
  wrong("duration: 60\n", "3:11: duration: '60' has no unit; write 60s (units: ns us ms s m h)");
  wrong("duration: 60sec\n", "3:11: duration: unknown unit 'sec' in '60sec'; did you mean 's'?");
  wrong("duration: 5min\n", "3:11: duration: unknown unit 'min' in '5min'; did you mean 'm'?");
  wrong("duration: 60S\n", "3:11: duration: unknown unit 'S' in '60S'; did you mean 's'?");
  wrong("duration: 60 s\n", "3:11: duration: '60 s' has a blank before its unit; write 60s");
  wrong("duration: -1s\n", "3:11: duration: '-1s' is negative; a duration is not");
  wrong("duration: soon\n", "3:11: duration: 'soon' is not a duration; write it as in 60s");
  wrong("duration: 1.s\n", "3:11: duration: '1.s' is not a duration; write it as in 60s");
  wrong("duration: 0.5ns\n", "3:11: duration: '0.5ns' is finer than 1ns");
  wrong("duration: 100001h\n", "3:11: duration: '100001h' is too long; at most 100000h");
  wrong("duration: 0s\n", "3:11: duration: 0s is out of range; it must be from 1ns to 100000h");
}

TEST_CASE("nodes have right, different names and ids") {
  refused("version: 1\nnodes: 10001\n", "2:8: nodes: a group has 1 to 10000 nodes");
  refused("version: 1\nnodes: []\n", "2:8: nodes: a group has 1 to 10000 nodes, not 0");
  refused("version: 1\nnodes: {a: 1}\n", "2:8: nodes: a number or a list is wanted, not keys with values");
  refused("version: 1\nnodes: [{id: 1}]\n", "2:9: nodes: 'name' is missing");
  refused("version: 1\nnodes: [{name: leader}]\n",
          "2:16: name: 'leader' has a meaning of its own in scenarios; choose another name");
  refused("version: 1\nnodes: [{name: a:1}]\n", "2:16: name: 'a:1' may only have letters, digits and - _ .");
  refused("version: 1\nnodes: [{name: a}, {name: a}]\n", "2:27: name: 'a' is taken by another node");
  refused("version: 1\nnodes: [{name: a, id: 7}, {name: b, id: 7}]\n", "2:41: id: node 'a' has the same id");
  refused("version: 1\nnodes: [{name: a, id: 07}]\n",
          "2:23: id: '07' begins with 0, which some readers take for octal; write 7");
  refused("version: 1\nnodes: [{name: a, id: 018f3e6c-0000-7000-8000-00000000000g}]\n",
          "2:23: id: '018f3e6c-0000-7000-8000-00000000000g' is not a UUID: 'g' is no hexadecimal digit");
  refused("version: 1\nnodes: [{name: a, id: xyz}]\n", "2:23: id: 'xyz' is neither a whole number nor a UUID");
  refused("version: 1\nnodes: [{name: a, rank: high}]\n", "2:25: rank: 'high' is not a whole number");
}

TEST_CASE("group and timing values are sane") {
  wrong("group: {quorum: majorty}\n", "3:17: quorum: unknown value 'majorty'; did you mean 'majority'?");
  wrong("timing: {heartbeat_interval: 0s}\n",
        "3:30: heartbeat_interval: 0s is out of range; it must be from 1us to 24h");
  wrong("timing: {phi_threshold: 0}\n", "3:25: phi_threshold: '0' is not above 0 and at most 100");
  wrong("timing: {phi_threshold: 8.0001}\n", "3:25: phi_threshold: '8.0001' is finer than 0.001");
  wrong("timing: {phi_window: 1}\n", "3:22: phi_window: 1 is out of range; it must be from 2 to 10000");
  wrong("timing: {heartbeat_intervall: 1s}\n",
        "3:10: unknown key 'heartbeat_intervall' in timing; did you mean 'heartbeat_interval'?");
  wrong("timing: {detector: fixed, fixed_timeout: 400ms}\n",
        "3:42: fixed_timeout: 400ms is not longer than heartbeat_interval (500ms), so every node would always be "
        "suspected");
}

TEST_CASE("links have a latency, shares and a bandwidth") {
  const auto link = [](const std::string& keys) { return "network: {default: {" + keys + "}}\n"; };
  wrong(link("latency: 10ms..1ms"),
        "3:30: latency: the range '10ms..1ms' runs backwards; write the smaller value first");
  wrong(link("latency: 1ms..10"), "3:30: latency: '10' has no unit; write 10s (units: ns us ms s m h)");
  wrong(link("latency: {normal: [1ms]}"), "3:39: normal: two durations are wanted, [mean, stddev]");
  wrong(link("latency: {lognormal: [9ms, 1ms]}"),
        "3:42: lognormal: the median must be above 0 and the 99th percentile not below it");
  wrong(link("latency: {normal: [1ms, 1ms], exponential: 1ms}"),
        "3:30: latency: exactly one of normal, lognormal and exponential is wanted");
  wrong(link("latency: 2h"), "3:30: latency: longer than 1h");
  wrong(link("loss: 0.1"), "3:27: loss: '0.1' has no unit; write 0.1% (units: ppm %)");
  wrong(link("loss: 101%"), "3:27: loss: '101%' is more than 100%");
  wrong(link("loss: 0.00001%"), "3:27: loss: '0.00001%' is finer than 1ppm");
  wrong(link("bandwidth: 1gbit"), "3:32: bandwidth: unknown unit 'gbit' in '1gbit'; did you mean 'Gbit'?");
  wrong(link("bandwidth: 0bit"), "3:32: bandwidth: a bandwidth of nothing; cut the link instead");
  wrong("network: {links: [{from: n1, to: n2}]}\n",
        "3:19: network.links: changes nothing; give latency, loss, duplicate, reorder or bandwidth");
  wrong("network: {links: [{from: n1, loss: 1%}]}\n", "3:19: network.links: 'to' is missing");
  wrong("network: {links: [{from: leader, to: n2, loss: 1%}]}\n",
        "3:26: from: 'leader' is found only while the run goes on; name nodes or write all");
  wrong("network: {links: [{from: n2, to: n2, loss: 1%}]}\n", "3:34: to: a node has no link to itself");
  wrong("network: {links: [{from: n1, to: n2, loss: 1%, both: yes}]}\n", "3:54: both: 'yes' is neither true nor false");
  wrong("network: {links: [{from: n1, to: n2, loss: 1%, both: 'true'}]}\n",
        "3:54: both: true or false without quotes is wanted");
}

TEST_CASE("a workload has a rate and a time") {
  const auto load = [](const std::string& keys) { return "workload: [{" + keys + "}]\n"; };
  wrong(load("from: all"),
        "3:12: workload: it is not said what happens; give submit, event, dispatch, lights, join or leave");
  wrong(load("submit: 20"), "3:21: submit: '20' is not a rate; write it as in 20/s or 1200/m");
  wrong(load("submit: 20/sec"),
        "3:21: submit: unknown unit 'sec' in '20/sec'; a rate is per s, m or h, as in 20/s, or per such a time, as in "
        "1/130ms");
  wrong(load("submit: 0/s"), "3:21: submit: a rate of nothing; leave the workload out instead");
  wrong(load("submit: 2000000/s"), "3:21: submit: '2000000/s' is more than 1000000/s");
  wrong(load("submit: 1/s, from: it"),
        "3:32: from: 'it' is the node of a record, so it can stand only in a fault with 'when' of such a kind");
  wrong(load("submit: 1/s, start: 9s, stop: 9s"), "3:43: stop: 9s is not after start (9s)");
  wrong(load("submit: 1/s, stop: 61s"), "3:32: stop: 61s is out of range; it must be from 0s to 60s");
  wrong(load("submit: 1/s, chain: 0"), "3:33: chain: 0 is out of range; it must be from 1 to 1000000");
}
