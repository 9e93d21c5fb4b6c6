// Too many records to draw each: how many there are at each node, and how many messages pass between the lanes, for
// each pixel of the width. A message passes all gaps from its sender's lane to its receiver's.
import { KIND } from '../../trace/kinds';
import { NOBODY, NOWHERE } from '../../trace/trace';
import { channels, type Hue } from '../colours';
import { bandHalf, middle } from '../layout';
import { TOPICS, type Model } from '../model';
import type { Pen } from '../pen';
import type { Scene } from '../scene';

interface Sort {
  hue: Hue;
  /** In the mixture: rare ones weigh more, so that they are seen among many. */
  weight: number;
}

/** What the columns tell apart: how messages and deeds of nodes differ, or how they stand to the selected record. */
const SORTS: Sort[] = [
  { hue: 'traffic', weight: 1 },
  { hue: 'candidate', weight: 30 },
  { hue: 'text', weight: 3 },
  { hue: 'bad', weight: 4 },
  { hue: 'good', weight: 1 },
];
const [ORDINARY, ELECTION, STATE, LOST, DEED] = [0, 1, 2, 3, 4];
const CONES: Sort[] = [
  { hue: 'line', weight: 1 },
  { hue: 'past', weight: 30 },
  { hue: 'future', weight: 30 },
  { hue: 'past', weight: 30 },
];
const BY_TOPIC = TOPICS.map((topic) => (topic === 'election' ? ELECTION : topic === 'state' ? STATE : ORDINARY));

/** Numbers for each pixel: one of each sort. */
const PARTS = SORTS.length;
const BLUR = 2; // pixels on each side
const SLENDER = 40; // pixels of a lane that is too low for a band of messages below its own

/** A row for each lane, then, if there is room, one for each gap below a lane. */
interface Density {
  width: number;
  rows: number;
  sums: Float32Array;
}

export function drawDensity(pen: Pen, scene: Scene): void {
  const { layout } = scene.seen;
  const lanes = layout.lanes.length;
  const gaps = (layout.lanes[0]?.height ?? 0) >= SLENDER;
  const density = count(scene, gaps);
  const pixels = paint(density, lanes, huesOf(scene));
  const half = bandHalf(layout);
  for (const row of layout.lanes) {
    if (!scene.inSight(row.y, row.height * 2)) continue;
    const y = scene.y(middle(layout, row.index)) + half + 5;
    const strip = gaps ? 7 : 3;
    pen.strip(pixels, row.index, layout.left, y, density.width, strip);
    if (!gaps || row.index + 1 === lanes) continue;
    const end = scene.y(middle(layout, row.index + 1)) - half;
    pen.strip(pixels, lanes + row.index, layout.left, y + strip + 2, density.width, end - y - strip - 3);
  }
  scene.count('strips', lanes);
}

function count(scene: Scene, gaps: boolean): Density {
  const { model, shown, causes, scale, view, layout } = scene.seen;
  const { trace } = model;
  const width = Math.max(1, Math.floor(scene.width));
  const lanes = layout.lanes.length;
  const rows = gaps ? 2 * lanes : lanes;
  const sums = new Float32Array(rows * width * PARTS);
  const perPixel = width / (view.to - view.from);
  for (let i = scene.first; i < scene.last; ++i) {
    const kind = trace.kind[i]!;
    const lane = trace.node[i]!;
    if (!shown[i] || lane === NOBODY || kind === KIND.send) continue;
    const x = Math.min(width - 1, ((scale.values[i]! - view.from) * perPixel) | 0);
    const sort = causes !== null ? causes[i]! : sortOf(model, i);
    if (kind !== KIND.drop) sums[(lane * width + x) * PARTS + sort]! += 1;
    const other = trace.peer[i]!;
    const message = kind === KIND.recv || kind === KIND.drop;
    if (!gaps || !message || trace.partner[i] === NOWHERE || other === NOBODY) continue;
    sums[((lanes + Math.min(lane, other)) * width + x) * PARTS + sort]! += 1;
    sums[((lanes + Math.max(lane, other)) * width + x) * PARTS + sort]! -= 1;
  }
  if (gaps) bundle(sums, lanes, width * PARTS);
  return { width, rows, sums };
}

function sortOf({ trace, topics }: Model, place: number): number {
  const kind = trace.kind[place];
  if (kind === KIND.drop) return LOST;
  return kind === KIND.recv ? BY_TOPIC[topics[trace.label[place]!]!]! : DEED;
}

/** A gap has what began above it and does not end before it; and a band reads better than a comb. */
function bundle(sums: Float32Array, lanes: number, stride: number): void {
  for (let row = lanes; row < 2 * lanes - 1; ++row) {
    const here = row * stride;
    if (row > lanes) for (let i = 0; i < stride; ++i) sums[here + i]! += sums[here - stride + i]!;
  }
  for (let row = lanes; row < 2 * lanes - 1; ++row) smooth(sums.subarray(row * stride, (row + 1) * stride));
}

/** Each pixel becomes the mean of those around it. */
function smooth(row: Float32Array): void {
  const old = row.slice();
  for (let part = 0; part < PARTS; ++part) {
    let sum = 0;
    for (let i = part; i < Math.min(row.length, BLUR * PARTS); i += PARTS) sum += old[i]!;
    for (let i = part; i < row.length; i += PARTS) {
      const [enters, leaves] = [i + BLUR * PARTS, i - (BLUR + 1) * PARTS];
      if (enters < row.length) sum += old[enters]!;
      if (leaves >= 0) sum -= old[leaves]!;
      row[i] = sum / (2 * BLUR + 1);
    }
  }
}

/** For each sort its weight, and its red, green and blue as far as they weigh. */
function huesOf(scene: Scene): number[][] {
  const sorts = scene.seen.causes === null ? SORTS : CONES;
  return sorts.map(({ hue, weight }) => {
    const colour = channels(scene.seen.colours.of[hue]);
    return [weight, ...colour.map((channel) => channel * weight)];
  });
}

/** One pixel for each: the colours mixed by weight, the stronger the more there is. */
function paint({ width, rows, sums }: Density, lanes: number, hues: number[][]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = rows;
  const to = canvas.getContext('2d')!;
  const image = to.createImageData(width, rows);
  const first = lanes * width * PARTS;
  fill(image.data, sums.subarray(0, first), 0.85, hues);
  fill(image.data.subarray(lanes * width * 4), sums.subarray(first), 0.6, hues);
  to.putImageData(image, 0, 0);
  return canvas;
}

function fill(out: Uint8ClampedArray, sums: Float32Array, strength: number, hues: number[][]): void {
  const scale = 1 / Math.log1p(largest(sums));
  const mixed = [0, 0, 0, 0];
  for (let at = 0, to = 0; at < sums.length; at += PARTS, to += 4) {
    let number = 0;
    mixed.fill(0);
    for (let sort = 0; sort < hues.length; ++sort) {
      const some = sums[at + sort]!;
      if (some < 1e-3) continue;
      number += some;
      for (let part = 0; part < 4; ++part) mixed[part]! += some * hues[sort]![part]!;
    }
    if (number === 0) continue;
    for (let channel = 0; channel < 3; ++channel) out[to + channel] = mixed[channel + 1]! / mixed[0]!;
    out[to + 3] = 255 * strength * (0.1 + 0.9 * Math.log1p(number) * scale);
  }
}

function largest(sums: Float32Array): number {
  let most = 1;
  for (let at = 0; at < sums.length; at += PARTS) {
    let number = 0;
    for (let part = 0; part < PARTS; ++part) number += sums[at + part]!;
    if (number > most) most = number;
  }
  return most;
}
