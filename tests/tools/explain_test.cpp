// Violations explained: the right witnesses, a story that hangs together, short enough to read.
#include "tools/explain/explain.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "sim/world/replay.hpp"
#include "tests/sim/records.hpp"
#include "tools/explain/account.hpp"
#include "tools/explain/explain_report.hpp"
#include "tools/explain/rules.hpp"
#include "tools/scenario_files.hpp"

namespace {

using core::EventId;
using records::n1, records::n2, records::n3;
using records::Tape;

sim::Scenario shipped(const std::string& name) {
  return tools::load_scenarios({std::string(SOURCE_DIR) + "/scenarios/" + name + ".yaml"}).at(0);
}

// Its judge's words go into the chronicle too, as they go into a trace.
struct Story {
  explicit Story(Tape& given) : tape{given} { tape.listener = &chronicle; }

  Tape& tape;
  tools::Chronicle chronicle;

  tools::Explanation of(const std::string& invariant) const {
    for (const tools::Explanation& explanation : tools::explain(chronicle, tape.scenario))
      if (explanation.invariant == invariant) return explanation;
    FAIL("not explained: " + invariant);
    return {};
  }
};

std::vector<std::string> witnesses(const tools::Explanation& explanation) {
  std::vector<std::string> texts;
  for (const tools::Thread& thread : explanation.threads)
    for (const tools::Step& step : thread.steps)
      if (step.witness) texts.push_back(step.text);
  return texts;
}

bool tells(const tools::Explanation& explanation, const std::string& text) {
  for (const tools::Thread& thread : explanation.threads)
    for (const tools::Step& step : thread.steps)
      if (step.text.find(text) != std::string::npos) return true;
  return false;
}

using Texts = std::vector<std::string>;

constexpr EventId kA = EventId::of(n1, 1), kB = EventId::of(n2, 1);

}  // namespace

TEST_CASE("each invariant has its rule in a sentence") {
  for (const std::string& invariant : sim::invariant_names()) {
    CAPTURE(invariant);
    CHECK(tools::rule_of(invariant).ends_with('.'));
    CHECK(tools::rule_of(invariant) != tools::rule_of("expect delivered"));
  }
}

