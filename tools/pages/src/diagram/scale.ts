// Where records lie on the horizontal axis: at their time, or at their place among the records that are shown.
import { computed } from '@preact/signals';
import { axis, shown, trace, type Axis } from '../report/state';
import type { Trace } from '../trace/trace';

export class Scale {
  /** Of each place, ascending. */
  readonly values: Float64Array;
  readonly end: number;

  constructor(readonly sort: Axis, trace: Trace, shown: Uint8Array) {
    this.values = sort === 'time' ? trace.at.subarray(0, trace.size) : ranks(trace.size, shown);
    this.end = sort === 'time' ? trace.until : Math.max(1, rankCount(this.values, shown));
  }

  /** Of a place; of the end of the run, if there is no such record. */
  of(place: number): number {
    return place < this.values.length ? this.values[place]! : this.end;
  }

  /** The first place whose value is at least `value`; the number of records, if there is none. */
  first(value: number): number {
    let low = 0;
    let high = this.values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A hidden record stands at the edge between its shown neighbours, a shown one in the middle of its own place. */
function ranks(size: number, shown: Uint8Array): Float64Array {
  const values = new Float64Array(size);
  let before = 0;
  for (let i = 0; i < size; ++i) {
    values[i] = shown[i] ? before + 0.5 : before;
    before += shown[i]!;
  }
  return values;
}

function rankCount(values: Float64Array, shown: Uint8Array): number {
  const last = values.length - 1;
  return last < 0 ? 0 : Math.ceil(values[last]! + (shown[last] ? 0.5 : 0));
}

export const scale = computed<Scale | null>(() =>
  trace.value === null ? null : new Scale(axis.value, trace.value, shown.value),
);
