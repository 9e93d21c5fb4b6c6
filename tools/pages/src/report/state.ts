// What the page shows now. Parts of the page read these signals and set them; none calls another.
import { computed, signal } from '@preact/signals';
import { cone, lane } from '../trace/causes';
import { parting } from '../trace/compare';
import { hideHeartbeats, hideNodes, matches, parse } from '../trace/filters';
import { KIND } from '../trace/kinds';
import { NOBODY, NOWHERE, type Trace } from '../trace/trace';
import type { Account } from './account';

export type Axis = 'time' | 'rank';
export type Theme = 'auto' | 'light' | 'dark';
export type Tab = 'events' | 'phi' | 'compare';

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
/** The record from which "why?" starts. */
export const pinned = signal(NOWHERE);
/** A causal chain that is to be seen, ascending; of a violation, or between two records. */
export const chain = signal<readonly number[]>([]);
/** The number of the violation whose card is open; NOWHERE: none. */
export const openCard = signal(NOWHERE);

export const showHeartbeats = signal(false);
export const hiddenNodes = signal<ReadonlySet<number>>(new Set());
/** What stands in the search box. */
export const query = signal('');
/** Whether what does not match is hidden, or only passed over by the steps from hit to hit. */
export const onlyMatches = signal(true);

export const theme = signal<Theme>('auto');
export const tab = signal<Tab>('events');
export const helpOpen = signal(false);
export const playing = signal(false);
/** Records a second. */
export const speed = signal(4);
/** A short message to the reader, of what has just been done. */
export const notice = signal('');

/** The first place where the two traces differ; NOWHERE: they do not, or there is one only. */
export const partedAt = computed(() => {
  const [a, b] = traces.value;
  return a === undefined || b === undefined ? NOWHERE : parting(a, b);
});

export const parsed = computed(() => parse(query.value));

/** 1 for each record that matches the search box. */
export const hits = computed<Uint8Array>(() =>
  trace.value === null ? new Uint8Array(0) : matches(trace.value, parsed.value),
);

/** 1 for each record that passes the filters. */
export const shown = computed<Uint8Array>(() => {
  const all = trace.value;
  if (all === null) return new Uint8Array(0);
  const mask = onlyMatches.value ? hits.value.slice() : new Uint8Array(all.size).fill(1);
  if (!showHeartbeats.value) hideHeartbeats(mask, all);
  hideNodes(mask, all, hiddenNodes.value);
  return mask;
});

/** The shown records, ascending. */
export const places = computed<Int32Array>(() => {
  const mask = shown.value;
  const out = new Int32Array(mask.length);
  let size = 0;
  for (let i = 0; i < mask.length; ++i) if (mask[i]) out[size++] = i;
  return out.subarray(0, size);
});

/**
 * How each record stands to the selected one (APART, PAST, FUTURE, SELF); to its sending, if that is a message that was
 * lost. null: none is selected, or one that is no node's.
 */
export const causes = computed<Uint8Array | null>(() => {
  const all = trace.value;
  if (all === null || selected.value === NOWHERE) return null;
  const place = all.kind[selected.value] === KIND.drop ? all.partner[selected.value]! : selected.value;
  return place === NOWHERE || lane(all, place) === NOBODY ? null : cone(all, place);
});
