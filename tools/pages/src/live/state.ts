// What the page shows now. source.ts fills it, the parts of the page read it.
import { computed, signal } from '@preact/signals';
import type { Happening, Status } from './status';

/** silent: connected, but nothing comes. */
export type Connection = 'connecting' | 'live' | 'silent' | 'lost';

export interface Told {
  id: string;
  /** When it happened, by this browser's clock: milliseconds since 1970. */
  when: number;
  what: Happening;
}

/** One moment of the plots. */
export interface Moment {
  /** Seconds since 1970, by this browser's clock. */
  at: number;
  commits: number;
  deliveries: number;
  phi: Record<string, number | null>;
}

export const connection = signal<Connection>('connecting');
export const status = signal<Status | null>(null);
/** Newest first, at most MOST_TOLD of each topic: city life crowds out no election. */
export const feed = signal<Told[]>([]);
/** Oldest first, of the last SPAN seconds. */
export const history = signal<Moment[]>([]);

export const MOST_TOLD = 200;
export const SPAN = 180;
const LEAST_GAP = 0.25; // seconds between two moments

export type Topic = 'all' | 'group' | 'events' | 'city';
export const topic = signal<Topic>('all');
/** What the feed showed when it was paused; null: it goes on. */
export const paused = signal<Told[] | null>(null);

/** The feed as it is to be seen. */
export const shownFeed = computed(() => {
  const all = paused.value ?? feed.value;
  const wanted = topic.value === 'all' ? all : all.filter((one) => topicOf(one.what.kind) === topic.value);
  return wanted.slice(0, MOST_TOLD);
});

function topicOf(kind: string): Exclude<Topic, 'all'> {
  if (kind === 'dispatch') return 'city';
  return kind === 'deliver' || kind === 'reject' || kind === 'snapshot' ? 'events' : 'group';
}

/** When the node's program was started, by this browser's clock: milliseconds since 1970. */
let begun = Date.now();

export function take(next: Status): void {
  status.value = next;
  begun = Date.now() - next.node.uptime_ms;
  const now = Date.now() / 1000;
  const last = history.value.at(-1);
  if (last !== undefined && now - last.at < LEAST_GAP) return;
  const others = (next.node.peers ?? []).filter((peer) => peer.member !== next.node.member);
  const moment = {
    at: now,
    commits: next.rates?.commits ?? 0,
    deliveries: next.rates?.deliveries ?? 0,
    phi: Object.fromEntries(others.map((peer) => [peer.member, peer.phi])),
  };
  history.value = [...history.value.filter((one) => one.at > now - SPAN), moment];
}

/** `what.at` counts from when the node's program was started. */
export function tell(id: string, what: Happening): void {
  const when = begun + what.at / 1e6;
  const room = { group: MOST_TOLD, events: MOST_TOLD, city: MOST_TOLD };
  feed.value = [{ id, when, what }, ...feed.value].filter((one) => room[topicOf(one.what.kind)]-- > 0);
}
