// Where two traces part. What is for display only (phi_milli) does not count, as it does not in the digest.
import { KINDS } from './kinds';
import { NOWHERE, BLOCK, type Trace } from './trace';

const plain = (line: string) => line.replace(/,"phi_milli":\d+/, '');

/** The first place where the records differ; the end of the shorter one, if the other only goes on; NOWHERE: equal. */
export function parting(a: Trace, b: Trace): number {
  const least = Math.min(a.size, b.size);
  for (let block = 0; block * BLOCK < least; ++block) {
    const left = a.lines(block);
    const right = b.lines(block);
    for (let i = 0; i < Math.min(left.length, right.length); ++i)
      if (left[i] !== right[i] && plain(left[i]!) !== plain(right[i]!)) return block * BLOCK + i;
  }
  return a.size === b.size ? NOWHERE : least;
}

export interface NodeParting {
  node: string;
  /** Places in each of the traces; NOWHERE: it has no more records of this node. */
  a: number;
  b: number;
}

/** For each node of both traces, the first of its own records that differs; none for nodes that do the same in both. */
export function nodePartings(a: Trace, b: Trace): NodeParting[] {
  const left = courses(a);
  const right = courses(b);
  const out: NodeParting[] = [];
  a.nodes.forEach((node, lane) => {
    const other = b.lane(node);
    if (other < 0) return;
    const [one, two] = [left[lane]!, right[other]!];
    let i = 0;
    while (i < one.length && i < two.length && alike(a, one[i]!, b, two[i]!)) ++i;
    if (i < one.length || i < two.length) out.push({ node, a: one[i] ?? NOWHERE, b: two[i] ?? NOWHERE });
  });
  return out;
}

function courses(trace: Trace): number[][] {
  const out: number[][] = trace.nodes.map(() => []);
  for (let i = 0; i < trace.size; ++i) out[trace.node[i]!]?.push(i);
  return out;
}

function alike(a: Trace, i: number, b: Trace, j: number): boolean {
  return (
    a.kind[i] === b.kind[j] &&
    a.at[i] === b.at[j] &&
    a.seq[i] === b.seq[j] &&
    a.epoch[i] === b.epoch[j] &&
    a.labelOf(i) === b.labelOf(j) &&
    a.nodes[a.peer[i]!] === b.nodes[b.peer[j]!] &&
    a.events[a.event[i]!] === b.events[b.event[j]!]
  );
}

/** How many records there are of each kind, where that differs. */
export function countDifferences(a: Trace, b: Trace): { kind: string; a: number; b: number }[] {
  const count = (trace: Trace) => {
    const out = new Uint32Array(KINDS.length);
    for (let i = 0; i < trace.size; ++i) if (trace.kind[i]! < KINDS.length) ++out[trace.kind[i]!]!;
    return out;
  };
  const [left, right] = [count(a), count(b)];
  return KINDS.map((kind, i) => ({ kind, a: left[i]!, b: right[i]! })).filter((row) => row.a !== row.b);
}

/** Names of the fields that differ. */
export function differing(a: Record<string, unknown>, b: Record<string, unknown>): Set<string> {
  const differs = (name: string) => name !== 'phi_milli' && JSON.stringify(a[name]) !== JSON.stringify(b[name]);
  return new Set([...Object.keys(a), ...Object.keys(b)].filter(differs));
}
