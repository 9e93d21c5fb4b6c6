// The bands of the nodes: role and epoch, whom the node takes for the leader, and when it was down or paused.
import { bandHalf, middle } from '../layout';
import type { RoleSpan, Span } from '../courses';
import type { Hue } from '../colours';
import type { Pen } from '../pen';
import type { Scene } from '../scene';

const HUES: Record<string, Hue> = {
  follower: 'follower',
  electing: 'candidate',
  claiming: 'candidate',
  leader: 'leader',
  recovering: 'follower',
  learner: 'follower',
};
const SLENDER = 1.5; // pixels: so wide at least is every band

interface Extent {
  x: number;
  width: number;
  y: number;
}

export function drawBands(pen: Pen, scene: Scene): void {
  const { courses } = scene.seen.model;
  drawCourseLines(pen, scene);
  const half = bandHalf(scene.seen.layout);
  for (const span of courses.roles) {
    const at = extent(scene, span);
    if (at !== null) drawRole(pen, scene, span, at, half);
  }
  drawBeliefs(pen, scene, half);
  for (const span of courses.outages) {
    const at = extent(scene, span);
    if (at === null) continue;
    const { colours } = scene.seen;
    if (span.sort === 'down') pen.rect(at.x, at.y - half, at.width, 2 * half, colours.of.ground);
    pen.hatch(at.x, at.y - half, at.width, 2 * half, colours.of.outage, span.sort === 'down' ? 'lines' : 'dots');
    scene.boxes.push({ ...at, y: at.y - half, height: 2 * half, place: span.from });
    scene.count(span.sort);
  }
}

/** A line through all of the run, so that a lane can be followed where there is no band. */
function drawCourseLines(pen: Pen, scene: Scene): void {
  const { layout, colours } = scene.seen;
  const ends: number[] = [];
  for (const row of layout.lanes) {
    if (!scene.inSight(row.y, row.height)) continue;
    const y = Math.round(scene.y(middle(layout, row.index))) + 0.5;
    ends.push(layout.left - 6, y, layout.right, y);
  }
  pen.lines(ends, { colour: colours.of.line });
}

function drawRole(pen: Pen, scene: Scene, span: RoleSpan, at: Extent, half: number): void {
  const { colours } = scene.seen;
  const quiet = HUES[span.role] === 'follower';
  const height = quiet ? half * 0.75 : half;
  pen.rect(at.x, at.y - height, Math.max(at.width, SLENDER), 2 * height, colours.of[HUES[span.role] ?? 'follower']);
  if (span.role === 'recovering' || span.role === 'learner')
    pen.hatch(at.x, at.y - height, at.width, 2 * height, colours.of.quiet, 'lines');
  scene.count('bands');
  scene.boxes.push({ x: at.x, y: at.y - half, width: at.width, height: 2 * half, place: span.from });
}

function drawBeliefs(pen: Pen, scene: Scene, half: number): void {
  const { colours, model, layout } = scene.seen;
  const height = layout.lanes[0]!.height >= 40 ? 3 : 2;
  for (const span of model.courses.beliefs) {
    const at = extent(scene, span);
    if (at === null) continue;
    const colour = colours.nodes[span.leader % colours.nodes.length]!;
    pen.rect(at.x, at.y + half + 1.5, at.width, height, colour);
    scene.count('beliefs');
  }
}

/** Roles and epochs in words, above their bands; that of a band that began before stands at the edge of the window. */
export function drawBandTexts(pen: Pen, scene: Scene): void {
  const { layout, colours, model } = scene.seen;
  if ((layout.lanes[0]?.height ?? 0) < 34) return;
  const half = bandHalf(layout);
  const free = new Float64Array(layout.lanes.length).fill(-Infinity);
  for (const span of model.courses.roles) {
    const at = extent(scene, span);
    if (at === null) continue;
    const x = Math.max(at.x, layout.left) + 1;
    const right = at.x + at.width;
    const text = [`${span.role} · epoch ${span.epoch}`, span.role].find(
      (words) => x + pen.width(words, 10) + 8 <= right,
    );
    if (text === undefined || x < free[span.lane]!) continue;
    free[span.lane] = x + pen.width(text, 10) + 8;
    const hue = HUES[span.role] === 'follower' ? 'quiet' : HUES[span.role]!;
    const look = { colour: colours.of[hue], size: 10, halo: colours.of.ground, bold: hue !== 'quiet' };
    pen.text(x, at.y - half - 7, text, look);
    scene.count('epochs');
  }
}

/** Where a span stands in the window; null: out of sight. */
function extent(scene: Scene, span: Span): Extent | null {
  const { layout, view, scale } = scene.seen;
  if (scale.of(span.to) < view.from || scale.of(span.from) > view.to) return null;
  const row = layout.lanes[span.lane]!;
  if (!scene.inSight(row.y, row.height)) return null;
  const x = scene.near(span.from);
  return { x, width: Math.max(scene.near(span.to) - x, 0), y: scene.y(middle(layout, span.lane)) };
}
