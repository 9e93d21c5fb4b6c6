// Replays a protocol story: paragraphs of commands, each followed by what was seen under a line "----".
//
//   # A comment.
//   group 3 quorum=none takeover=never ranks=0,5,0   a new group n1, n2, n3; the options may be left out:
//           joiners=1 snapshots=5                    the last has no vote at first; a snapshot every 5 entries
//   start n1 n2 | crash n3 | crash n3 before ORDER   processes; without names: all. "before": in the midst of the
//                                                    next step that sends such a message
//   forget n1 | leave n2                             n1 ends and starts again without memory; n2 is asked to leave
//   detect n1 3s                                     n1 will start with another fixed_timeout than all others
//   run 500ms | settle                               lets time pass, or runs until a leader is trusted by all
//   lose n1>n3 ORDER ACK | hold n1-n3                from now on such messages are lost or held back (without types:
//                                                    all); links are one-way (>) or two-way (-), * is everybody
//   pass | open                                      ends all that; open also lets go what is held
//   break n1>n3                                      n1 sees its connection to n3 break
//   submit n2 n1:1 n3:2                              n2 gives an event to the group that depends on these
//   state                                            prints the nodes
//   show HEARTBEAT | hide disk role                  words to print or not: message types, fact kinds, "disk"
//   quiet | loud                                     prints nothing at all, or again
#pragma once

#include <string>

namespace tests {

// The same text with what is seen now. Throws std::runtime_error for a command that it does not understand.
std::string replay(const std::string& text);

}  // namespace tests
