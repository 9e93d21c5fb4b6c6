// Ctrl-C as a question that long work asks now and then.
#pragma once

namespace tools {

// From now on SIGINT and SIGTERM only ask the program to finish, however often they come (`timeout` sends them
// twice); SIGQUIT still kills it.
void catch_interrupts();

[[nodiscard]] bool interrupted();

}  // namespace tools
