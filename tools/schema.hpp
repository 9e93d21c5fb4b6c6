// The JSON Schema of scenario files, for completion, hover texts and checks in editors.
#pragma once

#include <string>

namespace tools {

// Draft 7, indented by two spaces, ends with a line feed. It has exactly the keys that sim::decode takes.
std::string scenario_schema();

}  // namespace tools
