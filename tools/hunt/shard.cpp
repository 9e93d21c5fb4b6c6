#include "tools/hunt/shard.hpp"

#include "tools/flag_values.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kMostShards = 100'000;

struct Found {
  std::uint64_t index = 1;  // from 1
  std::uint64_t count = 0;  // 0: not told
  std::string from;
};

// Reads the numbers that a starter of many processes leaves in the environment.
class Reader {
 public:
  explicit Reader(const Environment& environment) : environment_(environment) {}

  [[nodiscard]] std::optional<std::uint64_t> number(const char* name) const {
    const char* text = environment_(name);
    if (text == nullptr || *text == '\0') return std::nullopt;
    return whole_number(name, text, 0, UINT32_MAX);
  }

  // Task ids go from MIN to MAX in steps of STEP.
  [[nodiscard]] std::optional<Found> slurm() const {
    const auto id = number("SLURM_ARRAY_TASK_ID");
    if (!id) return std::nullopt;
    const std::uint64_t min = number("SLURM_ARRAY_TASK_MIN").value_or(0);
    const std::uint64_t step = number("SLURM_ARRAY_TASK_STEP").value_or(1);
    const auto max = number("SLURM_ARRAY_TASK_MAX");
    if (step == 0 || *id < min || (*id - min) % step != 0)
      wrong_usage("SLURM_ARRAY_TASK_ID: " + std::to_string(*id) +
                  " is not one of evenly spaced task ids; use --array=1-N, or say --shard I/N yourself");
    const std::uint64_t count = max && *max >= min ? (*max - min) / step + 1 : 0;
    return Found{(*id - min) / step + 1, number("SLURM_ARRAY_TASK_COUNT").value_or(count), "SLURM_ARRAY_TASK_ID"};
  }

  [[nodiscard]] std::optional<Found> open_mpi() const {
    const auto rank = number("OMPI_COMM_WORLD_RANK");
    if (!rank) return std::nullopt;
    return Found{*rank + 1, number("OMPI_COMM_WORLD_SIZE").value_or(0), "OMPI_COMM_WORLD_RANK"};
  }

  // The number of completions is not told.
  [[nodiscard]] std::optional<Found> kubernetes() const {
    const auto index = number("JOB_COMPLETION_INDEX");
    if (!index) return std::nullopt;
    return Found{*index + 1, 0, "JOB_COMPLETION_INDEX"};
  }

  [[nodiscard]] std::optional<Found> any() const {
    for (const auto find : {&Reader::open_mpi, &Reader::slurm, &Reader::kubernetes})
      if (const auto found = (this->*find)()) return found;
    return std::nullopt;
  }

 private:
  const Environment& environment_;
};

Shard checked(const std::string& where, std::uint64_t index, std::uint64_t count) {
  if (index == 0 || index > count)
    wrong_usage(where + ": there is no shard " + std::to_string(index) + " of " + std::to_string(count) +
                "; they are numbered from 1");
  return {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(count)};
}

}  // namespace

ShardChoice choose_shard(const std::string& text, const Environment& environment) {
  const Reader reader(environment);
  const std::size_t slash = text.find('/');
  if (!text.empty() && slash == std::string::npos)
    wrong_usage("--shard: '" + text + "' is not of the form I/N; the third of eight is 3/8");
  const std::string index = text.substr(0, text.empty() ? 0 : slash);
  const std::uint64_t count =
      text.empty() ? 0 : whole_number("--shard", std::string_view(text).substr(slash + 1), 1, kMostShards);
  if (!text.empty() && index != "*")
    return {checked("--shard", whole_number("--shard", index, 0, kMostShards), count), {}};
  const auto found = reader.any();
  if (!found && text.empty()) return {};
  if (!found)
    wrong_usage(
        "--shard: nothing in the environment says which shard this is (SLURM_ARRAY_TASK_ID, "
        "OMPI_COMM_WORLD_RANK or JOB_COMPLETION_INDEX would)");
  const std::uint64_t of = count != 0 ? count : found->count;
  if (of == 0)
    wrong_usage(found->from + " is set, but not how many shards there are; say --shard '*/N', or --shard 1/1 for all");
  return {checked(found->from, found->index, of), found->from};
}

std::uint64_t runs_of(const Shard& shard, std::uint64_t all) {
  return all / shard.count + (shard.index <= all % shard.count ? 1 : 0);
}

std::uint64_t place_of(const Shard& shard, std::uint64_t run) {
  return run * shard.count + shard.index - 1;
}

}  // namespace tools
