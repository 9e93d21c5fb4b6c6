#include "tools/schema_forms.hpp"

namespace tools {

Json lights_schema() {
  const Json examples = Json::array({{{"intersections", 4}, {"green", "5s"}}});
  Json plan = keys(
      "Traffic lights: their lamps hang at the nodes, those of one intersection at different ones. At most one item.",
      {{"intersections", whole("How many (default: 1).", 1, 100, {1, 4})},
       {"approaches", whole("Of each; of four, opposite ones are green together (default: 4).", 2, 16, {4, 3})},
       {"green", duration("How long a green lasts (default: 5s).", {"5s"})},
       {"yellow", duration("How long it is yellow after that (default: 2s).", {"2s"})},
       {"all_red", duration("How long all are red before the next green (default: 1s).", {"1s"})},
       {"min_green", duration("No green is shorter, even if it is cut (default: 2s, at most green).", {"2s"})},
       {"plan", word("round_robin (default): who has waited longest; demand: where most cars wait, though nobody "
                     "waits longer than twice a round.",
                     {"round_robin", "demand"})},
       {"leases", value("false: a green lasts until the lamp is told otherwise (default: true).", {{"type", "boolean"}},
                        {true, false})},
       {"lamp_drift", pattern("How wrong the lamps' own clocks are at most; each is wrong otherwise (default: 0ppm).",
                              kShare, {"0ppm", "500ppm"})},
       {"cars_every",
        duration("With plan: demand: how often some approach reports cars that wait (default: 1s).", {"1s"})}});
  plan["examples"] = examples;
  return plan;
}

Json dispatch_schema() {
  const Json away = keys("A client that is switched off for a while.",
                         {{"who", value("Its name.", {{"type", "string"}}, {"ambulance1", "hospital2", "car3"})},
                          {"at", duration("When it is switched off.", {"20s"})},
                          {"for", duration("For how long.", {"30s"})}},
                         {"who", "at", "for"});
  return keys(
      "Emergency dispatch: cars that report crashes, ambulances and hospitals. Each is at some node and moves to "
      "another when that does not answer.",
      {{"cars", whole("How many cars (default: 10).", 1, 10'000, {10})},
       {"ambulances", whole("How many ambulances (default: 3).", 0, 10'000, {3})},
       {"hospitals", whole("How many hospitals (default: 2).", 0, 10'000, {2})},
       {"beds", whole("Beds in each hospital (default: 4).", 0, 1'000'000, {4})},
       {"crash_every", duration("Time between two crashes, one car after the other (default: 5s).", {"5s"})},
       {"start", duration("The first crash (default: 0s).", {"0s", "2s"})},
       {"stop", duration("When crashes end (default: duration - settle).", {"45s"})},
       {"give_back", duration("Who is not heard of for so long gives its work back (default: 10s).", {"10s"})},
       {"leg", duration("From dispatched to arrived, to transporting, to at_hospital, each (default: 2s).", {"2s"})},
       {"handover", duration("From at_hospital to completed (default: 5s).", {"5s"})},
       {"stay", duration("How long a patient needs the bed (default: 30s).", {"30s"})},
       {"patience", duration("How long a client waits for an answer, until it moves (default: 5s).", {"5s"})},
       {"away", list("Clients that are switched off for a while.", away,
                     Json::array({Json::array({{{"who", "ambulance1"}, {"at", "20s"}, {"for", "30s"}}})}))}});
}

}  // namespace tools
