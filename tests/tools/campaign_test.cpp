// One run of a campaign that does not come to its end.
#include "tools/campaign.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "core/base/check.hpp"
#include "sim/scenario/decode.hpp"

namespace {

// A node whose own check fails looks like this from outside: in the middle of a record.
struct Breaks : core::RecordSink {
  std::uint64_t left = 40, violations = 0;
  core::Instant last;
  void on(const core::Record& record) override {
    if (record.kind == core::Kind::violation) ++violations;
    if (left == 0) return;
    last = record.at;
    core::check(--left > 0, "all was well");
  }
};

}  // namespace

TEST_CASE("a check that fails in a run is a violation of it, and ends nothing else") {
  const auto decoded = sim::decode("version: 1\nname: short\nduration: 3s\nnodes: 3\n", "short.yaml");
  const auto& scenario = std::get<sim::Scenario>(decoded);
  Breaks breaks;
  const std::array<core::RecordSink*, 1> sinks{&breaks};
  const auto result = tools::run_job({&scenario, 1}, sinks);
  REQUIRE(result.has_value());
  CHECK_FALSE(result->outcome.judgement.passed);
  REQUIRE(result->outcome.judgement.violations.size() == 1);
  const sim::Violation& violation = result->outcome.judgement.violations.front();
  CHECK(violation.invariant == "check");
  CHECK(violation.detail.find("all was well") != std::string::npos);
  CHECK(violation.at == breaks.last);
  CHECK(breaks.violations == 1);
}
