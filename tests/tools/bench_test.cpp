// `bellwether bench`, as a program reads it.
#include <catch2/catch.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace {

struct Call {
  int status = 0;
  std::string out;
};

Call bench(const std::string& arguments) {
  Call call;
  FILE* pipe = popen((BINARY_DIR "/bellwether bench " + arguments).c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) call.out += buffer;
  call.status = pclose(pipe);
  return call;
}

}  // namespace

TEST_CASE("the event queue is measured against its lower bound") {
  const Call call = bench("--filter queue --min-time 0.01 --json");
  REQUIRE(call.status == 0);
  const nlohmann::json document = nlohmann::json::parse(call.out);
  CHECK(document["format"] == "bellwether-bench");
  CHECK(document["version"] == 1);
  REQUIRE(document["benchmarks"].size() == 3);
  for (const nlohmann::json& row : document["benchmarks"]) {
    CHECK(row["name"].get<std::string>().starts_with("queue/pending/"));
    CHECK(row["item"] == "pop and push");
    CHECK(row["ns_each"] > 0.1);
    CHECK(row["items_per_s"].get<double>() * row["ns_each"].get<double>() == Approx(1e9));
    CHECK(row["of_floor"] > 0.01);
    CHECK(row["bytes_each"].is_null());
  }
}

TEST_CASE("the table has a row for each benchmark and says what an item is") {
  const std::string table = bench("--filter pending/10/ --min-time 0.01").out;
  CHECK(table.starts_with("benchmark"));
  CHECK(table.find("\nqueue/pending/10 ") != std::string::npos);
  CHECK(table.find("pop and push\n") != std::string::npos);
}

TEST_CASE("a filter that fits nothing and a time that is none are bad usage") {
  CHECK(WEXITSTATUS(bench("--filter nothing_of_the_kind 2>/dev/null").status) == 2);
  CHECK(WEXITSTATUS(bench("--min-time soon 2>/dev/null").status) == 2);
}
