// The text that Prometheus reads.
#include <catch2/catch.hpp>
#include <limits>

#include "net/http/metrics.hpp"

namespace {

TEST_CASE("metrics: each metric has its help and type, then its samples", "[metrics]") {
  net::Metrics metrics({{"node", "n1"}});
  metrics.gauge("bellwether_epoch", "The epoch.").sample(std::uint64_t{7});
  metrics.counter("bellwether_sent_bytes_total", "Sent.").sample(1, {{"peer", "n2"}}).sample(2, {{"peer", "n3"}});
  CHECK(metrics.text() ==
        "# HELP bellwether_epoch The epoch.\n"
        "# TYPE bellwether_epoch gauge\n"
        "bellwether_epoch{node=\"n1\"} 7\n"
        "# HELP bellwether_sent_bytes_total Sent.\n"
        "# TYPE bellwether_sent_bytes_total counter\n"
        "bellwether_sent_bytes_total{node=\"n1\",peer=\"n2\"} 1\n"
        "bellwether_sent_bytes_total{node=\"n1\",peer=\"n3\"} 2\n");
}

TEST_CASE("metrics: labels and help are escaped, each in its way", "[metrics]") {
  net::Metrics metrics({});
  metrics.gauge("x", "a \"word\", a \\ and\na line").sample(1, {{"group", "a \"b\"\\\n"}});
  CHECK(metrics.text() ==
        "# HELP x a \"word\", a \\\\ and\\na line\n"
        "# TYPE x gauge\n"
        "x{group=\"a \\\"b\\\"\\\\\\n\"} 1\n");
}

TEST_CASE("metrics: numbers are written in full, and those that are none by name", "[metrics]") {
  constexpr double endless = std::numeric_limits<double>::infinity();
  net::Metrics metrics({});
  metrics.gauge("x", "X.").sample(0.1).sample(true).sample(endless).sample(-endless);
  metrics.sample(std::numeric_limits<double>::quiet_NaN()).sample(UINT64_MAX);
  CHECK_THAT(metrics.text(), Catch::EndsWith("\nx 0.1\nx 1\nx +Inf\nx -Inf\nx NaN\nx 18446744073709551615\n"));
}

}  // namespace