TEST_CASE("the witnesses are the records that contradict one another") {
  Tape tape{3};
  Story story{tape};
  tape.start_all().at_s(1).lead(n3, 1).at_s(2).submit(kA).submit(kB);
  SECTION("two leaders") {
    tape.lead(n2, 1);
    CHECK(witnesses(story.of("epoch_leader")) == Texts{"n3 leads epoch 1", "n2 leads epoch 1"});
  }
  SECTION("two events at a number") {
    tape.order(n3, 1, kA).deliver(n3, 1, kA).deliver(n1, 1, kB);
    CHECK(witnesses(story.of("prefix_agreement")) ==
          Texts{"n3 delivers n1:1 at number 1", "n1 delivers n2:1 at number 1"});
    CHECK(tells(story.of("prefix_agreement"), "n3 gives n1:1 number 1 in epoch 1"));
  }
  SECTION("a number left out") {
    tape.deliver(n3, 1, kA).deliver(n3, 3, kB);
    CHECK(witnesses(story.of("no_gap")) == Texts{"n3 delivers n1:1 at number 1", "n3 delivers n2:1 at number 3"});
  }
  SECTION("an event at two places") {
    tape.deliver(n3, 1, kA).deliver(n3, 2, kA);
    CHECK(witnesses(story.of("integrity")) == Texts{"n3 delivers n1:1 at number 1", "n3 delivers n1:1 at number 2"});
  }
  SECTION("a rejected event that is delivered") {
    tape.deliver_rejection(n3, 1, EventId::made_in(1, 1), kA).deliver(n3, 2, kA);
    CHECK(witnesses(story.of("integrity")) ==
          Texts{"n3 delivers @1:1 (rejected) at number 1", "n3 delivers n1:1 at number 2"});
  }
  SECTION("an event that nobody submitted") {
    tape.deliver(n3, 1, EventId::of(n1, 7));
    CHECK(witnesses(story.of("integrity")) == Texts{"n3 delivers n1:7 at number 1"});
  }
  SECTION("the later event of an origin first") {
    tape.submit(EventId::of(n1, 2)).deliver(n3, 1, EventId::of(n1, 2)).deliver(n3, 2, kA);
    CHECK(witnesses(story.of("fifo")) == Texts{"n3 delivers n1:2 at number 1", "n3 delivers n1:1 at number 2"});
  }
  SECTION("an effect before its cause") {
    tape.submit(EventId::of(n2, 2), {kA}).order(n3, 1, kB).deliver(n3, 1, kB).deliver(n3, 2, EventId::of(n2, 2));
    const tools::Explanation causal = story.of("causal");
    CHECK(witnesses(causal) == Texts{"n3 delivers n2:2 at number 2"});
    CHECK(causal.threads.front().title == "How far n1:1 comes, and where n3 is");
    CHECK(tells(causal, "n1 submits n1:1"));
    CHECK(tells(causal, "n2 submits n2:2, which depends on n1:1"));
  }
  SECTION("an acknowledged event that is replaced") {
    tape.order(n3, 1, kA).ack(kA, 1).restart_forgetful(n2).deliver(n2, 1, kB);
    const tools::Explanation durability = story.of("durability");
    CHECK(witnesses(durability) == Texts{"n1 is told that n1:1 has number 1 for good", "n2 delivers n2:1 at number 1"});
    CHECK(tells(durability, "n2 restarts without its memory"));
  }
  SECTION("a loss that a node finds in itself") {
    const core::Details found{.text = "durability", .detail = "entry 2 would be replaced", .nodes = {}, .closed = {}};
    tape.commit(n1, 2).put(core::Kind::recv, n1, {.type = core::MessageType::order, .peer = n3, .number = 5});
    tape.put(core::Kind::violation, core::kNobody, {.more = &found});
    CHECK(witnesses(story.of("durability")) ==
          Texts{"n1 knows the order as decided up to number 2", "n1 receives ORDER from n3"});
  }
  SECTION("an epoch that goes back") {
    tape.follow(n1, 3).follow(n1, 2);
    CHECK(witnesses(story.of("monotone")) == Texts{"n1 is a follower in epoch 3", "n1 is a follower in epoch 2"});
  }
  SECTION("a commit that goes back") {
    tape.commit(n1, 3).commit(n1, 2);
    CHECK(witnesses(story.of("monotone")) ==
          Texts{"n1 knows the order as decided up to number 3", "n1 knows the order as decided up to number 2"});
  }
}

TEST_CASE("what is wrong in a quiet time is told since the last disturbance") {
  Tape tape{3};
  Story story{tape};
  tape.start_all().at_s(1).lead(n3, 1).at_s(5).submit(kA).at_s(9).crash(n3).at_s(12).lead(n1, 2);
  SECTION("the wrong leader, and an event that is not delivered") {
    tape.end_s(60);
    const tools::Explanation bully = story.of("bully"), liveness = story.of("liveness");
    CHECK(bully.threads.back().title == "Who leads since things were disturbed last");
    CHECK((tells(bully, "n3 crashes") && tells(bully, "n1 leads epoch 2") && !tells(bully, "n3 leads epoch 1")));
    CHECK(liveness.threads.front().title == "How far n1:1 comes, and where n1 is");
    CHECK(tells(liveness, "n1 submits n1:1"));
  }
  SECTION("a leader that steps down") {
    tape.at_s(40).suspect(n1, n3).suspect(n1, n2).at_s(41).trust(n1, n3).follow(n1, 2).end_s(60);
    const tools::Explanation liveness = story.of("liveness");
    CHECK((tells(liveness, "n1 suspects n2") && tells(liveness, "n1 leads epoch 2 no more")));
    CHECK(!tells(liveness, "n1 suspects n3"));
  }
}

