// The whole run in small, below the diagram: how much happened when, who led, what was done to the group, what broke,
// and the window, which can be dragged, drawn anew and stretched at its edges.
import { axis, shown, trace, view } from '../report/state';
import type { Colours } from './colours';
import type { Model } from './model';
import { inside, stopGliding } from './moves';
import type { Pen } from './pen';
import { scale, type Scale } from './scale';
import { layoutNow } from './stage';

export const OVERVIEW = 64;
const EDGE = 6; // pixels around an edge of the window that take hold of it
const DENSE = { top: 6, bottom: 48 };
const LEADERS = { top: 52, height: 6 };

export function drawOverview(pen: Pen, model: Model, colours: Colours): void {
  const [layout, now] = [layoutNow(), scale.value];
  if (layout === null || now === null) return;
  const { left, right, width } = layout;
  const x = (place: number): number => left + (now.of(place) / now.end) * (right - left);
  pen.rect(0, 0, width, OVERVIEW, colours.of.raised);
  drawColumns(pen, now, left, Math.floor(right - left), colours);
  for (const { from, to } of model.troubled)
    pen.rect(x(from), 2, Math.max(x(to) - x(from), 1.5), OVERVIEW - 4, colours.of.fault, 0.25);
  for (const { from, to } of model.faults)
    if (from === to) pen.rect(x(from), 2, 1.5, OVERVIEW - 4, colours.of.fault, 0.8);
  for (const span of model.courses.roles)
    if (span.role === 'leader') {
      const colour = colours.nodes[span.lane % colours.nodes.length]!;
      pen.rect(x(span.from), LEADERS.top, Math.max(x(span.to) - x(span.from), 1), LEADERS.height, colour);
    }
  for (const { place } of model.violations) pen.rect(x(place) - 1, 2, 2, OVERVIEW - 4, colours.of.bad);
  drawTitles(pen, left, colours);
  drawWindow(pen, now, left, right, colours);
}

function drawTitles(pen: Pen, left: number, colours: Colours): void {
  const small = { colour: colours.of.quiet, align: 'right', size: 10 } as const;
  pen.text(left - 14, 27, 'whole run', small);
  pen.text(left - 14, LEADERS.top + 3, 'leader', small);
}

/** The pixels of the columns do not change while the window moves. */
let columns: { shown: Uint8Array; axis: string; width: number; heights: Float32Array } | null = null;

function columnsOf(now: Scale, width: number): Float32Array {
  const mask = shown.value;
  if (columns?.shown === mask && columns.axis === axis.value && columns.width === width) return columns.heights;
  const heights = new Float32Array(width);
  const perPixel = width / now.end;
  for (let i = 0; i < mask.length; ++i)
    if (mask[i]) heights[Math.min(width - 1, (now.values[i]! * perPixel) | 0)]! += 1;
  const most = heights.reduce((a, b) => Math.max(a, b), 1);
  for (let i = 0; i < width; ++i) heights[i] = Math.sqrt(heights[i]! / most);
  columns = { shown: mask, axis: axis.value, width, heights };
  return heights;
}

function drawColumns(pen: Pen, now: Scale, left: number, width: number, colours: Colours): void {
  const heights = columnsOf(now, width);
  const ends: number[] = [];
  for (let i = 0; i < width; ++i)
    if (heights[i]! > 0) {
      const x = left + i + 0.5;
      ends.push(x, DENSE.bottom, x, DENSE.bottom - Math.max(1, heights[i]! * (DENSE.bottom - DENSE.top)));
    }
  pen.lines(ends, { colour: colours.of.quiet, alpha: 0.65 });
}

function drawWindow(pen: Pen, now: Scale, left: number, right: number, colours: Colours): void {
  const { from, to } = view.value;
  const begin = left + (from / now.end) * (right - left);
  const end = Math.max(left + (to / now.end) * (right - left), begin + 2);
  pen.rect(left, 0, begin - left, OVERVIEW, colours.of.ground, 0.65);
  pen.rect(end, 0, right - end, OVERVIEW, colours.of.ground, 0.65);
  const box = [begin, 1, end, 1, begin, OVERVIEW - 1, end, OVERVIEW - 1];
  const sides = [begin, 0, begin, OVERVIEW, end, 0, end, OVERVIEW];
  pen.lines([...box, ...sides], { colour: colours.of.accent, width: 1.5 });
  if (end - begin > 3 * EDGE)
    for (const x of [begin, end]) pen.rect(x - 2.5, OVERVIEW / 2 - 9, 5, 18, colours.of.accent);
}

type Grip = 'left' | 'right' | 'inside' | 'outside';

/** Takes the pointer's moves over the overview. */
export function attachBrush(canvas: HTMLCanvasElement): void {
  let grip: Grip | null = null;
  let last = 0;
  canvas.addEventListener('pointerdown', (event) => {
    const at = valueAt(canvas, event);
    if (at === null || event.button !== 0) return;
    stopGliding();
    canvas.setPointerCapture(event.pointerId);
    grip = gripAt(canvas, event);
    last = at;
    if (grip !== 'outside') return;
    const half = (view.value.to - view.value.from) / 2;
    view.value = inside(scale.value!, { from: at - half, to: at + half });
    grip = 'inside';
  });
  canvas.addEventListener('pointermove', (event) => {
    const at = valueAt(canvas, event);
    if (at === null) return;
    canvas.style.cursor = { left: 'ew-resize', right: 'ew-resize', inside: 'grab', outside: 'crosshair' }[
      grip ?? gripAt(canvas, event)
    ];
    if (grip === null) return;
    drag(grip, at, at - last);
    last = at;
  });
  for (const ends of ['pointerup', 'pointercancel']) canvas.addEventListener(ends, () => (grip = null));
}

function drag(grip: Grip, at: number, moved: number): void {
  const { from, to } = view.value;
  const now = scale.value!;
  if (grip === 'left') view.value = inside(now, { from: Math.min(at, to), to });
  else if (grip === 'right') view.value = inside(now, { from, to: Math.max(at, from) });
  else view.value = inside(now, { from: from + moved, to: to + moved });
}

function valueAt(canvas: HTMLCanvasElement, event: PointerEvent): number | null {
  const [layout, now] = [layoutNow(), scale.value];
  if (layout === null || now === null || trace.value === null) return null;
  const x = event.clientX - canvas.getBoundingClientRect().left;
  const part = (x - layout.left) / (layout.right - layout.left);
  return Math.min(Math.max(part, 0), 1) * now.end;
}

function gripAt(canvas: HTMLCanvasElement, event: PointerEvent): Grip {
  const [layout, now] = [layoutNow()!, scale.value!];
  const x = event.clientX - canvas.getBoundingClientRect().left;
  const pixel = (value: number): number => layout.left + (value / now.end) * (layout.right - layout.left);
  const [begin, end] = [pixel(view.value.from), pixel(view.value.to)];
  const narrow = end - begin < 3 * EDGE;
  if (!narrow && Math.abs(x - begin) <= EDGE) return 'left';
  if (!narrow && Math.abs(x - end) <= EDGE) return 'right';
  return x >= begin - 3 && x <= end + 3 ? 'inside' : 'outside';
}
