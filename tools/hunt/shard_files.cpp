#include "tools/hunt/shard_files.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "tools/exit_code.hpp"
#include "tools/trace/output_file.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "bellwether-shard";
constexpr int kVersion = 1;

struct ShardFile {
  std::string path;
  Shard shard;
  Plan plan;
  Tally tally;
};

ShardFile read_shard(const std::string& path) {
  try {
    std::ifstream file(path);
    const Json json = Json::parse(file);
    if (json.at("format") != kFormat || json.at("version") != kVersion || json.at("program") != BELLWETHER_VERSION)
      throw BadInput(path + ": is the result of another version of this program; run the shard again with this one");
    Plan plan = Plan::from_json(json.at("plan"));
    Tally tally = Tally::from_json(json.at("tally"), plan.keep);
    return {path, {json.at("shard").get<std::uint32_t>(), json.at("of").get<std::uint32_t>()}, plan, std::move(tally)};
  } catch (const BadInput&) {
    throw;
  } catch (const std::exception& error) {
    throw BadInput(path + ": is no result of a shard: " + error.what());
  }
}

// By their numbers.
std::map<std::uint32_t, ShardFile> read_all(const std::string& folder) {
  std::error_code error;
  std::map<std::string, std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.ends_with(".json")) paths.emplace(name, entry.path().string());
  }
  if (error) throw BadInput(folder + ": cannot be read: " + error.message());
  if (paths.empty()) throw BadInput(folder + ": has no shard-*-of-*.json; `fuzz --shard I/N --out DIR` writes them");
  std::map<std::uint32_t, ShardFile> shards;
  for (const auto& [name, path] : paths) {
    ShardFile file = read_shard(path);
    if (name != shard_file_name(file.shard))
      throw BadInput(path + ": has the result of another shard; was it renamed?");
    if (!shards.empty() && file.shard.count != shards.begin()->second.shard.count)
      throw BadInput(path + ": is of another division than " + shards.begin()->second.path + "; keep one in a folder");
    if (!shards.empty() && !(file.plan == shards.begin()->second.plan))
      throw BadInput(path + ": is of another campaign than " + shards.begin()->second.path +
                     " (their files, seeds, runs or flags differ)");
    shards.emplace(file.shard.index, std::move(file));
  }
  return shards;
}

}  // namespace

std::string shard_file_name(const Shard& shard) {
  char name[64];
  std::snprintf(name, sizeof name, "shard-%04u-of-%04u.json", shard.index, shard.count);
  return name;
}

void write_shard(const std::string& folder, const Shard& shard, const Plan& plan, const Tally& tally) {
  OutputFile file((fs::path(folder) / shard_file_name(shard)).string());
  const Json json{{"format", kFormat}, {"version", kVersion}, {"program", BELLWETHER_VERSION}, {"shard", shard.index},
                  {"of", shard.count}, {"plan", plan.json()}, {"tally", tally.json()}};
  file.write(json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  file.commit();
}

Merged merge_shards(const std::string& folder, const std::string& program) {
  const std::map<std::uint32_t, ShardFile> shards = read_all(folder);
  const std::uint32_t count = shards.begin()->second.shard.count;
  std::string missing;
  for (std::uint32_t index = 1; index <= count; ++index)
    if (!shards.contains(index)) missing += "\n  " + std::to_string(index) + "/" + std::to_string(count);
  if (!missing.empty())
    throw BadInput(folder + ": shards are missing; run `" + program + " fuzz --shard I/N` with the same flags for" +
                   missing);
  Merged merged{shards.begin()->second.plan, Tally(shards.begin()->second.plan.keep)};
  for (const auto& [index, file] : shards) merged.tally.add(file.tally);
  return merged;
}

}  // namespace tools
