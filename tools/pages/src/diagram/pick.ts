// Which record a pointer means: the nearest of what was drawn, marks before arrows before bands.
import { KIND } from '../trace/kinds';
import { NOWHERE } from '../trace/trace';
import { middle, type GroupName } from './layout';
import type { Box, Scene } from './scene';

const REACH = 7; // pixels
const SEARCH = 20_000; // records on each side, where none is drawn by itself

export interface Pick {
  place: number;
  text?: string;
  group?: GroupName;
}

export function pick(scene: Scene, x: number, y: number): Pick | null {
  const { layout } = scene.seen;
  if (x < layout.left - 6) {
    const title = scene.boxes.find((box) => box.place === NOWHERE && within(box, x, y));
    return title === undefined ? null : { place: NOWHERE, group: title.text as GroupName };
  }
  const mark = nearestMark(scene, x, y);
  if (mark !== NOWHERE) return { place: mark };
  const arrow = y < layout.top ? NOWHERE : nearestArrow(scene, x, y);
  if (arrow !== NOWHERE) return { place: arrow };
  const box = scene.boxes.findLast((one) => one.place !== NOWHERE && within(one, x, y));
  if (box !== undefined && (y < layout.top || scene.single || !onLane(scene, y))) return box;
  const crowd = scene.single || y < layout.top ? NOWHERE : nearestOfLane(scene, x, y);
  if (crowd !== NOWHERE) return { place: crowd };
  return box ?? null;
}

function within(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

function nearestMark(scene: Scene, x: number, y: number): number {
  let best = REACH * REACH;
  let place = NOWHERE;
  const { marks } = scene;
  for (let i = 0; i < marks.length; i += 3) {
    const far = (marks[i]! - x) ** 2 + (marks[i + 1]! - y) ** 2;
    if (far <= best) [best, place] = [far, marks[i + 2]!];
  }
  return place;
}

function nearestArrow(scene: Scene, x: number, y: number): number {
  let best = REACH * REACH;
  let place = NOWHERE;
  const { arrows } = scene;
  for (let i = 0; i < arrows.length; i += 5) {
    const far = fromLine(x, y, arrows[i]!, arrows[i + 1]!, arrows[i + 2]!, arrows[i + 3]!);
    if (far <= best) [best, place] = [far, arrows[i + 4]!];
  }
  return place;
}

/** The square of the distance of a point from a line between two. */
function fromLine(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return (x1 + part * dx - x) ** 2 + (y1 + part * dy - y) ** 2;
}

function laneAt(scene: Scene, y: number): number {
  const { layout } = scene.seen;
  return layout.lanes.findIndex((row) => {
    const top = scene.y(row.y);
    return y >= top && y < top + row.height;
  });
}
function onLane(scene: Scene, y: number): boolean {
  return laneAt(scene, y) >= 0;
}

/** The record of the lane under the pointer that is nearest in time, as far as it is on the same pixels. */
function nearestOfLane(scene: Scene, x: number, y: number): number {
  const lane = laneAt(scene, y);
  const { layout, model, scale, shown } = scene.seen;
  if (lane < 0 || Math.abs(y - scene.y(middle(layout, lane))) > 20) return NOWHERE;
  const begin = scale.first(scene.value(x));
  const isOne = (place: number): boolean =>
    shown[place] === 1 && model.trace.node[place] === lane && model.trace.kind[place] !== KIND.drop;
  for (let step = 0; step < SEARCH; ++step)
    for (const place of [begin + step, begin - step - 1]) {
      if (place < scene.first || place >= scene.last || !isOne(place)) continue;
      return Math.abs(scene.x(place) - x) <= 4 ? place : NOWHERE;
    }
  return NOWHERE;
}
