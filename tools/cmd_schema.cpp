#include <iostream>

#include "tools/commands.hpp"
#include "tools/schema.hpp"

namespace tools {

ExitCode run_command(const SchemaOptions&) {
  std::cout << scenario_schema();
  return ExitCode::held;
}

}  // namespace tools
