// How suspicious a node finds the silence of its peers. A trace has that at suspicions only; here it is worked out
// again from the arrivals, for any moment: Hayashibara, Defago, Yared, Katayama: "The phi accrual failure detector",
// SRDS 2004, with the logistic tail that the program uses. For the eye: the program counts in whole microseconds.
import { duration } from './filters';
import { KIND } from './kinds';
import { type Trace } from './trace';

interface Timing {
  fixed: boolean;
  threshold: number;
  window: number;
  minStddev: number;
  pause: number;
  interval: number;
}

/** What one node has heard of one peer, and whom it suspected when. Times are nanoseconds. */
export interface Hearing {
  peer: number;
  /** Of each message; with it the mean and the deviation of the gaps between heartbeats from then on. */
  at: number[];
  mean: number[];
  stddev: number[];
  /** Spans in which the peer was suspected. */
  suspected: { from: number; to: number }[];
}

export interface Course {
  timing: Timing;
  peers: Hearing[];
  /** Spans in which the node itself did not run. */
  asleep: { from: number; to: number }[];
}

export function timingOf(trace: Trace): Timing {
  const t = trace.header.config.timing ?? {};
  const fixed = t.detector === 'fixed';
  return {
    fixed,
    threshold: fixed ? duration(t.fixed_timeout ?? '3s') / 1e9 : (t.phi_threshold ?? 8),
    window: t.phi_window ?? 200,
    minStddev: duration(t.phi_min_stddev ?? '100ms'),
    pause: duration(t.phi_acceptable_pause ?? '1s'),
    interval: duration(t.heartbeat_interval ?? '500ms'),
  };
}

/** The recent gaps, from two invented ones on, so that mean and deviation exist at once. */
class Gaps {
  #gaps: number[];
  #sum = 0;
  #squares = 0;
  last = NaN;
  constructor(expected: number) {
    this.#gaps = [];
    this.add(expected * 0.75, 2);
    this.add(expected * 1.25, 2);
  }
  add(gap: number, window: number): void {
    this.#gaps.push(gap);
    this.#sum += gap;
    this.#squares += gap * gap;
    if (this.#gaps.length <= window) return;
    const oldest = this.#gaps.shift()!;
    this.#sum -= oldest;
    this.#squares -= oldest * oldest;
  }
  get mean(): number {
    return this.#sum / this.#gaps.length;
  }
  get stddev(): number {
    return Math.sqrt(Math.max(0, this.#squares / this.#gaps.length - this.mean ** 2));
  }
}

/** One pass over the trace, for all peers of `node`. */
export function courseOf(trace: Trace, node: number): Course {
  const timing = timingOf(trace);
  const heartbeat = trace.labels.indexOf('HEARTBEAT');
  const peers: Hearing[] = trace.nodes.map((_, peer) => ({ peer, at: [], mean: [], stddev: [], suspected: [] }));
  let gaps = peers.map(() => new Gaps(timing.interval));
  const asleep: Course['asleep'] = [];
  for (let i = 0; i < trace.size; ++i) {
    if (trace.node[i] !== node) continue;
    const kind = trace.kind[i]!;
    const at = trace.at[i]!;
    if (kind === KIND.start || kind === KIND.restart) gaps = begin(peers, timing, at);
    if (kind === KIND.crash || kind === KIND.pause) fallAsleep(asleep, peers, at, trace.until);
    else if (kind === KIND.restart || kind === KIND.resume) wake(asleep, gaps, at);
    const peer = trace.peer[i]!;
    if (peer < 0) continue;
    const one = peers[peer]!;
    if (kind === KIND.suspect) {
      one.suspected.push({ from: at, to: trace.until });
      gaps[peer]!.last = NaN;
    } else if (kind === KIND.trust) {
      endLast(one.suspected, at);
    } else if (kind === KIND.recv) {
      hear(one, gaps[peer]!, timing, at, trace.label[i] === heartbeat);
    }
  }
  return { timing, peers: peers.filter(({ peer }) => peer !== node), asleep };
}

function begin(peers: Hearing[], timing: Timing, at: number): Gaps[] {
  const gaps = peers.map(() => new Gaps(timing.interval));
  peers.forEach((one, i) => note(one, gaps[i]!, at));
  return gaps;
}

function note(one: Hearing, gaps: Gaps, at: number): void {
  one.at.push(at);
  one.mean.push(gaps.mean);
  one.stddev.push(gaps.stddev);
}

/** Any message is a sign of life; only gaps between heartbeats are learnt, and none so long that it was an outage. */
function hear(one: Hearing, gaps: Gaps, timing: Timing, at: number, heartbeat: boolean): void {
  if (heartbeat) {
    const gap = at - gaps.last;
    if (gap < timing.interval + timing.pause + 6 * Math.max(timing.minStddev, timing.interval / 4))
      gaps.add(gap, timing.window);
    gaps.last = at;
  }
  note(one, gaps, at);
}

function endLast(spans: { from: number; to: number }[], at: number): void {
  const last = spans[spans.length - 1];
  if (last !== undefined) last.to = Math.min(last.to, at);
}

function fallAsleep(asleep: Course['asleep'], peers: Hearing[], at: number, until: number): void {
  asleep.push({ from: at, to: until });
  for (const one of peers) endLast(one.suspected, at);
}

function wake(asleep: Course['asleep'], gaps: Gaps[], at: number): void {
  endLast(asleep, at);
  for (const one of gaps) one.last = NaN;
}

/** φ at a moment, or with a fixed timeout the seconds of silence. */
function suspicion(one: Hearing, timing: Timing, last: number, at: number): number {
  const silence = at - one.at[last]!;
  if (timing.fixed) return silence / 1e9;
  const y = (silence - one.mean[last]! - timing.pause) / Math.max(one.stddev[last]!, timing.minStddev);
  const s = y * (1.5976 + 0.070566 * y * y);
  return (s > 0 ? s + Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s))) / Math.LN10;
}

/** The highest suspicion in each of `columns` equal parts of a span; null where the node did not run. */
export function curve(course: Course, one: Hearing, from: number, to: number, columns: number): (number | null)[] {
  const step = (to - from) / columns;
  let next = one.at.findIndex((at) => at >= from);
  if (next < 0) next = one.at.length;
  return Array.from({ length: columns }, (_, column) => {
    const end = from + (column + 1) * step;
    let highest = 0;
    for (; next < one.at.length && one.at[next]! < end; ++next)
      if (next > 0) highest = Math.max(highest, suspicion(one, course.timing, next - 1, one.at[next]!));
    if (next === 0 || course.asleep.some((span) => span.from < end && span.to >= end)) return null;
    return Math.max(highest, suspicion(one, course.timing, next - 1, end));
  });
}
