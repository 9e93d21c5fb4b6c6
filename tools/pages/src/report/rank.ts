// Where a place stands among the shown records.
import { places } from './state';

/** How many of the shown records come before it. */
export function rank(place: number): number {
  const all = places.value;
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
