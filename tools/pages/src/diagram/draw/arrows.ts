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

export const LOOKS: Record<Topic | 'lost' | 'past' | 'future' | 'apart', Look> = {
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
  const { colours, layout } = scene.seen;
  const number = scene.arrows.length / 5;
  const crowded = number > CROWD || (layout.lanes[0]?.height ?? 0) < 30;
  const fade = number > CROWD ? Math.max(0.35, Math.sqrt(CROWD / number)) : 1;
  for (const [name, bundle] of bundles) {
    const look = LOOKS[name];
    const colour = colours.of[look.hue];
    const width = crowded ? Math.min(1, look.width) : look.width; // finer lines are much faster
    pen.lines(bundle.lines, { colour, width, alpha: look.alpha * fade, dash: crowded ? [] : (look.dash ?? []) });
    pen.triangles(bundle.heads, colour, look.alpha * fade);
    pen.shapes('cross', bundle.crosses, 3.5, name === 'apart' ? colour : colours.of.bad, colours.of.ground, look.alpha);
  }
  scene.count('arrows', number);
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
