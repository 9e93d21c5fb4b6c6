// What nodes did, as small shapes in their bands; those of one moment hang below one another.
import { KIND, type KindName } from '../../trace/kinds';
import { NOBODY } from '../../trace/trace';
import type { Hue } from '../colours';
import { bandHalf, middle } from '../layout';
import type { Pen, Shape } from '../pen';
import type { Scene } from '../scene';

interface Mark {
  shape: Shape;
  hue: Hue;
  size: number;
  edge?: Hue;
  /** Its sequence number is written where there is room. */
  numbered?: boolean;
  /** It stands in the band whatever else happened at that moment. */
  life?: boolean;
}

export const MARKS: Partial<Record<KindName, Mark>> = {
  commit: { shape: 'tick', hue: 'quiet', size: 3 },
  submit: { shape: 'diamond', hue: 'text', size: 3.5 },
  order: { shape: 'square', hue: 'ground', edge: 'text', size: 4, numbered: true },
  deliver: { shape: 'disc', hue: 'good', size: 4, numbered: true },
  ack: { shape: 'up', hue: 'good', size: 4 },
  reject: { shape: 'cross', hue: 'bad', size: 3.5 },
  refused: { shape: 'ring', hue: 'bad', size: 4 },
  snapshot: { shape: 'square', hue: 'future', size: 5, numbered: true },
  suspect: { shape: 'down', hue: 'candidate', size: 5 },
  trust: { shape: 'ring', hue: 'good', size: 4 },
  leave: { shape: 'right', hue: 'quiet', size: 5 },
  start: { shape: 'right', hue: 'good', size: 5, life: true },
  restart: { shape: 'right', hue: 'good', size: 6, life: true },
  resume: { shape: 'right', hue: 'good', size: 6, life: true },
  pause: { shape: 'bars', hue: 'candidate', size: 5, life: true },
  crash: { shape: 'cross', hue: 'bad', size: 6, life: true },
};
const BY_KIND = new Map(Object.entries(MARKS).map(([name, mark]) => [KIND[name as KindName], mark]));
/** More marks than these have no edges: that is faster, and they are too near to one another for edges anyway. */
const CROWD = 700;
const TOGETHER = 5; // pixels: nearer marks hang below one another
const HANG = 10;

export function drawMarks(pen: Pen, scene: Scene): void {
  const { trace } = scene.seen.model;
  const { layout, shown } = scene.seen;
  const heaps = new Map<string, number[]>();
  const last = new Float64Array(layout.lanes.length).fill(-Infinity);
  const depth = new Int32Array(layout.lanes.length);
  const room = Math.max(1, Math.floor(((layout.lanes[0]?.height ?? 0) * 0.5 - 8) / HANG) + 1);
  for (let i = scene.first; i < scene.last; ++i) {
    if (!shown[i]) continue;
    const lane = trace.node[i]!;
    const mark = BY_KIND.get(trace.kind[i]!);
    if (mark === undefined || lane === NOBODY) continue;
    const row = layout.lanes[lane]!;
    if (!scene.inSight(row.y, row.height)) continue;
    const x = scene.x(i);
    const again = x - last[lane]! < TOGETHER;
    if (!mark.life) {
      depth[lane] = again ? depth[lane]! + 1 : 0;
      if (!again) last[lane] = x;
    }
    const level = mark.life ? 0 : Math.min(depth[lane]!, room - 1);
    const y = scene.y(middle(layout, lane)) + hang(level, bandHalf(layout));
    scene.marks.push(x, y, i);
    const key = `${trace.kind[i]} ${scene.apart(i) ? 1 : 0}`;
    heaps.set(key, heaps.get(key) ?? []);
    heaps.get(key)!.push(x, y);
  }
  for (const [number, mark] of BY_KIND) {
    drawHeap(pen, scene, mark, heaps.get(`${number} 1`), 0.18);
    drawHeap(pen, scene, mark, heaps.get(`${number} 0`), 1);
  }
  scene.count('marks', scene.marks.length / 3);
  drawNumbers(pen, scene);
}

function hang(depth: number, half: number): number {
  return depth === 0 ? 0 : half + 8 + (depth - 1) * HANG;
}

function drawHeap(pen: Pen, scene: Scene, mark: Mark, middles: number[] | undefined, alpha: number): void {
  if (middles === undefined) return;
  const { colours, layout } = scene.seen;
  const small = (layout.lanes[0]?.height ?? 0) < 40 ? 0.7 : 1;
  const crowded = scene.marks.length / 3 > CROWD && mark.edge === undefined;
  const edge = crowded ? '' : colours.of[mark.edge ?? 'ground'];
  pen.shapes(mark.shape, middles, mark.size * small, colours.of[mark.hue], edge, alpha);
}

function bandY(scene: Scene, place: number): number {
  return scene.y(middle(scene.seen.layout, scene.seen.model.trace.node[place]!));
}

/** Whether the band under a record has a strong colour. */
function leads(scene: Scene, place: number): boolean {
  const { courses, trace } = scene.seen.model;
  const span = courses.roles.find((one) => one.lane === trace.node[place] && one.from <= place && place < one.to);
  return span?.role === 'leader' || span?.role === 'claiming' || span?.role === 'electing';
}

/** Sequence numbers at the right of their marks, where the next mark of the lane leaves room. */
function drawNumbers(pen: Pen, scene: Scene): void {
  const { colours, layout, model } = scene.seen;
  if ((layout.lanes[0]?.height ?? 0) < 34) return;
  const free = new Map<string, number>();
  for (let i = scene.marks.length - 3; i >= 0; i -= 3) {
    const [x, y, place] = [scene.marks[i]!, scene.marks[i + 1]!, scene.marks[i + 2]!];
    const level = `${y}`;
    const right = free.get(level) ?? Infinity;
    free.set(level, x - 6);
    if (!BY_KIND.get(model.trace.kind[place]!)!.numbered) continue;
    const text = String(model.trace.seq[place]);
    if (x + 7 + pen.width(text, 9) > right) continue;
    const alpha = scene.apart(place) ? 0.3 : 1;
    const onStrong = y === bandY(scene, place) && leads(scene, place);
    const look = onStrong
      ? { colour: colours.of.ground, bold: true }
      : { colour: colours.of.text, halo: colours.of.ground };
    pen.text(x + 6.5, y + 0.5, text, { ...look, size: 9, alpha });
    scene.count('numbers');
  }
}
