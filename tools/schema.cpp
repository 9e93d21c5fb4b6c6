#include "tools/schema.hpp"

#include "sim/scenario/scenario.hpp"
#include "tools/schema_forms.hpp"

namespace tools {
namespace {

Json defined(const Text& name) {
  return {{"$ref", "#/definitions/" + name}};
}

// A shared definition with a description of its own: draft 7 ignores what stands beside a $ref.
Json target(const Text& about, const Json& examples) {
  return either(about, Json::array({defined("target")}), examples);
}

Json pair_of_durations(const Text& about, const Json& examples) {
  return value(
      about,
      {{"type", "array"}, {"items", {{"type", "string"}, {"pattern", kDuration}}}, {"minItems", 2}, {"maxItems", 2}},
      examples);
}

Json latency(const Text& about = "How long a message travels: fixed, uniform from..to, or a distribution.") {
  const Json shapes =
      keys("A distribution.",
           {{"normal", pair_of_durations("[mean, standard deviation]; what falls below 0 counts as 0.",
                                         Json::array({Json::array({"20ms", "5ms"})}))},
            {"lognormal", pair_of_durations("[median, 99th percentile]: most are quick, a few are very late.",
                                            Json::array({Json::array({"10ms", "200ms"})}))},
            {"exponential", duration("The mean.", {"10ms"})}});
  return either(about, {{{"type", "string"}, {"pattern", kRange}}, shapes},
                Json::array({"1ms..10ms", "5ms", {{"lognormal", {"10ms", "200ms"}}}}));
}

Json link_keys() {
  return {{"latency", latency()},
          {"loss", pattern("The share of messages that are lost.", kShare, {"1%", "0.5%", "200ppm"})},
          {"duplicate", pattern("The share of messages that arrive twice.", kShare, {"0%", "1%"})},
          {"reorder", pattern("The share of messages that may overtake others; the rest is first in, first out.",
                              kShare, {"0%", "10%"})},
          {"bandwidth",
           pattern("Bits per second in each direction; what does not fit waits.", kBandwidth, {"1Gbit", "64kbit"})}};
}

Json ends() {
  return {{"from", target("The senders.", {"n1", {"n1", "n2"}, "all"})},
          {"to", target("The receivers.", {"n2", {"n2", "n3"}, "all"})},
          {"both", value("Also the other direction (default: false).", {{"type", "boolean"}}, {true})}};
}

Json joined(Json a, const Json& b) {
  a.update(b);
  return a;
}

Json timing(const Text& about) {
  return keys(
      about,
      {{"heartbeat_interval", duration("Between two heartbeats (default: 500ms).", {"500ms"})},
       {"detector",
        word("phi (default): suspicion grows with unusual silence; fixed: after fixed_timeout.", {"phi", "fixed"})},
       {"phi_threshold", value("The phi at which a silent node is suspected (default: 8).",
                               {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 100}}, {8, 12.5})},
       {"phi_window", whole("Arrivals remembered of each node (default: 200).", 2, 10000, {200})},
       {"phi_min_stddev", duration("The least spread assumed of arrivals (default: 100ms).", {"100ms"})},
       {"phi_acceptable_pause", duration("Silence that is always forgiven (default: 1s).", {"1s", "0s"})},
       {"fixed_timeout", duration("Silence after which detector: fixed suspects (default: 3s).", {"3s"})},
       {"answer_timeout", duration("Waiting for ANSWER after ELECTION; also how long a node that knows no leader waits "
                                   "before it starts an election (default: 1s).",
                                   {"1s"})},
       {"election_timeout", duration("Waiting for COORDINATOR after ANSWER (default: 5s).", {"5s"})},
       {"retransmit", duration("Until the first repeat of a message; doubles up to 2s (default: 200ms).", {"200ms"})},
       {"hold_timeout", duration("How long the leader keeps an event whose causes are missing (default: 5s).", {"5s"})},
       {"clock_drift_max",
        pattern("How wrong the rate of any clock may be (default: 5000ppm).", kShare, {"5000ppm"})}});
}

Json nodes() {
  const Json id = either("An integer or a UUID, compared as 128-bit numbers; left out: a UUIDv7 in list order.",
                         {{{"type", "integer"}, {"minimum", 0}}, {{"type", "string"}, {"format", "uuid"}}},
                         {1, "018f3e6c-0000-7000-8000-000000000002"});
  const Json node =
      keys("One node.",
           {{"name", value("Letters, digits and - _ .", {{"type", {"string", "integer"}}}, {"a", "n1"})},
            {"id", id},
            {"rank", value("The highest (rank, id) wins elections (default: 0).", {{"type", "integer"}}, {0, 1})},
            {"timing", timing("Settings of its own, as if its file were wrong: the others will refuse it.")}},
           {"name"});
  return either("How many nodes (n1, n2, ... with ascending ids, so the last one wins elections), or a list of them.",
                {{{"type", "integer"}, {"minimum", 1}, {"maximum", 10000}},
                 {{"type", "array"}, {"items", node}, {"minItems", 1}, {"maxItems", 10000}}},
                Json::array({5, {{{"name", "a"}, {"id", 1}}, {{"name", "b"}}}}));
}

Json group() {
  return keys(
      "The rules of the group.",
      {{"quorum", word("majority (default): more than half decide; none: a leader alone may sequence and deliver.",
                       {"majority", "none"})},
       {"takeover",
        word("When a returning higher id claims leadership: once it has caught up (default), at once, or never.",
             {"caught_up", "eager", "never"})},
       {"storage", word("durable (default): a node remembers across restarts; volatile: a restart forgets everything.",
                        {"durable", "volatile"})},
       {"snapshot_every", whole("Entries of the order between two snapshots; 0: none (default: 10000).", 0,
                                1'000'000'000, {10000, 100})}});
}

Json network() {
  const Json link = keys("One override: keys left out keep the default.", joined(ends(), link_keys()), {"from", "to"});
  return keys("How messages travel.",
              {{"default", keys("Every link, unless overridden.", link_keys())},
               {"links", list("Overrides; later ones win.", link,
                              Json::array({Json::array({{{"from", "n1"}, {"to", "n2"}, {"latency", "40ms"}}})}))}});
}

Json disk() {
  return keys("The disks of the nodes.",
              {{"latency", latency("How long a sync takes, until which nothing is promised (default: 0s).")}},
              {"latency"});
}

Json workload() {
  const Json item = keys(
      "Events that are submitted at a steady rate, or a single one; emergency dispatch; traffic lights; or nodes that "
      "join the group or leave it.",
      {{"submit",
        pattern("The rate of all `from` nodes together, dealt round robin.", kRate, {"20/s", "1200/m", "1/130ms"})},
       {"event", value("A single event, submitted once, and its name.", {{"type", {"string", "integer"}}}, {"a"})},
       {"from", target("Who submits (default: all); with event: one node's name, which is needed.", {"n1"})},
       {"start", duration("When it begins (default: 0s).", {"0s", "2s"})},
       {"stop", duration("When it ends (default: duration - settle).", {"50s"})},
       {"size", whole("Payload bytes of each event (default: 100).", 0, 1 << 20, {100})},
       {"chain", whole("This many events in a row depend on one another (default: 1).", 1, 1'000'000, {1, 3})},
       {"dispatch", dispatch_schema()},
       {"join",
        target("Names of nodes that join. Who has not left before is not there until then.", {"n4", {"n4", "n5"}})},
       {"lights", lights_schema()},
       {"leave", target("Who is asked to hand over what it leads, give up its vote and stop.", {"n2", "leader"})},
       {"at", duration("With event, join and leave: when.", {"20s"})},
       {"after",
        either("With event: the events above it that it depends on, as far as they were accepted.",
               {{{"type", {"string", "integer"}}}, {{"type", "array"}, {"items", {{"type", {"string", "integer"}}}}}},
               Json::array({Json::array()}))}});
  return list("What is submitted; who joins and who leaves.", item, Json::array({Json::array({{{"submit", "20/s"}}})}));
}

// Exactly one of the keys must be there.
Json one_of(const std::vector<Text>& names) {
  Json forms = Json::array();
  for (const Text& name : names) forms.push_back({{"required", {name}}});
  return {{"oneOf", forms}};
}

Json types() {
  Json names = Json::array();
  for (std::size_t i = 0; i < core::kMessageTypes; ++i)
    names.push_back(core::name_of(static_cast<core::MessageType>(i)));
  names.push_back("LINK_DOWN");
  return names;
}

Json messages() {
  const Json name{{"type", {"string", "integer"}}};
  Json item = keys("One message, and what becomes of it.",
                   {{"from", value("The node that sends it.", name, {"n1"})},
                    {"to", value("The node that it is for.", name, {"n2"})},
                    {"type", word("Its type, as in traces.", types())},
                    {"nth", whole("Which of this type on this link, from 1 (default: 1).", 1, INT64_MAX, {1, 3})},
                    {"drop", value("It is lost.", {{"const", true}}, {true})},
                    {"at", duration("When it arrives, first in, first out or not.", {"12.31s"})},
                    {"copy", duration("When it arrives once more.", {"12.5s"})}},
                   {"from", "to", "type"});
  item["allOf"] = Json::array({one_of({"drop", "at", "copy"})});
  return list(
      "What becomes of single messages, in place of what chance makes of them.", item,
      Json::array({Json::array({{{"from", "n1"}, {"to", "n2"}, {"type", "PROMISE"}, {"nth", 3}, {"drop", true}}})}));
}

Json kinds() {
  Json names = Json::array();
  for (std::size_t i = 0; i < core::kKinds; ++i) names.push_back(core::name_of(static_cast<core::Kind>(i)));
  return names;
}

Json partition() {
  const Json shaped = keys("A partition by its shape.",
                           {{"shape", word("halves, one node alone, a bridge node between two halves, or a ring in "
                                           "which each sees only a majority around it.",
                                           {"halves", "one", "bridge", "ring"})}},
                           {"shape"});
  const Json groups{{"type", "array"}, {"items", defined("target")}, {"minItems", 1}};
  return either("Who can talk to whom: groups of nodes (nodes in none are alone), or a shape.", {groups, shaped},
                Json::array({Json::array({{"n1", "n2"}, {"n3"}}), {{"shape", "bridge"}}}));
}

Json clock_fault() {
  return keys("Makes clocks run wrong: their rate, or the time of day that they show.",
              {{"node", target("Whose clocks.", {"n2", "all"})},
               {"drift", pattern("How much faster (or slower) a node's own time runs, by which it times everything.",
                                 kDrift, {"200ppm", "-5000ppm", "0.5%"})},
               {"step", pattern("How far the wall clock jumps; nothing is decided by it.", kStep, {"50ms", "-1h"})}},
              {"node"});
}

Json disk_fault() {
  return keys(
      "Makes disks fail.",
      {{"node", target("Whose disks.", {"n1", "leader"})},
       {"fault", word("lose_unsynced: a crash loses what was not synced; torn_write: a part of it; corrupt: the "
                      "next start finds nothing of use; full: the next write stops the node; slow: syncs take "
                      "`latency`.",
                      {"lose_unsynced", "torn_write", "corrupt", "full", "slow"})},
       {"latency", latency("With fault: slow: how long a sync takes (default: 50ms).")}},
      {"node", "fault"});
}

Json actions() {
  return {{"crash", target("Stops nodes dead; with `for` they restart.", {"leader", "n1", "random(2)"})},
          {"restart", target("Starts crashed nodes again.", {"crashed", "n1"})},
          {"pause", target("Stops nodes for a while; they wake with old beliefs.", {"leader", "n2"})},
          {"isolate", target("Cuts each of them off from everybody.", {"leader"})},
          {"partition", partition()},
          {"cut", keys("Cuts links, one direction only unless `both`.", ends(), {"from", "to"})},
          {"link", keys("Makes links worse.", joined(ends(), link_keys()), {"from", "to"})},
          {"clock", clock_fault()},
          {"disk", disk_fault()},
          {"heal", word("Ends every fault in force but crashes and what is corrupt.", {"all"})},
          {"calm", target("Ends all trouble for these nodes and between them: they run, their links are open; all else "
                          "stays as it is, for good.",
                          {"majority", {"n1", "n2"}})}};
}

Json triggers() {
  const Json when = keys("A trace record.",
                         {{"kind", word("The record's kind.", kinds())},
                          {"nth", whole("Which of that kind, from 1 (default: 1).", 1, INT64_MAX, {1, 50})}},
                         {"kind"});
  return {{"at", duration("When it strikes, once.", {"10s"})},
          {"every", duration("Strikes again and again.", {"5s"})},
          {"from", duration("With every: the first strike (default: after one `every`).", {"10s"})},
          {"until", duration("With every: the last strike at most (default: the end of the run).", {"40s"})},
          {"when", when},
          {"plus", duration("With when: this long after the record (default: 0s, right after it).", {"0s", "50ms"})},
          {"for", duration("How long it lasts (default: until healed, restarted or the end).", {"2s"})}};
}

Json faults() {
  Json fault = keys("One fault: when (at, every or when), what, and for how long.", joined(triggers(), actions()));
  std::vector<Text> names;
  const Json all = actions();
  for (const auto& action : all.items()) names.push_back(action.key());
  fault["allOf"] = Json::array({one_of({"at", "every", "when"}), one_of(names)});
  return list("What goes wrong.", fault, Json::array({Json::array({{{"at", "10s"}, {"crash", "leader"}}})}));
}

Json steps() {
  const Json name{{"type", {"string", "integer"}}};
  Json timers = Json::array();
  std::vector<Text> kinds;
  for (const core::Timer timer : sim::kFired) timers.push_back(core::name_of(timer));
  for (const sim::Step::Kind kind : sim::kPlannedKinds) kinds.emplace_back(sim::name_of(kind));
  Json item =
      keys("One step: what happens next.",
           {{"deliver", value("The oldest message that `from` has on its way to this node arrives.", name, {"n1"})},
            {"fire", word("A timer of `node` runs out.", timers)},
            {"submit", value("This node is given an event.", name, {"n1"})},
            {"lose", value("The oldest message that `from` has on its way to this node is lost.", name, {"n1"})},
            {"duplicate", value("It arrives, and will arrive once more.", name, {"n1"})},
            {"suspect", value("`node` takes this one for dead, which it need not be.", name, {"n3"})},
            {"crash", value("This node dies.", name, {"n2"})},
            {"restart", value("It starts again with what its disk holds.", name, {"n2"})},
            {"from", value("Who has sent the message.", name, {"n3"})},
            {"node", value("Whose timer it is, or who suspects.", name, {"n1"})},
            {"what", word("The type of the message; only for the reader.", types())},
            {"crash_after", whole("The node dies after so many effects of the step.", 1, UINT8_MAX, {2})}});
  item["allOf"] = Json::array({one_of(kinds)});
  return list(
      "In place of workload, faults, messages, network and disk: what happens, one step after another, to a "
      "settled group of at most four nodes. Steps that are not possible are skipped.",
      item, Json::array({Json::array({{{"crash", "n3"}}, {{"fire", "candidacy"}, {"node", "n1"}}})}));
}

Json expect() {
  Json invariant{{"enum", Json::array()}};
  for (const Text& name : sim::invariant_names()) invariant["enum"].push_back(name);
  Json counts = Json::object();
  for (const auto& kind : kinds())
    counts[kind.get<Text>()] = whole("At least so many records of this kind.", 1, INT64_MAX, {1});
  return keys(
      "What must hold.",
      {{"invariants", either("all (default), or a list; each one in a list must have something to judge.",
                             {{{"enum", {"all"}}}, {{"type", "array"}, {"items", invariant}}},
                             Json::array({"all", {"no_gap", "causal"}}))},
       {"violations", list("Invariants that must be violated, in demonstrations.", invariant,
                           Json::array({Json::array({"epoch_leader"})}))},
       {"tolerated", list("Invariants that may be violated too.", invariant, Json::array({Json::array({"bully"})}))},
       {"settle",
        duration("How long after the last disturbance things count as settled (default: 3 x election_timeout).",
                 {"15s"})},
       {"final_leader", value("Whom every live connected node names in the end: a node, highest, any or none.",
                              {{"type", {"string", "integer"}}}, {"highest", "n3"})},
       {"leader_within", duration("The longest time that a connected majority may be without a leader.", {"8s"})},
       {"delivered", word("Every event accepted in good time is delivered or rejected at every live node.", {"all"})},
       {"completed", word("Every crash that was acknowledged at least `settle` before the end is completed.", {"all"})},
       {"at_least", keys("The least counts of trace records.", counts)}});
}

Json definitions() {
  const Json name{{"type", {"string", "integer"}}};
  const Json atom = value(
      "A node's name, leader, followers, highest, lowest, minority, majority, random, random(k), crashed, all, or it "
      "(the node of a `when`).",
      name, {"leader"});
  return {{"target", {{"anyOf", {atom, {{"type", "array"}, {"items", atom}, {"minItems", 1}}}}}}};
}

}  // namespace

std::string scenario_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "bellwether scenario"}};
  schema.update(keys("A group of nodes, what happens to it, and what must hold.",
                     {{"version", value("The version of this format.", {{"const", 1}}, {1})},
                      {"name", value("A short name (default: that of the file).",
                                     {{"type", "string"}, {"minLength", 1}}, {"leader-crash"})},
                      {"description", value("What this scenario shows.", {{"type", "string"}, {"minLength", 1}},
                                            {"The leader dies."})},
                      {"seed", whole("Of all random numbers: same seed, same run (default: 1).", 0, INT64_MAX, {1, 7})},
                      {"duration", duration("Virtual time (default: 60s).", {"60s"})},
                      {"nodes", nodes()},
                      {"group", group()},
                      {"timing", timing("How long nodes wait. Every key is optional.")},
                      {"network", network()},
                      {"disk", disk()},
                      {"workload", workload()},
                      {"messages", messages()},
                      {"faults", faults()},
                      {"steps", steps()},
                      {"expect", expect()}},
                     {"version", "nodes"}));
  schema["definitions"] = definitions();
  return schema.dump(2) + "\n";
}

}  // namespace tools
