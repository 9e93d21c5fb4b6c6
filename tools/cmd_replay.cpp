// `replay`: runs recorded live nodes again and compares, then their group in the simulator.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/replay/replay_report.hpp"
#include "tools/report/status_line.hpp"
#include "tools/scenario_files.hpp"
#include "tools/scenario_yaml.hpp"
#include "tools/trace/output_file.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kBetweenWords{30};

// The recordings in a folder, by name.
std::vector<std::string> recordings_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".rec") files.push_back(entry.path().string());
  if (files.empty()) throw BadInput(folder + ": has no recordings (*.rec)");
  std::sort(files.begin(), files.end());
  return files;
}

// All are opened before the first runs.
std::vector<net::Recorded> open(const std::vector<std::string>& files) {
  std::vector<net::Recorded> opened;
  std::string complaints;
  for (const std::string& file : files) {
    try {
      opened.emplace_back(file);
    } catch (const net::BadRecording& bad) {
      complaints += (complaints.empty() ? "" : "\n") + std::string(bad.what());
    }
  }
  if (!complaints.empty()) throw BadInput(complaints);
  return opened;
}

std::vector<Past> run_all(std::vector<net::Recorded>& recordings) {
  StatusLine line(kBetweenWords);
  std::vector<Past> lives;
  for (net::Recorded& recorded : recordings) {
    const auto pause = [&] {
      if (interrupted()) throw CutShort{};
      if (line.due())
        line.show(recorded.path() + ": " + std::to_string(100 * recorded.place() / recorded.size()) + " %");
    };
    lives.push_back(past_of(recorded, pause));
  }
  return lives;
}

// A live run has left beside its recordings what was run, and what happened.
struct RunBeside {
  std::optional<sim::Scenario> scenario;
  std::optional<Troubles> troubles;

  explicit RunBeside(const fs::path& folder) {
    std::error_code ignored;
    const std::string file = (folder / "scenario.yaml").string(), trace = (folder / "trace.jsonl").string();
    if (fs::exists(file, ignored)) scenario = std::move(load_scenarios({file}).front());
    if (scenario && fs::exists(trace, ignored)) troubles = troubles_in(trace, *scenario);
  }
};

std::string comment_on(const std::vector<Past>& lives) {
  return "Made of " + std::to_string(lives.size()) + " recorded lives of live nodes: every message comes when it did.";
}

void replay_group(const std::vector<Past>& lives, const std::string& folder, const std::string& out,
                  GroupReplay& group) {
  const RunBeside beside(folder);
  group.rebuilt =
      rebuild(lives, beside.scenario ? &*beside.scenario : nullptr, beside.troubles ? &*beside.troubles : nullptr);
  if (!group.rebuilt.impossible.empty()) return;
  sim::Scenario& scenario = group.rebuilt.scenario;
  group.out = out.empty() ? (fs::path(folder) / "replay.yaml").string() : out;
  scenario.file = group.out;
  OutputFile file(group.out);
  file.write(scenario_yaml(scenario, comment_on(lives)));
  file.commit();
  LikesSink likes(scenario.group.size());
  std::vector<core::RecordSink*> sinks{&likes};
  group.result = run_job({&scenario, scenario.seed}, sinks);
  if (!group.result) throw CutShort{};
  group.live = likes_of(lives);
  group.again = likes.likes();
}

void print(const std::vector<Past>& lives, const std::optional<GroupReplay>& group, const ReplayOptions& options) {
  if (options.json) {
    nlohmann::ordered_json document{{"lives", nlohmann::ordered_json::array()}, {"group", nullptr}};
    for (const Past& past : lives) document["lives"].push_back(life_json(past));
    if (group) document["group"] = group_json(*group);
    std::cout << document.dump(2) << '\n';
    return;
  }
  const Style style = Style::of_stdout();
  for (const Past& past : lives) std::cout << tell_life(past, style);
  if (group) std::cout << tell_group(*group, style, options.program);
}

ExitCode replay_all(const ReplayOptions& options) {
  const std::string& first = options.recordings.front();
  const bool folder = fs::is_directory(first);
  if (folder && options.recordings.size() > 1) throw BadInput("bellwether: name one folder, or some of its files");
  std::vector<net::Recorded> recordings = open(folder ? recordings_in(first) : options.recordings);
  const std::vector<Past> lives = run_all(recordings);
  const bool equal = std::none_of(lives.begin(), lives.end(), [](const Past& past) { return past.rerun.difference; });
  std::optional<GroupReplay> group;
  if (folder && equal && !options.node_only) replay_group(lives, first, options.out, group.emplace());
  print(lives, group, options);
  const bool fails = group && group->result && !group->result->outcome.judgement.passed;
  return equal && !fails ? ExitCode::held : ExitCode::failed;
}

}  // namespace

ExitCode run_command(const ReplayOptions& options) {
  catch_interrupts();
  try {
    return replay_all(options);
  } catch (const net::BadRecording& bad) {
    throw BadInput(bad.what());
  } catch (const CutShort&) {
    std::cerr << "bellwether: interrupted; nothing is kept\n";
    return ExitCode::interrupted;
  }
}

}  // namespace tools
