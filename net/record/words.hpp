// What goes into a node and comes out of it, in words.
#pragma once

#include <string>

#include "core/group/config.hpp"
#include "core/node/effects.hpp"
#include "net/record/recorded.hpp"

namespace net {

std::string in_words(const core::Config& config, const Input& input);
// "the message ACK to n2"; "the record `deliver` 17 n1:5".
std::string in_words(const core::Config& config, core::Effects& made, const core::Effect& effect);
// As far as a recording knows: "a message ACK".
std::string in_words(const Mark& mark);

// "and breaks off there"; "" if there is nothing to say.
std::string in_words(Ending ending);

}  // namespace net
