// bellwether: from the command line to an exit code.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>

#include "tools/commands.hpp"

namespace {

using tools::ExitCode;

// Else a file or connection that is opened later would take its place.
void fill_if_closed(int number) {
  if (fcntl(number, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDWR) != number)
    throw tools::BadInput("bellwether: /dev/null cannot be opened");
}

ExitCode run(const std::vector<std::string>& arguments) {
  return std::visit([](const auto& options) { return run_command(options); }, tools::parse_command_line(arguments));
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is reported below, like a full disk
  try {
    fill_if_closed(STDIN_FILENO);
    // Else a file that is opened later would take its place and receive the results.
    if (lseek(STDOUT_FILENO, 0, SEEK_CUR) == -1 && errno == EBADF)
      throw tools::BadInput("bellwether: stdout is closed");
    fill_if_closed(STDERR_FILENO);
    const ExitCode code = run({argv, argv + argc});
    errno = 0;
    std::cout.flush();
    if (!std::cout)
      throw tools::BadInput(std::string("bellwether: stdout cannot be written: ") +
                            (errno != 0 ? std::strerror(errno) : "it was closed meanwhile, or is full"));
    return static_cast<int>(code);
  } catch (const tools::BadInput& error) {
    std::cerr << error.what() << '\n';
    return static_cast<int>(ExitCode::bad_input);
  }
}
