// Which part of a campaign a process does.
#include "tools/hunt/shard.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tools/exit_code.hpp"

namespace {

using Variables = std::map<std::string, std::string>;

tools::ShardChoice choose(const std::string& text, const Variables& variables = {}) {
  return tools::choose_shard(text, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

tools::Shard shard(std::uint32_t index, std::uint32_t count) {
  return {index, count};
}

const Variables kSlurm{{"SLURM_ARRAY_TASK_ID", "14"},
                       {"SLURM_ARRAY_TASK_MIN", "10"},
                       {"SLURM_ARRAY_TASK_MAX", "24"},
                       {"SLURM_ARRAY_TASK_STEP", "2"},
                       {"SLURM_ARRAY_TASK_COUNT", "8"}};

}  // namespace

TEST_CASE("a shard is given as its number, from 1, and their count") {
  CHECK(choose("3/8").shard == shard(3, 8));
  CHECK(choose("1/1").shard == shard(1, 1));
  CHECK_FALSE(choose("").shard);
  for (const char* text : {"0/8", "9/8", "3", "3/", "/8", "3/0", "a/8", "3/8/2", "-1/8", "*"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(choose(text), tools::BadInput);
  }
}

TEST_CASE("the machinery that starts many processes says which shard it is") {
  CHECK(choose("", kSlurm).shard == shard(3, 8));
  CHECK(choose("", kSlurm).from == "SLURM_ARRAY_TASK_ID");
  CHECK(choose("", {{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "4"}}).shard == shard(1, 4));
  CHECK(choose("*/8", {{"JOB_COMPLETION_INDEX", "7"}}).shard == shard(8, 8));
  CHECK(choose("2/5", kSlurm).shard == shard(2, 5));
  CHECK(choose("2/5", kSlurm).from.empty());
}

TEST_CASE("Slurm's count follows from the range where it is not told") {
  Variables variables = kSlurm;
  variables.erase("SLURM_ARRAY_TASK_COUNT");
  CHECK(choose("", variables).shard == shard(3, 8));
}

TEST_CASE("what the environment cannot say is asked for") {
  CHECK_THROWS_WITH(choose("", {{"JOB_COMPLETION_INDEX", "7"}}), Catch::Contains("--shard '*/N'"));
  CHECK_THROWS_WITH(choose("*/8"), Catch::Contains("nothing in the environment"));
  CHECK_THROWS_WITH(choose("*/4", {{"JOB_COMPLETION_INDEX", "4"}}), Catch::Contains("no shard 5 of 4"));
  Variables odd = kSlurm;
  odd["SLURM_ARRAY_TASK_ID"] = "15";
  CHECK_THROWS_WITH(choose("", odd), Catch::Contains("evenly spaced"));
  CHECK_THROWS_AS(choose("", {{"OMPI_COMM_WORLD_RANK", "x"}}), tools::BadInput);
}

TEST_CASE("shards share all runs out among them, each run once") {
  for (const std::uint64_t all : {0U, 1U, 7U, 8U, 100U})
    for (std::uint32_t count = 1; count <= 9; ++count) {
      CAPTURE(all, count);
      std::set<std::uint64_t> places;
      for (std::uint32_t index = 1; index <= count; ++index)
        for (std::uint64_t run = 0; run < tools::runs_of({index, count}, all); ++run)
          CHECK(places.insert(tools::place_of({index, count}, run)).second);
      CHECK(places.size() == all);
      CHECK((places.empty() || *places.rbegin() == all - 1));
    }
}
