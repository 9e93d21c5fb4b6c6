// A folder of its own for a test that calls the program, and what came of the call.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace tests {

// Ctrl-C after a third of a second.
constexpr const char* kInterrupted = "timeout --preserve-status -s INT 0.3";

struct Folder {
  std::filesystem::path path;

  // `name`: of the test; no two at once have the same.
  explicit Folder(const std::string& name)
      : path(std::filesystem::temp_directory_path() / ("bellwether_" + name + std::to_string(getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path / name).rdbuf();
    return text.str();
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  // The exit code of the program; what it prints is in `out` and `err`. `by`: a command that calls it.
  [[nodiscard]] int call(const std::string& arguments, const std::string& by = "") const {
    const std::string command =
        "cd " + path.string() + " && " + by + " " BINARY_DIR "/bellwether " + arguments + " >out 2>err";
    return WEXITSTATUS(std::system(command.c_str()));
  }
};

}  // namespace tests
