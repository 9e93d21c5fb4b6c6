// What could have caused what (Lamport: "Time, clocks, and the ordering of events in a distributed system", CACM
// 1978): the records of a node follow one another, and a message is sent before it arrives.
import { KIND } from './kinds';
import { NOBODY, NOWHERE, type Trace } from './trace';

export const APART = 0;
export const PAST = 1;
export const FUTURE = 2;
export const SELF = 3;

/** The lane of a record that belongs to its node's own course; a drop does not: the receiver knows nothing of it. */
export function lane(trace: Trace, place: number): number {
  return trace.kind[place] === KIND.drop ? NOBODY : trace.node[place]!;
}

/** Where the message of a `recv` was sent; NOWHERE for all else. */
export function sentAt(trace: Trace, place: number): number {
  return trace.kind[place] === KIND.recv ? trace.partner[place]! : NOWHERE;
}

/** For each record how it stands to `place`: in its past, in its future, or apart from it. One pass each way. */
export function cone(trace: Trace, place: number): Uint8Array {
  const out = new Uint8Array(trace.size);
  const own = lane(trace, place);
  if (own === NOBODY) return out;
  const reached = new Uint8Array(trace.nodes.length);
  reached[own] = 1;
  for (let i = place; i >= 0; --i) {
    const node = lane(trace, i);
    if (node === NOBODY) continue;
    if (out[i] === PAST) reached[node] = 1; // a send whose message came into the past
    if (!reached[node]) continue;
    out[i] = PAST;
    const sent = sentAt(trace, i);
    if (sent !== NOWHERE) out[sent] = PAST;
  }
  reached.fill(0);
  reached[own] = 1;
  for (let i = place + 1; i < trace.size; ++i) {
    const node = lane(trace, i);
    if (node === NOBODY) continue;
    const sent = sentAt(trace, i);
    if (sent === place || (sent !== NOWHERE && out[sent] === FUTURE)) reached[node] = 1;
    if (reached[node]) out[i] = FUTURE;
  }
  out[place] = SELF;
  return out;
}
