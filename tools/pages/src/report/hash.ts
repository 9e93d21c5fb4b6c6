// What is looked at, in the address: a link opens the page just so, from a disk too.
import { batch, effect } from '@preact/signals';
import { NOWHERE } from '../trace/trace';
import {
  axis, chain, current, hiddenNodes, onlyMatches, openCard, pinned, query, selected, showHeartbeats, tab, theme, trace,
  traces, view, type Tab, type Theme,
} from './state';

const LATER = 250; // ms: browsers mind addresses that change too often

/** Only what differs from a page that was just opened. */
export function written(): string {
  const all = trace.value!;
  const { from, to } = view.value;
  const parts: [string, string | false][] = [
    ['run', current.value > 0 && 'AB'[current.value]!],
    ['axis', axis.value === 'rank' && 'order'],
    ['view', `${round(from)}..${round(to)}`],
    ['record', selected.value !== NOWHERE && String(selected.value)],
    ['pin', pinned.value !== NOWHERE && String(pinned.value)],
    ['chain', chain.value.length > 0 && chain.value.join('.')],
    ['card', openCard.value !== NOWHERE && String(openCard.value)],
    ['find', query.value.trim() !== '' && query.value.trim()],
    ['all', !onlyMatches.value && '1'],
    ['heartbeats', showHeartbeats.value && '1'],
    ['hide', hiddenNodes.value.size > 0 && [...hiddenNodes.value].map((lane) => all.nodes[lane]).join(',')],
    ['tab', tab.value !== 'events' && tab.value],
    ['theme', theme.value !== 'auto' && theme.value],
  ];
  const told = parts.filter((part): part is [string, string] => part[1] !== false);
  return told.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%(3A|2C|20)/g, readable)}`).join('&');
}

const readable = (code: string) => ({ '%3A': ':', '%2C': ',', '%20': '+' })[code]!;
const round = (value: number) => Number(value.toFixed(axis.value === 'time' ? 0 : 1));

/** False: the address says nothing. What it says wrongly, of another trace say, is passed over. */
export function restore(hash: string): boolean {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  if ([...said.keys()].length === 0) return false;
  batch(() => {
    current.value = said.get('run') === 'B' && traces.value.length > 1 ? 1 : 0;
    axis.value = said.get('axis') === 'order' ? 'rank' : 'time';
    query.value = said.get('find') ?? '';
    onlyMatches.value = said.get('all') !== '1';
    showHeartbeats.value = said.get('heartbeats') === '1';
    const lanes = (said.get('hide') ?? '').split(',').map((name) => trace.value!.lane(name));
    hiddenNodes.value = new Set(lanes.filter((lane) => lane >= 0));
    selected.value = place(said.get('record'));
    pinned.value = place(said.get('pin'));
    chain.value = (said.get('chain') ?? '').split('.').map(place).filter((at) => at !== NOWHERE);
    openCard.value = Number(said.get('card') ?? NOWHERE);
    tab.value = oneOf<Tab>(said.get('tab'), ['events', 'phi', 'compare']);
    theme.value = oneOf<Theme>(said.get('theme'), ['auto', 'light', 'dark']);
    const [from, to] = (said.get('view') ?? '').split('..').map(Number);
    if (to !== undefined && to > from!) view.value = { from: from!, to };
  });
  return true;
}

function place(text: string | null): number {
  const at = Number(text || NOWHERE);
  return Number.isInteger(at) && at >= 0 && at < trace.value!.size ? at : NOWHERE;
}

function oneOf<T extends string>(text: string | null, values: [T, ...T[]]): T {
  return values.find((value) => value === text) ?? values[0];
}

/** Keeps the address true, and follows it when somebody changes it. */
export function keepAddress(): void {
  let timer = 0;
  effect(() => {
    const hash = `#${written()}`;
    clearTimeout(timer);
    timer = window.setTimeout(() => hash !== location.hash && history.replaceState(null, '', hash), LATER);
  });
  addEventListener('hashchange', () => restore(location.hash));
}
