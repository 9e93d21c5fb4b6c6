// Causal chains: how one record could come to cause another, and why a record is there at all.
import { lane, sentAt } from './causes';
import { KIND } from './kinds';
import { NOBODY, NOWHERE, type Trace } from './trace';

const STEPS = 2 ** 32; // a message weighs more than all records of a node together

/**
 * The causal path with the fewest messages, then the fewest records, as its turns: `from`, what was sent and
 * received on the way, `to`. Empty if `from` cannot have caused `to`. Places ascend along every cause, so one
 * pass over the records between them is enough.
 */
export function path(trace: Trace, from: number, to: number): number[] {
  const own = lane(trace, from);
  if (from > to || own === NOBODY || lane(trace, to) === NOBODY) return [];
  const cost = new Float64Array(to - from + 1).fill(Infinity);
  const before = new Int32Array(to - from + 1).fill(NOWHERE);
  const last = new Int32Array(trace.nodes.length).fill(NOWHERE);
  cost[0] = 0;
  last[own] = from;
  for (let i = from + 1; i <= to; ++i) {
    const node = lane(trace, i);
    if (node === NOBODY) continue;
    const previous = last[node]!;
    if (previous !== NOWHERE) {
      cost[i - from] = cost[previous - from]! + 1;
      before[i - from] = previous;
    }
    const sent = sentAt(trace, i);
    if (sent >= from && cost[sent - from]! + STEPS < cost[i - from]!) {
      cost[i - from] = cost[sent - from]! + STEPS;
      before[i - from] = sent;
    }
    if (before[i - from] !== NOWHERE) last[node] = i;
  }
  return cost[to - from] === Infinity ? [] : turns(trace, before, from, to);
}

function turns(trace: Trace, before: Int32Array, from: number, to: number): number[] {
  const out = [to];
  for (let i = to; i !== from; i = before[i - from]!) {
    const previous = before[i - from]!;
    if (sentAt(trace, i) !== previous) continue;
    if (out[out.length - 1] !== i) out.push(i);
    out.push(previous);
  }
  if (out[out.length - 1] !== from) out.push(from);
  return out.reverse();
}

/** Paths through all of these in their order; those that no path joins stand alone. Ascending, each once. */
export function through(trace: Trace, stations: readonly number[]): number[] {
  const all = new Set(stations);
  for (let i = 1; i < stations.length; ++i)
    for (const place of path(trace, stations[i - 1]!, stations[i]!)) all.add(place);
  return [...all].sort((a, b) => a - b);
}

/**
 * What joins these, given ascending: each with the one before it on its node, and with the sending of its message,
 * which may have been lost.
 */
export function hops(trace: Trace, places: readonly number[]): [number, number][] {
  const all = new Set(places);
  const last = new Map<number, number>();
  const out: [number, number][] = [];
  for (const place of places) {
    const node = lane(trace, place);
    const sent = trace.kind[place] === KIND.send ? NOWHERE : trace.partner[place]!;
    if (node !== NOBODY && last.has(node)) out.push([last.get(node)!, place]);
    if (all.has(sent)) out.push([sent, place]);
    last.set(node, place);
  }
  return out;
}

const FAR = 16; // handlings back, when nothing better ends the walk

/** Why a record is there: for an event from its submission on, else from message to message back to where it began. */
export function origin(trace: Trace, place: number): number[] {
  const stations = stationsOf(trace, place);
  if (trace.kind[place] === KIND.suspect) return lastHeard(trace, place);
  const first = stations[0]!;
  if (trace.kind[first] === KIND.submit) return through(trace, stations);
  return [...new Set([...triggers(trace, first), ...through(trace, stations)])].sort((a, b) => a - b);
}

function stationsOf(trace: Trace, place: number): number[] {
  const event = trace.event[place]!;
  const seq = trace.seq[place]!;
  const kind = trace.kind[place]!;
  const wanted = (i: number): boolean => {
    if (event !== 0) return trace.event[i] === event && (trace.kind[i] === KIND.submit || trace.kind[i] === KIND.order);
    return kind === KIND.commit && trace.kind[i] === KIND.order && trace.seq[i] === seq;
  };
  const out: number[] = [];
  for (let i = 0; i < place; ++i) if (wanted(i)) out.push(i);
  // A number that was given again, after a crash, say, counts from the last time that can have led here.
  const orders = out.filter((i) => trace.kind[i] === KIND.order && path(trace, i, place).length > 0);
  const submits = out.filter((i) => trace.kind[i] === KIND.submit);
  return [...submits.slice(0, 1), ...orders.slice(-1), place];
}

/** The last message of the peer that is suspected, and the silence after it. */
function lastHeard(trace: Trace, place: number): number[] {
  for (let i = place; i >= 0; --i)
    if (trace.kind[i] === KIND.recv && trace.node[i] === trace.node[place] && trace.peer[i] === trace.peer[place])
      return [sentAt(trace, i), i, place].filter((at) => at !== NOWHERE);
  return [place];
}

/** Back through what set each node to work: a message, else the timer or the command that has no cause in here. */
function triggers(trace: Trace, place: number): number[] {
  const out = [place];
  let i = place;
  for (let n = 0; n < FAR; ++n) {
    const received = trace.kind[i] === KIND.recv ? i : receivedFor(trace, i);
    const sent = received === NOWHERE ? NOWHERE : sentAt(trace, received);
    if (sent === NOWHERE) break;
    if (received !== i) out.push(received);
    out.push(sent);
    i = sent;
  }
  return out.reverse();
}

/** The message that its node handled when it wrote this record: the last one of that very instant. */
function receivedFor(trace: Trace, place: number): number {
  for (let i = place - 1; i >= 0 && trace.at[i] === trace.at[place]; --i)
    if (trace.node[i] === trace.node[place] && trace.kind[i] === KIND.recv) return i;
  return NOWHERE;
}
