// Moves of the window over the axis. Whoever moves it, keys, wheel or buttons, it stays inside the run.
import { shown, trace, view, type Window } from '../report/state';
import { scale, type Scale } from './scale';

/** The smallest window: nanoseconds, or records. */
const SMALLEST = { time: 20, rank: 4 };
/** So many records stand in the window after a jump to one of them, unless it was smaller before. */
const AROUND = 240;
const GLIDE = 180; // ms

export function smallest(of: Scale): number {
  return Math.min(SMALLEST[of.sort], of.end);
}

/** The window nearest to `wanted` that the axis has. */
export function inside(of: Scale, wanted: Window): Window {
  const span = Math.min(Math.max(wanted.to - wanted.from, smallest(of)), of.end);
  const middle = (wanted.from + wanted.to) / 2;
  const from = Math.min(Math.max(middle - span / 2, 0), of.end - span);
  return { from, to: from + span };
}

/** The whole run. */
export function fit(): void {
  const now = scale.value;
  if (now !== null) glide({ from: 0, to: now.end });
}

/** Brings a record into the middle, near enough to tell it from its neighbours. */
export function zoomTo(place: number): void {
  const now = scale.value;
  if (now === null || place < 0 || place >= now.values.length) return;
  const span = Math.min(view.value.to - view.value.from, spanAround(now, place));
  const middle = now.of(place);
  glide(inside(now, { from: middle - span / 2, to: middle + span / 2 }));
}

/** `factor` > 1 shows more detail; `at` (0..1) is the part of the window that keeps its place. */
export function zoomBy(factor: number, at = 0.5): void {
  const now = scale.value;
  if (now === null) return;
  const { from, to } = target();
  const fixed = from + (to - from) * at;
  const span = Math.max((to - from) / factor, smallest(now));
  glide(inside(now, { from: fixed - span * at, to: fixed + span * (1 - at) }));
}

/** Moves by a part of the window: 0.5 is half a window later. */
export function panBy(fraction: number): void {
  const now = scale.value;
  if (now === null) return;
  const { from, to } = target();
  const step = (to - from) * fraction;
  glide(inside(now, { from: from + step, to: to + step }));
}

/** The span that holds about AROUND shown records with `place` in the middle. */
function spanAround(now: Scale, place: number): number {
  const mask = shown.value;
  const reach = (step: 1 | -1): number => {
    let left = AROUND / 2;
    let at = place;
    while (left > 0 && at + step >= 0 && at + step < now.values.length) left -= mask[(at += step)]!;
    return Math.abs(now.of(at) - now.of(place));
  };
  return Math.max(smallest(now), 2 * Math.min(reach(1), reach(-1)) || reach(1) + reach(-1));
}

let gliding = 0;
/** Where it slides to; null: it stands still. */
let goal: Window | null = null;

/** What keys that are pressed quickly count from. */
function target(): Window {
  return goal ?? view.value;
}

/** Sets the window; people who do not mind motion see it slide there. A newer move ends an older one. */
function glide(to: Window): void {
  stopGliding();
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (calm || (trace.value?.size ?? 0) > 200_000) {
    view.value = to;
    return;
  }
  goal = to;
  const from = view.value;
  const begun = performance.now();
  const step = (now: number): void => {
    const part = Math.min(1, Math.max(0, now - begun) / GLIDE);
    const eased = part * (2 - part);
    view.value =
      part === 1 ? to : { from: mix(from.from, to.from, eased), to: mix(from.to, to.to, eased) };
    if (part < 1) gliding = requestAnimationFrame(step);
    else goal = null;
  };
  gliding = requestAnimationFrame(step);
}

/** Ends a slide: the pointer has taken over. */
export function stopGliding(): void {
  cancelAnimationFrame(gliding);
  goal = null;
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
