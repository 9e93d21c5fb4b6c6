// The ways in which a scenario is made smaller, one function each: it takes from `search` all that it finds.
#pragma once

#include "sim/hunt/shrink_search.hpp"

namespace sim {

void expect_no_more(ShrinkSearch& search);   // `expect` as it is when nothing is said
void cut_duration(ShrinkSearch& search);     // on round times
void leave_out_parts(ShrinkSearch& search);  // loads, faults, membership changes, events and fates, many at once first
void leave_out_steps(ShrinkSearch& search);
void leave_out_pairs(ShrinkSearch& search);        // what goes only together, such as a crash and its restart
void strike_at_times(ShrinkSearch& search);        // faults that wait for a record
void leave_out_and_recount(ShrinkSearch& search);  // a part, and the messages that it no longer sends are not counted
void leave_out_nodes(ShrinkSearch& search);
void thin_loads(ShrinkSearch& search);       // shorter and rarer, at last as single events
void thin_dispatch(ShrinkSearch& search);    // fewer clients, fewer crashes, times as usual
void simplify_group(ShrinkSearch& search);   // settings, timing, names and ids as when nothing is said
void simplify_lights(ShrinkSearch& search);  // fewer crossings, and the plan as when nothing is said
void simplify_network(ShrinkSearch& search);
void simplify_faults(ShrinkSearch& search);  // fewer targets, fewer keys, simpler kinds
void join_faults(ShrinkSearch& search);      // two that are one for the reader
void simplify_events(ShrinkSearch& search);  // sizes, causes
void shorten_gaps(ShrinkSearch& search);     // less time between two moments
void round_times(ShrinkSearch& search);

}  // namespace sim
