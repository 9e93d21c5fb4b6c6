#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <filesystem>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/member/member.hpp"

namespace tools {
namespace {

std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &local)};
}

// Said at once, not when there is a group at last.
void check_recordings(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && access(folder.c_str(), W_OK | X_OK) != 0) error = {errno, std::generic_category()};
  if (error) throw BadInput("bellwether: --record: " + folder + ": " + error.message() + "; choose another folder");
}

}  // namespace

ExitCode run_command(const NodeOptions& options) {
  std::string name = options.name;
  const auto say = [&](const std::string& words) {
    std::cerr << time_of_day() << ' ' << (name.empty() ? "" : name + ": ") << words << std::endl;
  };
  check_recordings(options.record);
  Folder folder(options, say);
  name = folder.file.self.name;
  boost::asio::io_context io;
  try {
    Member member(io, options, folder, say);
    const ExitCode code = member.run();
    say(code == ExitCode::failed ? "cannot go on" : "stopped");
    return code;
  } catch (const net::StoreError& error) {
    say(error.what());
  } catch (const net::GroupFileError& error) {
    say(error.what());
  }
  say("cannot go on: what it promises must be on the disk first");
  return ExitCode::failed;
}

}  // namespace tools
