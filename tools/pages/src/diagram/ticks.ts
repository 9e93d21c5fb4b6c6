// Times that people can read, and where the lines of the grid stand.
import { scaleLinear } from 'd3-scale';
import type { Axis, Window } from '../report/state';

const SECOND = 1e9;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps of clocks, above those of ten. */
const CLOCK = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);

const UNITS: [number, string][] = [
  [1, 'ns'],
  [1e3, 'µs'],
  [1e6, 'ms'],
  [SECOND, 's'],
];

export interface Ticks {
  values: number[];
  /** What all labels are counted from, if it is not the start of the run: `11.912 s +`. */
  anchor: string;
  label: (value: number) => string;
}

export function ticksOf(sort: Axis, { from, to }: Window, count: number): Ticks {
  if (sort === 'rank') {
    const values = scaleLinear([from, to], [0, 1]).ticks(count).filter(Number.isInteger);
    return { values, anchor: '', label: (value) => value.toLocaleString('en') };
  }
  const values = timeValues(from, to, count);
  const step = values.length > 1 ? values[1]! - values[0]! : to - from;
  if (step >= 1e6) return { values, anchor: '', label: (value) => duration(value, step) };
  const [large, unit] = step >= 1e3 ? [1e6, 1e3] : [1e3, 1];
  const anchor = Math.floor(from / large) * large;
  const near = (value: number): string => `${trim((value - anchor) / unit, 0)} ${unit === 1 ? 'ns' : 'µs'}`;
  return { values, anchor: anchor === 0 ? '' : `${exact(anchor)} +`, label: near };
}

function timeValues(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count;
  const clock = rough < 40 * SECOND ? undefined : CLOCK.find((step) => step >= rough);
  if (clock === undefined) return scaleLinear([from, to], [0, 1]).ticks(count).filter(Number.isInteger);
  const values: number[] = [];
  for (let at = Math.ceil(from / clock) * clock; at <= to; at += clock) values.push(at);
  return values;
}

/** `12 s`, `1:30 min`, `2:00 h`: no finer than `step`. */
function duration(at: number, step: number): string {
  if (step >= MINUTE && at >= HOUR) return `${Math.floor(at / HOUR)}:${two((at % HOUR) / MINUTE)} h`;
  if (step >= MINUTE) return `${trim(at / MINUTE, 0)} min`;
  return step >= SECOND ? `${trim(at / SECOND, 0)} s` : `${trim(at / SECOND, step >= 1e8 ? 1 : step >= 1e7 ? 2 : 3)} s`;
}

/** A time to the nanosecond, in groups of three digits: `11.912 875 533 s`. */
export function exact(at: number): string {
  const whole = Math.floor(at / SECOND);
  const rest = String(Math.round(at % SECOND)).padStart(9, '0');
  const groups = [rest.slice(0, 3), rest.slice(3, 6), rest.slice(6)];
  while (groups.length > 1 && groups.at(-1) === '000') groups.pop();
  return `${whole.toLocaleString('en')}.${groups.join('\u202f')} s`;
}

/** A span in its own unit, with three digits: `2.56 ms`. */
export function rough(span: number): string {
  if (span >= MINUTE) return duration(span, MINUTE);
  const [size, name] = UNITS.findLast(([unit]) => span >= unit) ?? UNITS[0]!;
  return `${Number((span / size).toPrecision(3))} ${name}`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits);
}
function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
