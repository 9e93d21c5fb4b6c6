// What a node is and knows at a moment, as its own records tell.
import { KIND } from './kinds';
import { NOBODY, type Trace } from './trace';

export interface Moment {
  up: string;
  role: string;
  epoch: number;
  leader: string;
  delivered: number;
  committed: number;
  suspects: string;
}

const BLANK: Moment = {
  up: 'not started', role: '–', epoch: 0, leader: 'none', delivered: 0, committed: 0, suspects: '',
};

/** After its records up to `place`, that one included. */
export function moment(trace: Trace, node: number, place: number): Moment {
  const now: Moment = { ...BLANK };
  const suspects = new Set<number>();
  for (let i = 0; i <= place; ++i) if (trace.node[i] === node) learn(now, suspects, trace, i);
  now.suspects = [...suspects].sort((a, b) => a - b).map((peer) => trace.nodes[peer]).join(', ') || 'nobody';
  return now;
}

const UP: Record<number, string> = {
  [KIND.start]: 'running',
  [KIND.restart]: 'running',
  [KIND.resume]: 'running',
  [KIND.crash]: 'crashed',
  [KIND.pause]: 'paused',
};

function learn(now: Moment, suspects: Set<number>, trace: Trace, i: number): void {
  const kind = trace.kind[i]!;
  const peer = trace.peer[i]!;
  now.up = UP[kind] ?? now.up;
  if (kind === KIND.suspect) suspects.add(peer);
  else if (kind === KIND.trust) suspects.delete(peer);
  else if (kind === KIND.deliver || kind === KIND.snapshot) now.delivered = trace.seq[i]!;
  else if (kind === KIND.commit) now.committed = trace.seq[i]!;
  else if (kind === KIND.crash) forget(now, suspects);
  else if (kind === KIND.leader) now.leader = peer === NOBODY ? 'none' : trace.nodes[peer]!;
  else if (kind === KIND.role) now.role = trace.labelOf(i);
  if (kind === KIND.role || kind === KIND.leader) now.epoch = trace.epoch[i]!;
}

/** A crash takes what is not on disk: what its node believes, and what it has delivered until it does so again. */
function forget(now: Moment, suspects: Set<number>): void {
  suspects.clear();
  now.role = '–';
  now.leader = 'none';
}
