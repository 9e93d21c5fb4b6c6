// Moves the view to records: no further than shows them, and not at all if they are in sight.
import { inside, stopGliding } from '../diagram/moves';
import { scale } from '../diagram/scale';
import { NOWHERE } from '../trace/trace';
import { axis, chain, selected, trace, view, type Window } from './state';

const AIR = 1.16; // of the span of what is framed
const LEAST = { time: 4e6, rank: 24 };

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
export function frame(places: readonly number[], least = LEAST[axis.value]): void {
  if (places.length === 0) return;
  const low = scale.value!.of(Math.min(...places));
  const high = scale.value!.of(Math.max(...places));
  const half = Math.max((high - low) * AIR, least) / 2;
  look({ from: (low + high) / 2 - half, to: (low + high) / 2 + half });
}

export function showChain(places: readonly number[]): void {
  chain.value = places;
  frame(places);
}

/** Between time and order; what was at the edges of the view stays there. */
export function switchAxis(): void {
  const all = trace.value!;
  const { from, to } = view.value;
  const ends = [scale.value!.first(from), Math.min(scale.value!.first(to), all.size - 1)] as const;
  const whole = from <= 0 && to >= scale.value!.end;
  axis.value = axis.value === 'time' ? 'rank' : 'time';
  look(whole ? { from: 0, to: scale.value!.end } : { from: scale.value!.of(ends[0]), to: scale.value!.of(ends[1]) });
}
