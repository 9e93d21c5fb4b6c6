// The little language of the search box: `kind:deliver,order node:n3 type:ELECTION event:n1:4 seq:10..20 t:2s..5s`
// and plain words. A record passes if it passes every part; one of the values of a part is enough.
import { KIND, KINDS } from './kinds';
import { what } from './words';
import type { Trace } from './trace';

export interface Range {
  from: number;
  to: number;
}

export interface Query {
  kinds: string[];
  nodes: string[];
  types: string[];
  events: string[];
  seq: Range | null;
  epoch: Range | null;
  t: Range | null;
  words: string[];
  /** What was not understood, in words. */
  problems: string[];
}

const UNITS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

export function parse(text: string): Query {
  const query: Query = {
    kinds: [], nodes: [], types: [], events: [], seq: null, epoch: null, t: null, words: [], problems: [],
  };
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const [, key, value] = /^([a-z]+):(.*)$/.exec(part) ?? [];
    if (key === undefined || !take(query, key, value!)) query.words.push(part.toLowerCase());
  }
  return query;
}

/** False: this is no part of the language but a word, `n1:4` say. */
function take(query: Query, key: string, value: string): boolean {
  const values = value.split(',').filter(Boolean);
  const lists: Record<string, string[]> = {
    kind: query.kinds, node: query.nodes, type: query.types, event: query.events,
  };
  if (key in lists) {
    if (values.length === 0) query.problems.push(`“${key}:” wants a value after the colon.`);
    lists[key]!.push(...values);
    if (key === 'kind') checkKinds(query, values);
  } else if (key === 'seq' || key === 'epoch') {
    query[key] = range(query, `${key}:${value}`, value, number);
  } else if (key === 't') {
    query.t = range(query, `t:${value}`, value, duration);
  } else {
    return false;
  }
  return true;
}

function checkKinds(query: Query, values: string[]): void {
  const kinds = [...KINDS].sort().join(', ');
  for (const value of values)
    if (!(value in KIND)) query.problems.push(`There is no kind “${value}”. There are ${kinds}.`);
}

function range(query: Query, part: string, text: string, read: (text: string) => number): Range | null {
  const [from, to = from] = text.split('..') as [string, string?];
  const out = { from: from === '' ? -Infinity : read(from), to: to === '' ? Infinity : read(to!) };
  if (!Number.isNaN(out.from) && !Number.isNaN(out.to) && text !== '') return out;
  const like = part.startsWith('t:') ? 't:2s..5s, with units ns us ms s m h' : `${part.split(':')[0]}:10..20`;
  query.problems.push(`“${part}” is no range. Like this: ${like}.`);
  return null;
}

const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : NaN);

/** `1.5s` in nanoseconds; NaN if it is none. */
export function duration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([a-zµ]+)$/.exec(text) ?? [];
  return amount === undefined ? NaN : Number(amount) * (UNITS[unit!] ?? NaN);
}

/** 1 for each record that passes. */
export function matches(trace: Trace, query: Query): Uint8Array {
  const mask = new Uint8Array(trace.size).fill(1);
  const kinds = query.kinds.map((name) => KIND[name as keyof typeof KIND] ?? -1);
  keep(mask, trace.kind, kinds);
  keepEither(mask, trace, query.nodes.map((name) => trace.lane(name)));
  keep(mask, trace.label, numbers(trace.labels, query.types));
  keep(mask, trace.event, numbers(trace.events, query.events));
  keepRange(mask, trace.seq, query.seq);
  keepRange(mask, trace.epoch, query.epoch);
  keepRange(mask, trace.at, query.t);
  for (const word of query.words) keepWord(mask, trace, word);
  return mask;
}

/** Their numbers; one that no text has matches nothing. */
function numbers(all: string[], texts: string[]): number[] {
  return texts.map((text) => all.findIndex((known) => known.toLowerCase() === text.toLowerCase()));
}

type Column = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array;

function keep(mask: Uint8Array, column: Column, values: number[]): void {
  if (values.length === 0) return;
  const wanted = new Set(values);
  for (let i = 0; i < mask.length; ++i) if (mask[i] && !wanted.has(column[i]!)) mask[i] = 0;
}

/** Records of these nodes, and messages from or to them. */
function keepEither(mask: Uint8Array, trace: Trace, lanes: number[]): void {
  if (lanes.length === 0) return;
  const wanted = new Set(lanes.filter((lane) => lane >= 0));
  for (let i = 0; i < mask.length; ++i)
    if (mask[i] && !wanted.has(trace.node[i]!) && !wanted.has(trace.peer[i]!)) mask[i] = 0;
}

function keepRange(mask: Uint8Array, column: Column, range: Range | null): void {
  if (range === null) return;
  for (let i = 0; i < mask.length; ++i) if (column[i]! < range.from || column[i]! > range.to) mask[i] = 0;
}

/** The texts of columns are looked up once each; only what is rare is put into words. */
function keepWord(mask: Uint8Array, trace: Trace, word: string): void {
  const has = (text: string) => (text.toLowerCase().includes(word) ? 1 : 0);
  const label = Uint8Array.from(trace.labels, has);
  const event = Uint8Array.from(trace.events, has);
  const node = Uint8Array.from(trace.nodes, has);
  const kind = Uint8Array.from(KINDS, has);
  for (let i = 0; i < mask.length; ++i) {
    if (!mask[i] || label[trace.label[i]!] || event[trace.event[i]!] || kind[trace.kind[i]!]) continue;
    if (node[trace.node[i]!] || node[trace.peer[i]!]) continue;
    const rare = trace.rare.get(i);
    if (rare === undefined || !has(`${what(trace, i)} ${JSON.stringify(rare)}`)) mask[i] = 0;
  }
}

/** Takes heartbeats out. */
export function hideHeartbeats(mask: Uint8Array, trace: Trace): void {
  const heartbeat = trace.labels.indexOf('HEARTBEAT');
  for (let i = 0; i < mask.length; ++i)
    if (trace.label[i] === heartbeat && trace.kind[i]! >= KIND.send && trace.kind[i]! <= KIND.drop) mask[i] = 0;
}

/** Takes out what happens at these lanes, and messages from and to them. */
export function hideNodes(mask: Uint8Array, trace: Trace, hidden: ReadonlySet<number>): void {
  if (hidden.size === 0) return;
  for (let i = 0; i < mask.length; ++i) {
    const message = trace.kind[i]! >= KIND.send && trace.kind[i]! <= KIND.drop;
    if (hidden.has(trace.node[i]!) || (message && hidden.has(trace.peer[i]!))) mask[i] = 0;
  }
}
