// The phi of the accrual failure detector: how surprising a silence is.
// Hayashibara, Defago, Yared, Katayama: "The phi accrual failure detector", SRDS 2004: phi = -log10 P(a heartbeat
// comes even later). The normal tail is the logistic approximation that Akka uses, so that thresholds mean the same
// here as there; Cassandra's phi (exponential model) is on another scale.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace core {

// For display and tests only: no decision is taken by it. At most 300, so that it stays finite.
double phi(double silence, double mean, double stddev);

// How many standard deviations past the mean the silence crosses `threshold_milli` / 1000, in millionths: the
// inverse of phi() at mean 0 and deviation 1, computed once per group. REQUIRES: 0 < threshold_milli <= 100'000.
std::int64_t deviations_at(std::uint32_t threshold_milli);

}  // namespace core