TEST_CASE("the declared violations of the demonstrations have a story that hangs together") {
  for (const char* name : {"split-brain", "forgetful-group", "regress/split-brain-stuck"}) {
    CAPTURE(name);
    const sim::Scenario scenario = shipped(name);
    tools::Chronicle chronicle;
    const std::array<core::RecordSink*, 1> sinks{&chronicle};
    sim::replay(scenario, scenario.seed, sinks);
    const auto violation = [](const core::Record& r) { return r.kind == core::Kind::violation; };
    std::size_t branches = 0, tied = 0;
    for (tools::Place at = chronicle.first(violation); at != tools::kNowhere && branches < 20;
         at = chronicle.first(violation, at + 1)) {
      for (const tools::Branch& branch : tools::account_of(chronicle, at, scenario)) {
        ++branches;
        if (branch.witness == tools::kNowhere) continue;
        for (const tools::Place place : branch.places) {
          const core::Kind kind = chronicle.at(place).kind;
          const bool outside = kind == core::Kind::fault || kind == core::Kind::drop;
          CHECK((outside || !chronicle.path(place, branch.witness).empty()));
          ++tied;
        }
      }
    }
    CHECK(tied > 20);
  }
}

TEST_CASE("an explanation is short, and fits where it is printed") {
  const sim::Scenario scenario = shipped("split-brain");
  const std::vector<tools::Explanation> all = tools::explain(scenario, scenario.seed);
  REQUIRE(all.size() >= 3);
  CHECK(all[0].invariant == "prefix_agreement");
  CHECK(all[0].declared);
  CHECK(witnesses(all[0]) ==
        Texts{"n5 delivers n3:33 at number 162", "n2 delivers @2:1 (epoch_started) at number 162"});
  CHECK(tells(all[0], "partition: n1 n2 | n3 n4 n5"));
  CHECK(tells(all[0], "ORDER from n5 to n2 is lost: the link is closed"));
  for (const tools::Explanation& explanation : all) {
    const std::vector<std::string> lines = tools::lines_of(explanation, 80);
    CHECK(lines.size() <= 30);
    CHECK(std::all_of(lines.begin(), lines.end(), [](const std::string& line) { return line.size() <= 80; }));
  }
}

TEST_CASE("a run that holds needs no explanation; one that fails an expectation gets its name") {
  sim::Scenario scenario = shipped("leader-crash");
  CHECK(tools::explain(scenario, scenario.seed).empty());
  scenario.expect.leader_within = core::Duration::ms(1);
  const std::vector<tools::Explanation> all = tools::explain(scenario, scenario.seed);
  REQUIRE(all.size() == 1);
  CHECK(all[0].invariant == "expect leader_within");
  CHECK((all[0].threads.empty() && !all[0].declared && !all[0].breach.empty()));
}

TEST_CASE("explanations are printed with the command that repeats the run") {
  sim::Scenario scenario = shipped("split-brain");
  scenario.file = "split brain.yaml";
  const tools::Job job{&scenario, 1};
  const std::vector<tools::Explanation> all = tools::explain(scenario, 1);
  const std::string text = tools::tell_explanations(all, job, "bellwether", {}, 100);
  CHECK(text.starts_with("· prefix_agreement at 12.669 s (declared by the scenario)\n"));
  CHECK(text.ends_with("\n\nrepeat: bellwether run 'split brain.yaml' --seed 1\n"));
  CHECK(tools::tell_explanations({}, job, "bellwether", {}, 100).starts_with("✓ nothing is violated"));
  const auto json = tools::explanations_json(all, job, "bellwether");
  CHECK(json["explanations"][0]["invariant"] == "prefix_agreement");
  CHECK(json["explanations"][0]["threads"][1]["steps"][0]["text"] == "partition: n1 n2 | n3 n4 n5");
  CHECK(json["repeat"] == "bellwether run 'split brain.yaml' --seed 1");
}
