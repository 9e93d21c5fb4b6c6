// All that is read out of a trace once, before anything is drawn.
import { KIND } from '../trace/kinds';
import { NOWHERE, type Trace } from '../trace/trace';
import { readCalls, readLamps, type Call, type Lamp } from './city';
import { readCourses, type Courses } from './courses';
import { readFaults, readViolations, troubled, type Fault, type Violation } from './faults';

export interface Ambulance {
  /** '' for the crashes that wait for one. */
  name: string;
  calls: Call[];
}

/** What a message is about: heartbeats, the choice of a leader, the order of events, receipts, or a node's state. */
export const TOPICS = ['heartbeat', 'election', 'order', 'receipt', 'state'] as const;
export type Topic = (typeof TOPICS)[number];

export interface Model {
  trace: Trace;
  courses: Courses;
  faults: Fault[];
  /** Where at least one of them is in force. */
  troubled: { from: number; to: number }[];
  violations: Violation[];
  intersections: Lamp[][];
  ambulances: Ambulance[];
  /** For each label, the number of its topic. */
  topics: Uint8Array;
  /** For each block of places, the last place at which one of its messages arrives. */
  reach: Int32Array;
}

export const BLOCK = 1024;

const TOPIC_OF: Record<string, Topic> = {
  HEARTBEAT: 'heartbeat',
  ELECTION: 'election',
  ANSWER: 'election',
  CLAIM: 'election',
  PROMISE: 'election',
  REFUSE: 'election',
  COORDINATOR: 'election',
  ORDER: 'order',
  SUBMIT: 'order',
  RESUBMIT: 'order',
  ACK: 'receipt',
  NACK: 'receipt',
};

export function readModel(trace: Trace): Model {
  const faults = readFaults(trace);
  return {
    trace,
    courses: readCourses(trace),
    faults,
    troubled: troubled(faults),
    violations: readViolations(trace),
    intersections: byIntersection(readLamps(trace)),
    ambulances: byAmbulance(readCalls(trace)),
    topics: Uint8Array.from(trace.labels, (label) => TOPICS.indexOf(TOPIC_OF[label] ?? 'state')),
    reach: reachOf(trace),
  };
}

function byIntersection(lamps: Lamp[]): Lamp[][] {
  const groups: Lamp[][] = [];
  for (const lamp of lamps) {
    const last = groups.at(-1);
    if (last?.[0]!.intersection === lamp.intersection) last.push(lamp);
    else groups.push([lamp]);
  }
  return groups;
}

function byAmbulance(calls: Call[]): Ambulance[] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) groups.set(call.ambulance, [...(groups.get(call.ambulance) ?? []), call]);
  const order = new Intl.Collator('en', { numeric: true });
  return [...groups].map(([name, own]) => ({ name, calls: own })).sort((a, b) => order.compare(a.name, b.name));
}

function reachOf(trace: Trace): Int32Array {
  const reach = new Int32Array(Math.ceil(trace.size / BLOCK)).fill(NOWHERE);
  for (let i = 0; i < trace.size; ++i) {
    const block = Math.floor(i / BLOCK);
    if (trace.kind[i] === KIND.send && trace.partner[i]! > reach[block]!) reach[block] = trace.partner[i]!;
  }
  return reach;
}
