// Ctrl-C as a question that long work asks now and then.
#pragma once

namespace tools {

// From now on the first SIGINT or SIGTERM only asks the program to finish; the second one kills it.
void catch_interrupts();

[[nodiscard]] bool interrupted();

}  // namespace tools
