#include "tools/scenario_files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "sim/scenario/decode.hpp"
#include "tools/exit_code.hpp"

namespace tools {
namespace {

constexpr std::size_t kMaxBytes = 32 << 20;

std::string read_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw BadInput(path + ": is a folder; name the scenario files in it, as in " + path + "/*.yaml");
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (file == nullptr) throw BadInput(path + ": cannot be read: " + std::strerror(errno));
  std::string text(kMaxBytes + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) throw BadInput(path + ": cannot be read: " + std::strerror(errno));
  if (text.size() > kMaxBytes) throw BadInput(path + ": is larger than 32 MiB, which no scenario is");
  return text;
}

// The scenario is appended to `scenarios`, or what is wrong to `complaints`.
void load(const std::string& path, std::vector<sim::Scenario>& scenarios, std::string& complaints) {
  try {
    auto decoded = sim::decode(read_file(path), path);
    if (auto* scenario = std::get_if<sim::Scenario>(&decoded)) return scenarios.push_back(std::move(*scenario));
    for (const sim::Problem& problem : std::get<std::vector<sim::Problem>>(decoded))
      complaints += describe(problem, path) + "\n";
  } catch (const BadInput& unreadable) {
    complaints += std::string(unreadable.what()) + "\n";
  }
}

}  // namespace

std::vector<sim::Scenario> load_scenarios(const std::vector<std::string>& files) {
  std::vector<sim::Scenario> scenarios;
  std::string complaints;
  for (const std::string& file : files) load(file, scenarios, complaints);
  while (complaints.ends_with('\n')) complaints.pop_back();
  if (!complaints.empty()) throw BadInput(complaints);
  return scenarios;
}

}  // namespace tools
