// Messages as arrows from the sender's lane to the receiver's; a lost one ends in a cross.
import { FUTURE, PAST, SELF } from '../../trace/causes';
import { KIND } from '../../trace/kinds';
import { NOBODY, NOWHERE } from '../../trace/trace';
import type { Hue } from '../colours';
import { bandHalf, middle } from '../layout';
import { BLOCK, TOPICS, type Topic } from '../model';
import type { Pen } from '../pen';
import type { Scene } from '../scene';

interface Look {
  hue: Hue;
  width: number;
  alpha: number;
  dash?: number[];
}

const LOOKS: Record<Topic | 'lost' | 'past' | 'future' | 'apart', Look> = {
  apart: { hue: 'quiet', width: 0.7, alpha: 0.16 },
  heartbeat: { hue: 'quiet', width: 0.7, alpha: 0.45, dash: [2, 3] },
  receipt: { hue: 'quiet', width: 0.9, alpha: 0.6, dash: [5, 3] },
  state: { hue: 'text', width: 1.2, alpha: 0.8 },
  order: { hue: 'accent', width: 1.1, alpha: 0.8 },
  lost: { hue: 'bad', width: 1, alpha: 0.75, dash: [3, 3] },
  election: { hue: 'candidate', width: 1.7, alpha: 1 },
  future: { hue: 'future', width: 1.5, alpha: 0.9 },
  past: { hue: 'past', width: 1.5, alpha: 0.9 },
};
type LookName = keyof typeof LOOKS;

/** So many arrows get words, at most. */
const WORDS = 260;
/** More arrows than these are drawn with the finest lines. */
const CROWD = 500;
const HEAD = 6;
/** How far a message comes that is lost as it is sent. */
const LOST_AT = 0.4;

/** Of one look: the lines, their heads, and the crosses of the lost. */
interface Bundle {
  lines: number[];
  heads: number[];
  crosses: number[];
}

export function drawArrows(pen: Pen, scene: Scene): void {
  const bundles = new Map<LookName, Bundle>();
  for (const name of Object.keys(LOOKS) as LookName[]) bundles.set(name, { lines: [], heads: [], crosses: [] });
  eachMessage(scene, (sent, got) => addArrow(scene, bundles.get(lookOf(scene, sent, got))!, sent, got));
  const { colours } = scene.seen;
  const crowded = scene.arrows.length / 5 > CROWD;
  for (const [name, bundle] of bundles) {
    const look = LOOKS[name];
    const colour = colours.of[look.hue];
    const width = crowded ? Math.min(1, look.width) : look.width; // finer lines are much faster
    pen.lines(bundle.lines, { colour, width, alpha: look.alpha, dash: crowded ? [] : (look.dash ?? []) });
    pen.triangles(bundle.heads, colour, look.alpha);
    pen.shapes('cross', bundle.crosses, 3.5, name === 'apart' ? colour : colours.of.bad, colours.of.ground, look.alpha);
  }
  scene.count('arrows', scene.arrows.length / 5);
  if (scene.arrows.length / 5 <= WORDS) drawWords(pen, scene);
}

/** Calls for each message of which a part is in the window; `got` is NOWHERE for one that never arrived. */
export function eachMessage(scene: Scene, visit: (sent: number, got: number) => void): void {
  const { trace, reach } = scene.seen.model;
  const { shown } = scene.seen;
  const { first, last } = scene;
  for (let block = 0; block * BLOCK < last; ++block) {
    const whole = block * BLOCK >= first;
    if (!whole && reach[block]! < last && (block + 1) * BLOCK <= first) continue;
    const end = Math.min((block + 1) * BLOCK, last);
    for (let i = block * BLOCK; i < end; ++i) {
      if (trace.kind[i] === KIND.send) {
        const got = trace.partner[i]!;
        const open = got === NOWHERE ? i >= first : got >= last;
        if (open && (shown[i] || (got !== NOWHERE && shown[got]))) visit(i, got);
      } else if (i >= first && trace.partner[i] !== NOWHERE && (shown[i] || shown[trace.partner[i]!])) {
        visit(trace.partner[i]!, i);
      }
    }
  }
}

function lookOf(scene: Scene, sent: number, got: number): LookName {
  const { causes, model } = scene.seen;
  const lost = got !== NOWHERE && model.trace.kind[got] === KIND.drop;
  if (causes !== null) {
    const [begin, end] = [causes[sent], got === NOWHERE ? undefined : causes[got]];
    if (begin === SELF && (lost || end === undefined)) return 'future';
    if (begin === PAST && (end === PAST || end === SELF)) return 'past';
    if ((begin === FUTURE || begin === SELF) && end === FUTURE) return 'future';
    return 'apart';
  }
  return lost ? 'lost' : TOPICS[model.topics[model.trace.label[sent]!]!]!;
}

function addArrow(scene: Scene, to: Bundle, sent: number, got: number): void {
  const { model, layout } = scene.seen;
  const { trace } = model;
  const [from, target] = [trace.node[sent]!, trace.peer[sent]!];
  if (from === NOBODY || target === NOBODY) return;
  const below = bandHalf(layout) + 5; // there a line tells whom the node follows
  const above = bandHalf(layout) + 1;
  const down = target > from ? 1 : -1;
  const x1 = scene.x(sent);
  const y1 = scene.y(middle(layout, from)) + (down > 0 ? below : -above);
  let y2 = scene.y(middle(layout, target)) + (down > 0 ? -above : below);
  let x2 = got === NOWHERE ? x1 + 14 : scene.x(got);
  const arrives = got !== NOWHERE && trace.kind[got] !== KIND.drop;
  if (got === NOWHERE || (!arrives && trace.at[got] === trace.at[sent])) {
    y2 = y1 + (y2 - y1) * LOST_AT;
    if (got !== NOWHERE) x2 = x1 + Math.min(10, (x2 - x1) * LOST_AT);
  }
  const line = clip(x1, y1, x2, y2, layout.left - 40, layout.right + 40);
  if (line === null || Math.max(y1, y2) < layout.top || Math.min(y1, y2) > layout.height) return;
  to.lines.push(...line);
  scene.arrows.push(...line, got === NOWHERE ? sent : got);
  if (x2 > layout.right + 40) return;
  if (arrives) to.heads.push(...head(x1, y1, x2, y2, HEAD));
  else if (got !== NOWHERE) to.crosses.push(x2, y2);
}

/** The part of a line between two pixels of the width; null: there is none. */
function clip(x1: number, y1: number, x2: number, y2: number, low: number, high: number) {
  if (Math.max(x1, x2) < low || Math.min(x1, x2) > high) return null;
  if (x1 >= low && x2 <= high) return [x1, y1, x2, y2];
  const slope = x2 === x1 ? 0 : (y2 - y1) / (x2 - x1);
  const [a, b] = [Math.max(x1, low), Math.min(x2, high)];
  return [a, y1 + (a - x1) * slope, b, y1 + (b - x1) * slope];
}

/** The corners of an arrow's head. */
export function head(x1: number, y1: number, x2: number, y2: number, size: number): number[] {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [((x2 - x1) / length) * size, ((y2 - y1) / length) * size];
  return [x2, y2, x2 - dx - dy * 0.45, y2 - dy + dx * 0.45, x2 - dx + dy * 0.45, y2 - dy - dx * 0.45];
}

/** The types of messages beside their arrows, where no other word stands. */
function drawWords(pen: Pen, scene: Scene): void {
  const { model, colours } = scene.seen;
  const taken = new Set<string>();
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
