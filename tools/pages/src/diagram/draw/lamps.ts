// The lamps of each intersection: a thin row for each approach. Colour, height and a letter tell the same: green is
// tall, yellow is half as tall, red is a line.
import type { Lamp, LampSpan } from '../city';
import type { Hue } from '../colours';
import { LAMP_GAP, type Row } from '../layout';
import type { Pen } from '../pen';
import type { Scene } from '../scene';

const LOOKS: Record<string, { hue: Hue; part: number }> = {
  RED: { hue: 'lamp-red', part: 0.24 },
  YELLOW: { hue: 'lamp-yellow', part: 0.55 },
  GREEN: { hue: 'lamp-green', part: 0.86 },
};
const LETTER_ROOM = 12;
/** Dark on green and on yellow, in both themes. */
const INK = '#10231c';

export function drawLamps(pen: Pen, scene: Scene): void {
  const { layout, model } = scene.seen;
  for (const row of layout.rows) {
    if (row.sort !== 'lights' || !scene.inSight(row.y, row.height)) continue;
    const lamps = model.intersections[row.index]!;
    const height = (row.height - LAMP_GAP) / lamps.length;
    lamps.forEach((lamp, i) => drawLamp(pen, scene, lamp, scene.y(row.y) + LAMP_GAP / 2 + i * height, height));
    separate(pen, scene, row);
  }
}

function drawLamp(pen: Pen, scene: Scene, lamp: Lamp, top: number, height: number): void {
  const { scale, view, colours, layout } = scene.seen;
  const middle = top + height / 2;
  const room = height >= 9;
  const letter = lamp.approach.slice(0, 1).toUpperCase();
  if (room) pen.text(layout.left - 4, middle, letter, { colour: colours.of.quiet, size: 8 });
  for (const span of lamp.spans) {
    const end = endOf(scene, span);
    if (end < view.from || scale.of(span.place) > view.to) continue;
    const look = LOOKS[span.colour] ?? LOOKS.RED!;
    const x = Math.max(scene.near(span.place), layout.left + 6);
    const width = Math.min(scene.xOf(end), layout.right + 60) - x;
    const half = (height * look.part) / 2;
    if (width <= 0) continue;
    pen.rect(x, middle - half, Math.max(width, 1), 2 * half, colours.of[look.hue]);
    if (room && width >= LETTER_ROOM && look.part > 0.8)
      pen.text(x + width / 2, middle + 0.5, span.colour[0]!, { colour: INK, size: 8, bold: true, align: 'center' });
    scene.boxes.push({ x, y: top, width, height, place: span.place });
    scene.count('lamps');
  }
}

/** On the axis. A lamp that hears of nothing until its command runs out does not keep its colour. */
function endOf(scene: Scene, span: LampSpan): number {
  const { scale, model } = scene.seen;
  const next = scale.of(span.to);
  if (span.until === null || span.colour === 'RED' || span.to < model.trace.size) return next;
  return scale.sort === 'time' ? Math.min(next, span.until) : next;
}

function separate(pen: Pen, scene: Scene, row: Row): void {
  const { layout, colours } = scene.seen;
  const y = Math.round(scene.y(row.y + row.height)) - 0.5;
  pen.lines([layout.left - 6, y, layout.right, y], { colour: colours.of.line, alpha: 0.5 });
}
