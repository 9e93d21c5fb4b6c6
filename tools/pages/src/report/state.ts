// What the page shows now. Parts of the page read these signals and set them; none calls another.
import { computed, signal } from '@preact/signals';
import { cone } from '../trace/causes';
import { KIND } from '../trace/kinds';
import { NOWHERE, type Trace } from '../trace/trace';
import type { Account } from './account';

export type Axis = 'time' | 'rank';

/** What the diagram shows, on its axis: nanoseconds (time), or places among the shown records (rank). */
export interface Window {
  from: number;
  to: number;
}

export const account = signal<Account | null>(null);
export const traces = signal<Trace[]>([]);
/** Which of the traces is looked at. */
export const current = signal(0);
export const trace = computed<Trace | null>(() => traces.value[current.value] ?? null);

export const axis = signal<Axis>('time');
export const view = signal<Window>({ from: 0, to: 1 });
/** Places; NOWHERE: none. */
export const selected = signal(NOWHERE);
export const hovered = signal(NOWHERE);
/** A causal chain that is to be seen, ascending; of a violation, or between two records. */
export const chain = signal<readonly number[]>([]);

export const showHeartbeats = signal(false);

/** 1 for each record that passes the filters. */
export const shown = computed<Uint8Array>(() => {
  const all = trace.value;
  if (all === null) return new Uint8Array(0);
  const mask = new Uint8Array(all.size).fill(1);
  if (showHeartbeats.value) return mask;
  const heartbeat = all.labels.findIndex((label) => label === 'HEARTBEAT');
  for (let i = 0; i < all.size; ++i) {
    const message = all.kind[i] === KIND.send || all.kind[i] === KIND.recv || all.kind[i] === KIND.drop;
    if (message && all.label[i] === heartbeat) mask[i] = 0;
  }
  return mask;
});

/** How each record stands to the selected one (APART, PAST, FUTURE, SELF); null: none is selected. */
export const causes = computed<Uint8Array | null>(() =>
  trace.value === null || selected.value === NOWHERE ? null : cone(trace.value, selected.value),
);
