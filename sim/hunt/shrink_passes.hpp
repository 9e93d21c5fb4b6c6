// The ways in which a scenario is made smaller, one function each: it takes from `search` all that it finds.
#pragma once

#include "sim/hunt/shrink_search.hpp"

namespace sim {

void expect_no_more(Search& search);         // `expect` as it is when nothing is said
void cut_duration(Search& search);           // on round times
void leave_out_parts(Search& search);        // loads, faults, membership changes, events and fates, many at once first
void leave_out_pairs(Search& search);        // what goes only together, such as a crash and its restart
void strike_at_times(Search& search);        // faults that wait for a record
void leave_out_and_recount(Search& search);  // a part, and the messages that it no longer sends are not counted
void leave_out_nodes(Search& search);
void thin_loads(Search& search);      // shorter and rarer, at last as single events
void simplify_group(Search& search);  // settings, timing, names and ids as when nothing is said
void simplify_network(Search& search);
void simplify_faults(Search& search);  // fewer targets, fewer keys, simpler kinds
void join_faults(Search& search);      // two that are one for the reader
void simplify_events(Search& search);  // sizes, causes
void shorten_gaps(Search& search);     // less time between two moments
void round_times(Search& search);

}  // namespace sim
