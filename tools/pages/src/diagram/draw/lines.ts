// The grid of the axis, and what stands at the left of the lanes.
import type { Axis } from '../../report/state';
import { middle, type Row } from '../layout';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { ticksOf, type Ticks } from '../ticks';

const APART = 110; // pixels between lines of the grid, about

function ticks(scene: Scene): Ticks {
  const { scale, view } = scene.seen;
  return ticksOf(scale.sort, view, Math.max(2, Math.floor(scene.width / APART)));
}

export function drawGrid(pen: Pen, scene: Scene): void {
  const { layout, colours } = scene.seen;
  const ends = ticks(scene).values.flatMap((value) => {
    const x = Math.round(scene.xOf(value)) + 0.5;
    return [x, layout.top, x, layout.height];
  });
  pen.lines(ends, { colour: colours.of.line, alpha: 0.45 });
}

export function drawTicks(pen: Pen, scene: Scene): void {
  const { colours, layout } = scene.seen;
  const { values, label } = ticks(scene);
  let free = layout.left - 6;
  for (const value of values) {
    const text = label(value);
    const half = pen.width(text, 11) / 2;
    const x = Math.min(Math.max(scene.xOf(value), layout.left + half - 4), layout.width - half - 2);
    if (x - half < free) continue;
    free = x + half + 12;
    pen.text(x, 13, text, { colour: colours.of.quiet, align: 'center' });
  }
  scene.count('ticks', values.length);
}

const AXIS_NAME: Record<Axis, string> = { time: 'time', rank: 'record no.' };

export function drawGutter(pen: Pen, scene: Scene): void {
  const { layout, colours, scale } = scene.seen;
  pen.rect(0, 0, layout.left - 6, layout.height, colours.of.ground);
  const anchor = ticks(scene).anchor || AXIS_NAME[scale.sort];
  pen.text(layout.left - 14, 13, anchor, { colour: colours.of.quiet, align: 'right' });
  if (layout.faultRows > 0) headTitle(pen, scene, 'faults', 0);
  if (layout.flags) headTitle(pen, scene, 'violations', layout.faultRows);
  const [x, y] = [layout.left - 6.5, layout.top - 1.5];
  pen.within(0, layout.top, layout.left - 6, layout.height - layout.top, () => {
    for (const row of layout.rows) if (scene.inSight(row.y, row.height)) drawTitle(pen, scene, row);
  });
  pen.lines([0, y, layout.width, y, x, 0, x, layout.height], { colour: colours.of.line });
}

function headTitle(pen: Pen, scene: Scene, title: string, row: number): void {
  const { layout, colours } = scene.seen;
  pen.text(layout.left - 14, 34 + row * 17, title, { colour: colours.of.quiet, align: 'right' });
}

function drawTitle(pen: Pen, scene: Scene, row: Row): void {
  const { layout, colours } = scene.seen;
  const right = layout.left - 14;
  if (row.sort === 'node') return drawNodeTitle(pen, scene, row);
  const y = scene.y(row.y + row.height / 2);
  if (row.sort !== 'group') {
    pen.text(right, y, row.title, { colour: colours.of.text, align: 'right', size: 11 });
    return;
  }
  pen.rect(0, scene.y(row.y), layout.left - 6, row.height, colours.of.raised);
  const open = layout.rows.some((other) => other.sort === (row.group === 'lights' ? 'lights' : 'ambulance'));
  pen.shapes(open ? 'down' : 'right', [13, y], 4, colours.of.quiet, colours.of.raised);
  const title = open ? row.title : `${row.title} (${row.index})`;
  pen.text(23, y, title, { colour: colours.of.text, bold: true, size: 11 });
  scene.boxes.push({ x: 0, y: scene.y(row.y), width: layout.left, height: row.height, place: -1, text: row.group! });
}

function drawNodeTitle(pen: Pen, scene: Scene, row: Row): void {
  const { layout, colours, model } = scene.seen;
  const right = layout.left - 14;
  const tall = row.height >= 40;
  const y = scene.y(middle(layout, row.index));
  const size = row.height >= 24 ? 13 : 11;
  const small = tall && layout.left > 100;
  const colour = colours.nodes[row.index % colours.nodes.length]!;
  const name = cut(pen, row.title, size, right - 22);
  const at = small ? y - 6 : y;
  pen.text(right, at, name, { colour: colours.of.text, align: 'right', bold: true, size });
  const sign = right - pen.width(name, size, true) - 9;
  pen.shapes('square', [sign, at], size >= 13 ? 4.5 : 3.5, colour, colours.of.ground);
  if (!small) return;
  const { id, rank } = model.trace.header.nodes[row.index]!;
  const tail = String(id).length > 8 ? `…${String(id).slice(-5)}` : String(id);
  const ranked = model.trace.header.nodes.some((node) => node.rank !== 0);
  const text = ranked ? `rank ${rank}, id ${tail}` : `id ${tail}`;
  pen.text(right, y + 8, cut(pen, text, 10, right), { colour: colours.of.quiet, align: 'right', size: 10 });
}

/** The text, shortened to a width. */
export function cut(pen: Pen, text: string, size: number, width: number): string {
  if (pen.width(text, size) <= width) return text;
  let length = text.length - 1;
  while (length > 1 && pen.width(`${text.slice(0, length)}…`, size) > width) --length;
  return `${text.slice(0, length)}…`;
}
