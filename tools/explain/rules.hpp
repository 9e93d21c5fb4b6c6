// The invariants, each in a sentence for somebody who meets it for the first time.
#pragma once

#include <string>

namespace tools {

std::string rule_of(const std::string& invariant);  // what fails by another name is an expectation of the file

}  // namespace tools
