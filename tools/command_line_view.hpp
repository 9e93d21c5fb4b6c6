// What the user typed for `view`, as plain values.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tools {

struct ViewOptions {
  std::vector<std::string> traces;  // one, or two that are compared
  std::string out;
  std::string program;  // as it was called
};

struct ViewTyped {
  std::string trace, out;
  std::vector<std::string> compare;
};

void add_view(CLI::App& app, ViewTyped& typed);
// Throws BadInput.
ViewOptions finish_view(const ViewTyped& typed, const std::string& program);

}  // namespace tools
