// What the judge found in a run, in lines for people.
#pragma once

#include <string>

#include "tools/report/style.hpp"

namespace tools {

// Violations and expectations that did not hold, each in a line that begins with `indent`. Violations that the
// scenario declares are marked as such. Empty if there is nothing to tell.
std::string findings(const Result& result, const Style& style, const std::string& indent);

}  // namespace tools
