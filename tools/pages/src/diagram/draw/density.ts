// Too many records to draw each: how many there are at each node, and how many messages pass between the lanes, for
// each pixel of the width. A message passes all gaps from its sender's lane to its receiver's.
import { APART, FUTURE } from '../../trace/causes';
import { KIND } from '../../trace/kinds';
import { NOBODY, NOWHERE } from '../../trace/trace';
import { channels, type Colours, type Hue } from '../colours';
import { bandHalf, middle } from '../layout';
import type { Pen } from '../pen';
import type { Scene } from '../scene';

/** What the columns tell apart; rare ones weigh more in the mixture, so that they are seen among many. */
const SORTS: { hue: Hue; weight: number }[] = [
  { hue: 'quiet', weight: 1 }, // heartbeats
  { hue: 'candidate', weight: 30 }, // elections
  { hue: 'quiet', weight: 1 }, // orders
  { hue: 'quiet', weight: 1 }, // receipts
  { hue: 'text', weight: 3 }, // state
  { hue: 'bad', weight: 4 }, // lost
  { hue: 'good', weight: 1 }, // what nodes did
  { hue: 'past', weight: 30 },
  { hue: 'future', weight: 30 },
  { hue: 'line', weight: 1 }, // apart
];
const BLUR = 2; // pixels on each side
const LOST = 5;
const DEED = 6;
const PAST_SORT = 7;
const FUTURE_SORT = 8;
const APART_SORT = 9;

/** For each lane two rows, of the lane and of the gap below it; for each pixel of a row one number of each sort. */
export interface Density {
  width: number;
  rows: number;
  counts: Float32Array;
}

export function drawDensity(pen: Pen, scene: Scene): void {
  const density = countDensity(scene);
  const pixels = paint(density, scene.seen.colours);
  const { layout } = scene.seen;
  const half = bandHalf(layout);
  for (const row of layout.lanes) {
    if (!scene.inSight(row.y, row.height * 2)) continue;
    const y = scene.y(middle(layout, row.index)) + half + 5;
    const strip = row.height >= 40 ? 7 : 3;
    pen.strip(pixels, row.index * 2, layout.left, y, density.width, strip);
    const next = row.index + 1 < layout.lanes.length ? scene.y(middle(layout, row.index + 1)) - half : 0;
    const begin = y + strip + 2;
    if (next > begin) pen.strip(pixels, row.index * 2 + 1, layout.left, begin, density.width, next - begin - 1);
  }
  scene.count('strips', layout.lanes.length);
}

export function countDensity(scene: Scene): Density {
  const { model, shown, causes, scale, view } = scene.seen;
  const { trace, topics } = model;
  const width = Math.max(1, Math.floor(scene.width));
  const rows = trace.nodes.length * 2;
  const sorts = SORTS.length;
  const counts = new Float32Array((rows + 2) * width * sorts);
  const perPixel = width / (view.to - view.from);
  const stride = width * sorts;
  const { values } = scale;
  for (let i = scene.first; i < scene.last; ++i) {
    if (!shown[i]) continue;
    const kind = trace.kind[i]!;
    const lane = trace.node[i]!;
    if (lane === NOBODY || kind === KIND.send) continue;
    const x = Math.min(width - 1, ((values[i]! - view.from) * perPixel) | 0) * sorts;
    const message = kind === KIND.recv || kind === KIND.drop;
    let sort = message ? (kind === KIND.drop ? LOST : topics[trace.label[i]!]!) : DEED;
    if (causes !== null) sort = causes[i] === APART ? APART_SORT : causes[i] === FUTURE ? FUTURE_SORT : PAST_SORT;
    if (kind !== KIND.drop) counts[lane * 2 * stride + x + sort]! += 1;
    const other = trace.peer[i]!;
    if (!message || other === NOBODY || trace.partner[i] === NOWHERE) continue;
    counts[(Math.min(lane, other) * 2 + 1) * stride + x + sort]! += 1;
    counts[(Math.max(lane, other) * 2 + 1) * stride + x + sort]! -= 1;
  }
  sumGaps(counts, trace.nodes.length, stride);
  for (let row = 1; row < rows; row += 2) smooth(counts.subarray(row * stride, (row + 1) * stride), sorts);
  return { width, rows, counts };
}

/** A gap has what began above it and does not end before it. */
function sumGaps(counts: Float32Array, lanes: number, stride: number): void {
  for (let lane = 1; lane < lanes; ++lane) {
    const here = (lane * 2 + 1) * stride;
    for (let i = 0; i < stride; ++i) counts[here + i]! += counts[here - 2 * stride + i]!;
  }
}

/** Each pixel becomes the mean of those around it: a band rather than a comb. */
function smooth(row: Float32Array, sorts: number): void {
  const old = row.slice();
  const length = row.length;
  for (let sort = 0; sort < sorts; ++sort) {
    let sum = 0;
    for (let i = sort; i < Math.min(length, BLUR * sorts); i += sorts) sum += old[i]!;
    for (let i = sort; i < length; i += sorts) {
      const [enters, leaves] = [i + BLUR * sorts, i - (BLUR + 1) * sorts];
      if (enters < length) sum += old[enters]!;
      if (leaves >= 0) sum -= old[leaves]!;
      row[i] = sum / (2 * BLUR + 1);
    }
  }
}

/** One pixel for each number: the colours mixed by weight, the stronger the more there is. */
function paint({ width, rows, counts }: Density, colours: Colours): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = rows;
  const to = canvas.getContext('2d')!;
  const image = to.createImageData(width, rows);
  const hues = SORTS.map(({ hue }) => channels(colours.of[hue]));
  for (const parity of [0, 1]) {
    const scale = 1 / Math.log1p(largest(counts, width, rows, parity));
    for (let row = parity; row < rows; row += 2)
      for (let x = 0; x < width; ++x) mix(counts, (row * width + x) * SORTS.length, hues, scale, parity ? 0.5 : 0.85, image.data, (row * width + x) * 4);
  }
  to.putImageData(image, 0, 0);
  return canvas;
}

function mix(
  counts: Float32Array,
  at: number,
  hues: number[][],
  scale: number,
  strength: number,
  out: Uint8ClampedArray,
  to: number,
): void {
  let [total, weights, red, green, blue] = [0, 0, 0, 0, 0];
  for (let sort = 0; sort < SORTS.length; ++sort) {
    const number = counts[at + sort]!;
    if (number <= 0) continue;
    const weight = number * SORTS[sort]!.weight;
    const hue = hues[sort]!;
    total += number;
    weights += weight;
    red += weight * hue[0]!;
    green += weight * hue[1]!;
    blue += weight * hue[2]!;
  }
  if (total < 1e-3) return;
  out[to] = red / weights;
  out[to + 1] = green / weights;
  out[to + 2] = blue / weights;
  out[to + 3] = 255 * strength * (0.1 + 0.9 * Math.log1p(total) * scale);
}

function largest(counts: Float32Array, width: number, rows: number, parity: number): number {
  let most = 1;
  const sorts = SORTS.length;
  for (let row = parity; row < rows; row += 2)
    for (let x = 0; x < width; ++x) {
      let total = 0;
      const at = (row * width + x) * sorts;
      for (let sort = 0; sort < sorts; ++sort) total += counts[at + sort]!;
      if (total > most) most = total;
    }
  return most;
}
