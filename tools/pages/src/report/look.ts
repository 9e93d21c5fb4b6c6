// Moves the view to records: no further than shows them, and not at all if they are in sight.
import { inside, stopGliding } from '../diagram/moves';
import { scale } from '../diagram/scale';
import { NOWHERE } from '../trace/trace';
import { rank } from './rank';
import {
  axis, chain, current, hiddenNodes, openCard, partedAt, pinned, places, query, selected, showHeartbeats, shown, trace,
  traces, view, type Window,
} from './state';

const AIR = 1.16; // of the span of what is framed
const LEAST = { time: 1e3, rank: 24 };
const AROUND = 14; // shown records on either side of a single one

function look(wanted: Window): void {
  stopGliding();
  view.value = inside(scale.value!, wanted);
}

/** Selects a record and brings it into sight; the width of the view stays. */
export function select(place: number): void {
  selected.value = place;
  if (place === NOWHERE) return;
  const { from, to } = view.value;
  const x = scale.value!.of(place);
  const margin = (to - from) * 0.03;
  if (x >= from + margin && x <= to - margin) return;
  look({ from: x - (to - from) / 2, to: x + (to - from) / 2 });
}

/** Zooms so that all of these are in sight, with some air around; a single one gets its neighbourhood. */
export function frame(at: readonly number[]): void {
  if (at.length === 0) return;
  const [first, last] = at.length > 1 ? [Math.min(...at), Math.max(...at)] : neighbours(at[0]!);
  const low = scale.value!.of(first);
  const high = scale.value!.of(last);
  const half = Math.max((high - low) * AIR, LEAST[axis.value]) / 2;
  look({ from: (low + high) / 2 - half, to: (low + high) / 2 + half });
}

function neighbours(place: number): [number, number] {
  const all = places.value;
  const at = rank(place);
  const near = (i: number) => all[Math.max(0, Math.min(i, all.length - 1))] ?? place;
  return [Math.min(place, near(at - AROUND)), Math.max(place, near(at + AROUND))];
}

export function showChain(at: readonly number[]): void {
  chain.value = at;
  frame(at);
}

/** Looks at the other trace, at the same time. Places of one mean nothing in the other, but where the two part. */
export function lookAt(number: number): void {
  if (number === current.value) return;
  const parted = selected.value !== NOWHERE && selected.value === partedAt.value;
  const same = view.value;
  selected.value = pinned.value = openCard.value = NOWHERE;
  chain.value = [];
  hiddenNodes.value = new Set();
  current.value = number;
  look(same);
  if (parted && partedAt.value < trace.value!.size) select(partedAt.value);
}

/** Selects a record of one of the traces, with what is around it in sight, filters or not. */
export function visit(number: number, place: number): void {
  lookAt(number);
  if (place === NOWHERE || place >= traces.value[number]!.size) return;
  if (!shown.value[place]) {
    query.value = '';
    showHeartbeats.value = true;
  }
  frame([place]);
  select(place);
}

/** Between time and order; the diagram keeps the same records in sight. */
export function switchAxis(): void {
  axis.value = axis.value === 'time' ? 'rank' : 'time';
}
