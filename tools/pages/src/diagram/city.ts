// What the city saw: the colours of its lamps, and what its ambulances did.
import { KIND } from '../trace/kinds';
import type { Trace } from '../trace/trace';

export interface LampSpan {
  place: number;
  /** Where it ends on the axis: a record, or a time between two records. */
  to: number;
  until: number | null;
  colour: string;
}

export interface Lamp {
  intersection: string;
  approach: string;
  spans: LampSpan[];
}

export interface CallStep {
  place: number;
  step: string;
}

/** One crash, from its report, with the ambulance that served it. */
export interface Call {
  crash: string;
  ambulance: string;
  from: number;
  to: number;
  steps: CallStep[];
}

/** Those that may be green together stand together. */
const OPPOSITE = ['north', 'south', 'east', 'west'];
const WAITING = '';
const LAST = new Set(['completed', 'released']);

/** Sorted by intersection, then approach. */
export function readLamps(trace: Trace): Lamp[] {
  const lamps = new Map<string, Lamp>();
  for (const [place, fields] of trace.rare) {
    if (trace.kind[place] !== KIND.light) continue;
    const intersection = String(fields.intersection);
    const approach = String(fields.approach);
    const key = `${intersection} ${approach}`;
    const lamp = lamps.get(key) ?? { intersection, approach, spans: [] };
    lamps.set(key, lamp);
    const last = lamp.spans.at(-1);
    if (last !== undefined) last.to = place;
    const until = typeof fields.until === 'number' ? fields.until : null;
    lamp.spans.push({ place, to: trace.size, until, colour: String(fields.colour) });
  }
  const order = new Intl.Collator('en', { numeric: true });
  const name = (lamp: Lamp): string => `${lamp.intersection} ${OPPOSITE.indexOf(lamp.approach)} ${lamp.approach}`;
  return [...lamps.values()].sort((a, b) => order.compare(name(a), name(b)));
}

/** The nodes tell of each step one after another; the first that does so counts. Waiting crashes have no ambulance. */
export function readCalls(trace: Trace): Call[] {
  const calls: Call[] = [];
  const open = new Map<string, Call>();
  const seen = new Set<string>();
  for (const [place, fields] of trace.rare) {
    if (trace.kind[place] !== KIND.dispatch) continue;
    const crash = String(fields.crash);
    const step = String(fields.step);
    const ambulance = typeof fields.ambulance === 'string' ? fields.ambulance : WAITING;
    const before = open.get(crash);
    const known = `${crash} ${ambulance} ${step}`;
    if (seen.has(known)) continue;
    seen.add(known);
    if (before !== undefined && before.ambulance === ambulance) {
      before.steps.push({ place, step });
      if (LAST.has(step)) before.to = place;
      continue;
    }
    if (before !== undefined && before.to === trace.size) before.to = place;
    if (before === undefined && LAST.has(step)) continue;
    const call = { crash, ambulance, from: place, to: trace.size, steps: [{ place, step }] };
    open.set(crash, call);
    calls.push(call);
  }
  return calls;
}

export function isWaiting(call: Call): boolean {
  return call.ambulance === WAITING;
}
