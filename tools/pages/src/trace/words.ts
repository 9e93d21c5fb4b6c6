// Records in words, as the program tells them too.
import { KIND } from './kinds';
import { NOBODY, type Trace } from './trace';

/** Nanoseconds as seconds. */
export function clock(at: number, digits = 6): string {
  return `${(at / 1e9).toFixed(digits)} s`;
}

export function span(ns: number): string {
  if (ns < 1e3) return `${ns} ns`;
  if (ns < 1e6) return `${round(ns / 1e3)} µs`;
  if (ns < 1e9) return `${round(ns / 1e6)} ms`;
  return `${round(ns / 1e9)} s`;
}

const round = (value: number) => Number(value.toPrecision(4));

export function nameOf(trace: Trace, lane: number): string {
  return lane === NOBODY ? '' : trace.nodes[lane]!;
}

/** The column "what" of a table: short, and from the columns alone. */
export function what(trace: Trace, place: number): string {
  const peer = nameOf(trace, trace.peer[place]!);
  const label = trace.labelOf(place);
  const event = trace.events[trace.event[place]!]!;
  switch (trace.kind[place]) {
    case KIND.send:
      return `${label} → ${peer}`;
    case KIND.recv:
      return `${label} ← ${peer}`;
    case KIND.drop:
      return `${label} ← ${peer}, lost`;
    case KIND.leader:
      return peer === '' ? 'knows no leader' : `believes ${peer}`;
    case KIND.suspect:
    case KIND.trust:
    case KIND.refused:
      return peer;
    case KIND.light:
    case KIND.dispatch:
      return rareWhat(trace, place);
    default:
      return [event, label].filter((text) => text !== '' && text !== 'message').join(' ');
  }
}

function rareWhat(trace: Trace, place: number): string {
  const f = trace.rare.get(place)!;
  if (trace.kind[place] === KIND.light) return `${f.colour} for ${f.approach} of intersection ${f.intersection}`;
  return [`crash ${f.crash} ${f.step}`, f.ambulance, f.hospital].filter(Boolean).join(', ').replaceAll('_', ' ');
}

/** One sentence, without its time. */
export function sentence(trace: Trace, place: number): string {
  const f = trace.fields(place);
  const node = nameOf(trace, trace.node[place]!);
  const peer = nameOf(trace, trace.peer[place]!);
  const tell = TELL[f.kind];
  return tell === undefined ? `${node} ${f.kind}`.trim() : tell({ ...f, node, peer } as Told);
}

type Told = Record<string, unknown> & { node: string; peer: string };

const phi = (f: Told) => (f.phi_milli ? ` (φ ${(f.phi_milli as number) / 1000})` : '');
const list = (names: unknown) => (names as string[]).join(', ');
const kindOf = (f: Told) => (f.type === 'message' ? '' : ` (${f.type})`);

const TELL: Record<string, (f: Told) => string> = {
  start: (f) => `${f.node} starts`,
  restart: (f) =>
    `${f.node} restarts` + (f.forgot ? ' and has forgotten everything' : `; its state covers number ${f.applied}`),
  crash: (f) => `${f.node} crashes`,
  pause: (f) => `${f.node} is paused`,
  resume: (f) => `${f.node} goes on`,
  leave: (f) => `${f.node} leaves the group`,
  send: (f) => `${f.node} sends ${f.type} to ${f.to}`,
  recv: (f) => `${f.node} receives ${f.type} from ${f.from}`,
  drop: (f) => `${f.type} from ${f.from} to ${f.to} is lost: ${String(f.reason).replaceAll('_', ' ')}`,
  suspect: (f) => `${f.node} suspects ${f.peer}${phi(f)}`,
  trust: (f) => `${f.node} trusts ${f.peer} again${phi(f)}`,
  role: (f) => (f.role === 'leader' ? `${f.node} leads epoch ${f.epoch}` : `${f.node} is ${f.role}, epoch ${f.epoch}`),
  leader: (f) =>
    f.leader === null ? `${f.node} knows no leader` : `${f.node} believes that ${f.leader} leads epoch ${f.epoch}`,
  submit: (f) => `${f.node} submits ${f.event}${kindOf(f)}`,
  order: (f) => `${f.node} gives ${f.event} number ${f.seq} in epoch ${f.epoch}`,
  commit: (f) => `${f.node} commits up to number ${f.seq}`,
  deliver: (f) => `${f.node} delivers ${f.event}${kindOf(f)} at number ${f.seq}`,
  ack: (f) => `${f.node} is told that ${f.event} is committed at number ${f.seq}`,
  reject: (f) => `${f.node} is told that ${f.event ?? 'its event'} is rejected: ${f.reason}`,
  snapshot: (f) => `${f.node} receives a snapshot up to number ${f.seq}`,
  refused: (f) => `${f.node} refuses ${f.peer || 'somebody'}: ${f.reason}`,
  fault: (f) => `${f.name} strikes ${list(f.nodes)}`,
  heal: (f) => `${f.name} of ${list(f.nodes)} ends`,
  violation: (f) => `${f.invariant} is violated: ${f.detail}`,
  light: (f) => `${f.node}: ${f.approach} of intersection ${f.intersection} turns ${f.colour}`,
  dispatch: (f) => `${f.node}: crash ${f.crash} ${String(f.step).replaceAll('_', ' ')}; ${f.beds_free} beds free`,
};
