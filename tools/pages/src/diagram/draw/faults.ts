// What was done to the group, as shaded regions with their names at the top; and broken invariants.
import type { Fault } from '../faults';
import { HEAD_ROW } from '../layout';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { cut } from './lines';

const FIRST_ROW = 26; // below the ticks
const MANY = 70; // lines at begins and ends: more would hide what they stand for
const LEGIBLE = 6; // letters that a cut name still has

function inWindow(scene: Scene, fault: Fault): boolean {
  const { scale, view } = scene.seen;
  return scale.of(fault.to) >= view.from && scale.of(fault.from) <= view.to;
}

export function drawFaultShade(pen: Pen, scene: Scene): void {
  const { layout, colours, model } = scene.seen;
  const ends: number[] = [];
  for (const stretch of model.troubled) {
    const [from, to] = [scene.near(stretch.from), scene.near(stretch.to)];
    pen.rect(from, layout.top, to - from, layout.height - layout.top, colours.of.fault, 0.1);
  }
  for (const fault of model.faults) {
    if (!inWindow(scene, fault)) continue;
    const [from, to] = [scene.near(fault.from), scene.near(fault.to)];
    ends.push(from, layout.top, from, layout.height);
    if (fault.to > fault.from && fault.to < model.trace.size) ends.push(to, layout.top, to, layout.height);
    scene.count('faults');
  }
  if (ends.length / 4 <= MANY) pen.lines(ends, { colour: colours.of.fault, alpha: 0.7, dash: [4, 3] });
}

export function drawFaultBars(pen: Pen, scene: Scene): void {
  const { layout, colours, model } = scene.seen;
  const free = new Array<number>(layout.faultRows).fill(-Infinity);
  model.faults.forEach((fault, i) => {
    if (!inWindow(scene, fault)) return;
    const y = FIRST_ROW + fault.row * HEAD_ROW;
    const [from, to] = [scene.near(fault.from), scene.near(fault.to)];
    const lasting = fault.to > fault.from;
    if (lasting) {
      pen.rect(from, y + 1, Math.max(to - from, 2), HEAD_ROW - 3, colours.of.fault, 0.35);
      pen.rect(from, y + 1, 2, HEAD_ROW - 3, colours.of.fault);
    } else pen.shapes('diamond', [from, y + 8], 4, colours.of.fault, colours.of.ground);
    const begin = Math.max(from + (lasting ? 0 : 3), layout.left - 4, free[fault.row]!) + 5;
    const next = model.faults.find((other, k) => k > i && other.row === fault.row);
    const room = (next === undefined ? layout.width : scene.near(next.from)) - begin - 6;
    const text = cut(pen, fault.text, 10, Math.max(room, 0));
    if ((text === fault.text || text.length > LEGIBLE) && begin - from < 90 + (to - from)) {
      pen.text(begin, y + 8, text, { colour: colours.of.text, size: 10 });
      free[fault.row] = begin + pen.width(text, 10) + 4;
    }
    const width = Math.max(to - from, 12);
    scene.boxes.push({ x: from - 5, y, width: width + 5, height: HEAD_ROW, place: fault.from, text: fault.text });
  });
}

export function drawViolations(pen: Pen, scene: Scene): void {
  const { layout, colours, model, scale, view } = scene.seen;
  const drawn = new Set<number>();
  for (const { place } of model.violations) {
    const value = scale.of(place);
    if (value < view.from || value > view.to) continue;
    drawn.add(Math.round(scene.x(place)));
    scene.count('violations');
  }
  const ends = [...drawn].flatMap((x) => [x, layout.top - 4, x, layout.height]);
  pen.lines(ends, { colour: colours.of.bad, width: 1.5, alpha: drawn.size > 8 ? 0.45 : 0.9 });
}

/** A flag at the top of each violation; those that stand too near share one with their number. */
export function drawFlags(pen: Pen, scene: Scene): void {
  const { layout, colours, model, scale, view } = scene.seen;
  const y = FIRST_ROW + layout.faultRows * HEAD_ROW + 8;
  const seen = model.violations.filter(({ place }) => scale.of(place) >= view.from && scale.of(place) <= view.to);
  for (let i = 0; i < seen.length; ) {
    const x = scene.x(seen[i]!.place);
    const title = seen[i]!.invariant;
    let end = i + 1;
    while (end < seen.length && scene.x(seen[end]!.place) - x < pen.width(title, 10, true) + 48) ++end;
    const text = end - i > 1 ? `${title} +${end - i - 1}` : title;
    const width = pen.width(text, 10, true) + 8;
    const left = Math.min(x, layout.width - width - 2);
    for (let k = i; k < end; ++k) pen.rect(scene.x(seen[k]!.place) - 0.8, y - 7, 1.6, 18, colours.of.bad);
    pen.rect(left, y - 7, width, 14, colours.of.bad);
    pen.text(left + 4, y, text, { colour: colours.of.ground, size: 10, bold: true });
    scene.boxes.push({ x: left, y: y - 8, width, height: 16, place: seen[i]!.place, text: seen[i]!.detail });
    i = end;
  }
}
