// A failure kept as a scenario file that a person reads: it fails before the bug is fixed and passes after.
#pragma once

#include <string>

#include "tools/laboratory.hpp"

namespace tools {

// "3 nodes, 2 faults, 1 send"; what there is none of is left out, but for the nodes.
std::string in_words(const sim::Size& size);

// "1-minimal: no node, fault, send or fate can be left out", or that it was not finished.
std::string minimality_in_words(const sim::Shrunk& shrunk);

// The text of the file: a comment says what fails, how small it is, what led to it and how to see it
// again, as `path`.
std::string regress_file(const ShrinkResult& result, const std::string& program, const std::string& path);

// Writes that file, in place of what may be there. Throws BadInput if it cannot be written, or if it would not fail in
// the same way when it is read again: then nothing is written.
void write_regress_file(const ShrinkResult& result, const std::string& program, const std::string& path);

}  // namespace tools
