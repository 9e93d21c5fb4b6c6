// Verdicts for programs: one JSON document, written as the runs come in.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>

#include "tools/campaign.hpp"

namespace tools {

// One run. Spans of time are in seconds, detection delays in milliseconds.
nlohmann::ordered_json verdict_json(const Result& result);

// {"results": [...], "passed": n, "failed": n}
class VerdictDocument {
 public:
  explicit VerdictDocument(std::ostream& out) : out_(out) {}

  void add(const Result& result);
  void end(bool complete);  // not complete: adds "interrupted": true

 private:
  std::ostream& out_;
  std::size_t passed_ = 0, failed_ = 0;
};

}  // namespace tools
