// What was done to the group: faults that last until they are healed, faults of one moment, and broken invariants.
import { KIND } from '../trace/kinds';
import type { Fields, Trace } from '../trace/trace';

export interface Fault {
  from: number;
  /** The place of its `heal`; the number of records if it was never healed; `from` if it is of one moment. */
  to: number;
  text: string;
  /** In which row of the head it stands. */
  row: number;
}

export interface Violation {
  place: number;
  invariant: string;
  detail: string;
}

/** These end by themselves only if the scenario says so; all else is of one moment unless it is healed. */
const LASTING = new Set(['partition', 'isolate', 'cut', 'link', 'pause']);
const ROWS = 4;

export function readFaults(trace: Trace): Fault[] {
  const faults: Fault[] = [];
  const open = new Map<unknown, Fault[]>();
  for (const [place, fields] of trace.rare) {
    if (fields.kind === 'fault') {
      const to = LASTING.has(fields.name as string) ? trace.size : place;
      const fault = { from: place, to, text: describe(trace, fields), row: 0 };
      faults.push(fault);
      open.set(fields.fault, [...(open.get(fields.fault) ?? []), fault]);
    } else if (fields.kind === 'heal') {
      const healed = open.get(fields.fault)?.shift();
      if (healed !== undefined) healed.to = place;
    }
  }
  stack(trace, faults);
  return faults;
}

export function readViolations(trace: Trace): Violation[] {
  const found: Violation[] = [];
  for (const [place, fields] of trace.rare)
    if (trace.kind[place] === KIND.violation)
      found.push({ place, invariant: fields.invariant as string, detail: fields.detail as string });
  return found;
}

/** Those that are in force together stand below one another; what finds no row stands in the last. */
function stack(trace: Trace, faults: Fault[]): void {
  const free = new Array<number>(ROWS).fill(-1);
  const breadth = trace.until / 18; // of a label, about
  for (const fault of faults) {
    const at = trace.at[fault.from]!;
    const row = free.findIndex((until) => until <= at);
    fault.row = row < 0 ? ROWS - 1 : row;
    const end = fault.to < trace.size ? trace.at[fault.to]! : trace.until;
    free[fault.row] = Math.max(end, at + breadth);
  }
}

/** The stretches in which at least one fault is in force: they do not overlap. */
export function troubled(faults: readonly Fault[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of faults) {
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) stretches.push({ from, to });
  }
  return stretches;
}

function describe(trace: Trace, fields: Fields): string {
  const name = String(fields.name);
  const nodes = (fields.nodes as string[] | undefined) ?? [];
  if (name === 'partition') return `partition ${sides(trace, fields.closed as [string, string][])}`;
  if (nodes.length === 0 || nodes.length > 4) return name;
  return `${name} ${nodes.join(' ')}`;
}

/** The nodes that still reach one another, side by side: `n1 n2 | n3 n4 n5`. */
function sides(trace: Trace, closed: [string, string][] = []): string {
  const shut = new Set(closed.map(([from, to]) => `${from} ${to}`));
  const left = new Set(trace.nodes);
  const groups: string[] = [];
  for (const first of trace.nodes) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const name of group)
      for (const other of left)
        if (!shut.has(`${name} ${other}`) && left.delete(other)) group.push(other);
    groups.push(group.length > 5 ? `${group.length} nodes` : group.join(' '));
  }
  return groups.length > 4 ? `into ${groups.length} parts` : groups.join(' | ');
}
