#include "tools/hunt/tally.hpp"

#include <iterator>

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

void add_counts(Counts& sum, const Counts& more) {
  for (const auto& [name, count] : more) sum[name] += count;
}

Json json_of(const Failures& failures) {
  Json first = Json::array();
  for (const auto& [seed, run] : failures.first) {
    Json item{{"seed", seed}, {"at", run.at.ns}, {"detail", run.detail}};
    if (run.find) item["file"] = run.find->file, item["size"] = run.find->size;
    first.push_back(std::move(item));
  }
  return {{"runs", failures.count}, {"first", std::move(first)}};
}

Failures failures_of(const Json& json) {
  Failures out;
  json.at("runs").get_to(out.count);
  for (const Json& item : json.at("first")) {
    Failures::Run run{.at = {item.at("at").get<std::int64_t>()}, .detail = item.at("detail"), .find = {}};
    if (item.contains("file")) run.find = Find{item.at("file"), item.at("size")};
    out.first.emplace(item.at("seed").get<std::uint64_t>(), std::move(run));
  }
  return out;
}

}  // namespace

void Tally::trim(Failures& same) const {
  while (same.first.size() > keep_) same.first.erase(std::prev(same.first.end()));
}

void Tally::add(const Trial& trial) {
  ++runs;
  twice += trial.twice ? 1 : 0;
  settled += trial.settled ? 1 : 0;
  halted += trial.halted ? 1 : 0;
  events += trial.events;
  simulated = simulated + trial.simulated;
  add_counts(faults, trial.faults);
  add_counts(records, trial.records);
  features.add(trial.features);
  if (!trial.failure) return;
  Failures& same = failures[trial.failure->signature];
  ++same.count;
  same.first.emplace(trial.seed, Failures::Run{trial.failure->at, trial.failure->detail, {}});
  trim(same);
}

void Tally::add(const Tally& other) {
  runs += other.runs, twice += other.twice, settled += other.settled, halted += other.halted, events += other.events;
  simulated = simulated + other.simulated;
  add_counts(faults, other.faults);
  add_counts(records, other.records);
  features.add(other.features);
  for (const auto& [signature, more] : other.failures) {
    Failures& same = failures[signature];
    same.count += more.count;
    same.first.insert(more.first.begin(), more.first.end());
    trim(same);
  }
}

std::uint64_t Tally::failed() const {
  std::uint64_t total = 0;
  for (const auto& [signature, same] : failures) total += same.count;
  return total;
}

Json Tally::json() const {
  Json failed = Json::object();
  for (const auto& [signature, same] : failures) failed[signature] = json_of(same);
  return {{"runs", runs},
          {"done_twice", twice},
          {"settled", settled},
          {"halted", halted},
          {"events", events},
          {"simulated_ns", simulated.ns},
          {"faults", faults},
          {"records", records},
          {"failures", std::move(failed)},
          {"features", features.hex()}};
}

Tally Tally::from_json(const Json& json, std::uint64_t keep) {
  Tally out(keep);
  json.at("runs").get_to(out.runs);
  json.at("done_twice").get_to(out.twice);
  json.at("settled").get_to(out.settled);
  json.at("halted").get_to(out.halted);
  json.at("events").get_to(out.events);
  json.at("simulated_ns").get_to(out.simulated.ns);
  json.at("faults").get_to(out.faults);
  json.at("records").get_to(out.records);
  for (const auto& [signature, same] : json.at("failures").items()) out.failures.emplace(signature, failures_of(same));
  out.features = Features::from_hex(json.at("features").get<std::string>());
  return out;
}

}  // namespace tools
