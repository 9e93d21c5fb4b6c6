// The results of many runs added up. Sums of parts are the sum of the whole, in whatever order they are added: so the
// shards of a campaign make the same report as the campaign in one piece.
#pragma once

#include <nlohmann/json.hpp>

#include "tools/hunt/trial.hpp"

namespace tools {

// Where a failing run was written to.
struct Find {
  std::string file;
  std::string size;  // "3 nodes, 2 faults, 1 send; nothing can be left out", as it is after shrinking
};

// Runs that failed in the same way.
struct Failures {
  struct Run {
    core::Instant at;
    std::string detail;
    std::optional<Find> find;
  };
  std::uint64_t count = 0;
  std::map<std::uint64_t, Run> first;  // by seed, as many as are kept
};

class Tally {
 public:
  // `keep`: failing runs of each signature that are remembered, those with the lowest seeds; at least 1.
  explicit Tally(std::uint64_t keep) : keep_(keep) {}

  void add(const Trial& trial);
  void add(const Tally& other);

  std::uint64_t runs = 0, twice = 0, settled = 0, halted = 0, events = 0;
  core::Duration simulated;
  Counts faults, records;
  Features features;
  std::map<std::string, Failures> failures;  // by signature

  [[nodiscard]] std::uint64_t failed() const;

  [[nodiscard]] nlohmann::ordered_json json() const;  // of everything, so that from_json() gives it back
  static Tally from_json(const nlohmann::ordered_json& json, std::uint64_t keep);  // throws nlohmann::json::exception

 private:
  void trim(Failures& same) const;

  std::uint64_t keep_;
};

}  // namespace tools
