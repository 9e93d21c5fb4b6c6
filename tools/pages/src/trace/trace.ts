// A trace in columns: one entry per record, so that a million of them fit into memory and are scanned in milliseconds.
// Places are numbers of records from 0; the header and the end have none. Times are nanoseconds of true time.
import { KIND, KINDS, OTHER } from './kinds';

/** A record as it stands in the file. */
export type Fields = Record<string, unknown> & { kind: string; at: number };

export interface Header {
  scenario: string;
  seed: number;
  mode: 'sim' | 'live';
  quorum: string;
  storage: string;
  nodes: { name: string; id: string | number; rank: number }[];
  config: Record<string, any>;
}

export interface End {
  at: number;
  verdict: 'pass' | 'fail';
  digest: string;
  counts: Record<string, number>;
}

export const NOBODY = -1;
export const NOWHERE = -1;

export const BLOCK = 1024; // lines that are kept as one text
const RARE = new Set(['fault', 'heal', 'violation', 'light', 'dispatch']);

export class Trace {
  /** Names of nodes; lanes have this order. */
  readonly nodes: string[];
  size = 0;
  /** Ascending. */
  at = new Float64Array(1024);
  kind = new Uint8Array(1024);
  /** Whose record it is (drop: of the receiver that did not get it); NOBODY for faults and violations. */
  node = new Int16Array(1024);
  /** send: to; recv, drop: from; suspect, trust, refused: whom; leader: who (NOBODY: none). */
  peer = new Int16Array(1024);
  /** send: where it was received or dropped first; recv, drop: where it was sent. NOWHERE if not in this trace. */
  partner = new Int32Array(1024);
  /** Into `labels`: type of message or event, role, colour, step, name of a fault or invariant, reason. */
  label = new Uint16Array(1024);
  /** Into `events`; 0: it is about no event. */
  event = new Int32Array(1024);
  /** 0: it has none. */
  epoch = new Int32Array(1024);
  seq = new Int32Array(1024);
  labels: string[] = [''];
  events: string[] = [''];
  /** Records of faults, violations, lamps and dispatch as they stand in the file. */
  rare = new Map<number, Fields>();
  end: End | null = null;

  #blocks: string[] = [];
  #open: string[] = [];
  /** The block that was asked for last: who asks for one record soon asks for its neighbours. */
  #near: { number: number; lines: string[] } = { number: -1, lines: [] };
  #labels = new Map<string, number>([['', 0]]);
  #events = new Map<string, number>([['', 0]]);
  #lanes: Map<string, number>;
  #sends = new Map<number, number>();

  constructor(readonly header: Header) {
    this.nodes = header.nodes.map((node) => node.name);
    this.#lanes = new Map(this.nodes.map((name, lane) => [name, lane]));
  }

  lane(name: unknown): number {
    return this.#lanes.get(name as string) ?? NOBODY;
  }

  /** When the run ended: never before its last record. */
  get until(): number {
    return Math.max(this.end?.at ?? 0, this.size > 0 ? this.at[this.size - 1]! : 0, 1);
  }

  labelOf(place: number): string {
    return this.labels[this.label[place]!]!;
  }
  kindOf(place: number): string {
    return KINDS[this.kind[place]!] ?? this.fields(place).kind;
  }

  /** The record as it stands in the file. */
  fields(place: number): Fields {
    return JSON.parse(this.lines(Math.floor(place / BLOCK))[place % BLOCK]!) as Fields;
  }

  /** The lines of one block of BLOCK records; fewer, or none, at the end. */
  lines(number: number): string[] {
    if (number === this.#blocks.length) return this.#open;
    if (this.#near.number !== number) this.#near = { number, lines: this.#blocks[number]?.split('\n') ?? [] };
    return this.#near.lines;
  }

  /** The first place at or after a time: `size` if there is none. */
  first(at: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes in one line of the file, header excluded. */
  add(text: string): void {
    const record = JSON.parse(text) as Fields;
    if (record.kind === 'end') {
      this.end = record as unknown as End;
      return;
    }
    if (this.size === this.at.length) this.#grow();
    const place = this.size++;
    const kind = KIND[record.kind as keyof typeof KIND] ?? OTHER;
    this.at[place] = record.at;
    this.kind[place] = kind;
    this.node[place] = this.lane(record.node ?? (kind === KIND.drop ? record.to : undefined));
    this.peer[place] = this.lane(kind === KIND.send ? record.to : (record.from ?? record.peer ?? record.leader));
    this.label[place] = this.#number(this.labels, this.#labels, labelOf(record));
    this.event[place] = this.#number(this.events, this.#events, (record.event as string | null) ?? '');
    this.epoch[place] = (record.epoch as number | undefined) ?? 0;
    this.seq[place] = (record.seq as number | undefined) ?? 0;
    this.partner[place] = NOWHERE;
    if (record.msg !== undefined) this.#join(place, kind, record.msg as number);
    if (RARE.has(record.kind)) this.rare.set(place, record);
    this.#keep(text);
  }

  #join(place: number, kind: number, msg: number): void {
    if (kind === KIND.send) {
      this.#sends.set(msg, place);
      return;
    }
    const sent = this.#sends.get(msg);
    if (sent === undefined) return;
    this.partner[place] = sent;
    if (this.partner[sent] === NOWHERE) this.partner[sent] = place;
  }

  #number(all: string[], numbers: Map<string, number>, text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, all.length);
    return all.push(text) - 1;
  }

  #keep(text: string): void {
    this.#open.push(text);
    if (this.#open.length < BLOCK) return;
    this.#blocks.push(this.#open.join('\n'));
    this.#open = [];
  }

  #grow(): void {
    const larger = <T extends Float64Array | Uint8Array | Int16Array | Int32Array | Uint16Array>(old: T): T => {
      const fresh = new (old.constructor as new (size: number) => T)(old.length * 2);
      fresh.set(old);
      return fresh;
    };
    this.at = larger(this.at);
    this.kind = larger(this.kind);
    this.node = larger(this.node);
    this.peer = larger(this.peer);
    this.partner = larger(this.partner);
    this.label = larger(this.label);
    this.event = larger(this.event);
    this.epoch = larger(this.epoch);
    this.seq = larger(this.seq);
  }
}

function labelOf(record: Fields): string {
  const label = record.type ?? record.role ?? record.colour ?? record.step ?? record.invariant ?? record.reason;
  return (label ?? (record.kind === 'fault' || record.kind === 'heal' ? record.name : '')) as string;
}
