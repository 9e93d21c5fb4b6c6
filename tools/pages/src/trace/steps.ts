// From one record to another.
import { NOWHERE, type Trace } from './trace';

export type Way = 1 | -1;

/** The nearest place past `from` in this direction that passes; NOWHERE at the end. */
export function onward(trace: Trace, from: number, way: Way, passes: (place: number) => boolean): number {
  for (let i = from + way; i >= 0 && i < trace.size; i += way) if (passes(i)) return i;
  return NOWHERE;
}

/** Of those that pass, the one that is nearest in time to `from`. */
export function nearest(trace: Trace, from: number, passes: (place: number) => boolean): number {
  const before = onward(trace, from, -1, passes);
  const after = onward(trace, from, 1, passes);
  if (before === NOWHERE || after === NOWHERE) return Math.max(before, after);
  return trace.at[from]! - trace.at[before]! <= trace.at[after]! - trace.at[from]! ? before : after;
}
