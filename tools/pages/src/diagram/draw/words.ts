// The types of messages, written on their arrows.
import { FUTURE } from '../../trace/causes';
import type { Hue } from '../colours';
import { middle } from '../layout';
import { TOPICS } from '../model';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { LOOKS } from './arrows';

const MOST = 260; // arrows that get words
const LOW = 30; // pixels of a lane that has no room for them

/** Only where no other word stands, and no mark. Elections are told first. */
export function drawWords(pen: Pen, scene: Scene): void {
  if (scene.arrows.length / 5 > MOST || (scene.seen.layout.lanes[0]?.height ?? 0) < LOW) return;
  const { model, colours } = scene.seen;
  const taken = new Set<string>();
  const { marks } = scene;
  for (let i = 0; i < marks.length; i += 3) claim(taken, marks[i]! - 5, marks[i]! + 5, marks[i + 1]!);
  for (const rare of [true, false])
    for (let i = 0; i < scene.arrows.length; i += 5) {
      const place = scene.arrows[i + 4]!;
      const topic = TOPICS[model.topics[model.trace.label[place]!]!]!;
      if ((topic === 'election' || topic === 'state') !== rare || topic === 'heartbeat') continue;
      const [x1, y1, x2, y2] = scene.arrows.slice(i, i + 4) as [number, number, number, number];
      const y = betweenLanes(scene, y1, y2, topic === 'receipt' ? 6 : -6);
      const x = y1 === y2 ? x1 : x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
      const text = model.trace.labelOf(place);
      const half = pen.width(text, 9) / 2 + 3;
      if (!claim(taken, x - half, x + half, y)) continue;
      const { hue, alpha } = wordLook(scene, place, LOOKS[topic].hue);
      pen.text(x, y, text, { colour: colours.of[hue], size: 9, align: 'center', halo: colours.of.ground, alpha });
      scene.count('words');
    }
}

function wordLook(scene: Scene, place: number, hue: Hue): { hue: Hue; alpha: number } {
  const { causes } = scene.seen;
  if (causes === null) return { hue, alpha: 1 };
  if (scene.apart(place)) return { hue: 'quiet', alpha: 0.35 };
  return { hue: causes[place] === FUTURE ? 'future' : 'past', alpha: 1 };
}

/** The height on an arrow where no band is in the way: in the gap of lanes that is nearest to its middle. */
function betweenLanes(scene: Scene, y1: number, y2: number, shift: number): number {
  const { layout } = scene.seen;
  const height = layout.lanes[0]!.height;
  const half = (y1 + y2) / 2;
  if (Math.abs(y2 - y1) < height * 0.5 || height < 50) return half;
  const gap = scene.y(middle(layout, 0)) + height / 2 + 6; // the middle of the first
  return gap + Math.round((half - 1 - gap) / height) * height + shift;
}

/** Takes the cells of a coarse net that a word covers, if none of them is taken. */
function claim(taken: Set<string>, left: number, right: number, y: number): boolean {
  const cells: string[] = [];
  for (let row = Math.floor((y - 6) / 6); row <= Math.floor((y + 6) / 6); ++row)
    for (let column = Math.floor(left / 8); column <= Math.floor(right / 8); ++column) cells.push(`${column} ${row}`);
  if (cells.some((cell) => taken.has(cell))) return false;
  for (const cell of cells) taken.add(cell);
  return true;
}
