// Violations as the page tells them: with the program's explanation where there is one, else the record's own words.
import { computed } from '@preact/signals';
import { through } from '../trace/chains';
import { KIND } from '../trace/kinds';
import { NOWHERE, type Trace } from '../trace/trace';
import type { Explanation, Thread } from './account';
import { frame, select } from './look';
import { account, chain, current, openCard, trace } from './state';

export interface Story extends Explanation {
  /** Of the violation's record; NOWHERE: it was found after the last one. */
  place: number;
  /** How many more of this invariant there are in the trace. */
  more: number;
}

export const stories = computed<Story[]>(() => {
  const all = trace.value;
  if (all === null) return [];
  const found = violations(all);
  const told = account.value?.traces[current.value]?.explanations ?? [];
  const explained = told.map((one) => story(one, found));
  const rest = found.filter(({ invariant }) => !told.some((one) => one.invariant === invariant));
  const firsts = rest.filter((one, i) => rest.findIndex(({ invariant }) => invariant === one.invariant) === i);
  return [...explained, ...firsts.map((one) => story(one, found))].sort((a, b) => a.at - b.at);
});

type Found = Explanation & { place: number };

function violations(all: Trace): Found[] {
  const { violations: wanted = [], tolerated = [] } = all.header.config.expect ?? {};
  const declared: string[] = [...wanted, ...tolerated];
  const out: Found[] = [];
  for (const [place, fields] of all.rare) {
    if (all.kind[place] !== KIND.violation) continue;
    const invariant = fields.invariant as string;
    const breach = fields.detail as string;
    const told = { invariant, at: fields.at, breach, declared: declared.includes(invariant) };
    out.push({ ...told, rule: '', threads: [], place });
  }
  return out;
}

function story(one: Explanation, found: Found[]): Story {
  const same = found.filter(({ invariant }) => invariant === one.invariant);
  return { ...one, place: same.find(({ at }) => at === one.at)?.place ?? NOWHERE, more: Math.max(0, same.length - 1) };
}

function placesOf(thread: Thread): number[] {
  return thread.steps.flatMap(({ place }) => (place === null ? [] : [place])).sort((a, b) => a - b);
}

/** Of a lost message both ends: where it was sent, and where it is missed. */
function withSendings(all: Trace, places: number[]): number[] {
  const sent = places.filter((place) => all.kind[place] === KIND.drop).map((place) => all.partner[place]!);
  return [...places, ...sent.filter((place) => place !== NOWHERE)];
}

/** The steps of all threads, and what joins them. */
export function chainOf(all: Trace, { threads }: Explanation): number[] {
  const places = threads.flatMap((thread) => through(all, placesOf(thread)));
  return [...new Set(withSendings(all, places))].sort((a, b) => a - b);
}

/** Where it came to the breach: what was seen, else the record of the violation. */
export function witnessOf({ threads, place }: Story): number {
  const witnesses = threads.flatMap(({ steps }) => steps).filter((step) => step.witness && step.place !== null);
  return witnesses.length > 0 ? Math.max(...witnesses.map((step) => step.place!)) : place;
}

/** Opens a card, and the diagram where it happened. */
export function open(number: number): void {
  const one = stories.value[number];
  if (one === undefined) return;
  openCard.value = number;
  const at = witnessOf(one);
  const around = chainOf(trace.value!, one);
  const near = around.filter((place) => trace.value!.at[place]! > one.at - NEAR);
  chain.value = around;
  frame(at === NOWHERE ? around : [...near, at]);
  if (at !== NOWHERE) select(at);
}

const NEAR = 4e9; // ns before a breach that are in sight when its card opens

/** Opens the card that tells of the violation of this record. */
export function openStoryOf(place: number): void {
  const invariant = trace.value!.labelOf(place);
  open(stories.value.findIndex((one) => one.invariant === invariant));
}

/** What the scenario did not say would happen comes first. */
export function openFirst(): void {
  const undeclared = stories.value.findIndex(({ declared }) => !declared);
  open(Math.max(0, undeclared));
}
