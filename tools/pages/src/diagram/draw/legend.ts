// What the colours and shapes mean, as far as they can be in the picture; as many as fit.
import type { Hue } from '../colours';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { MARKS } from './marks';

interface Entry {
  text: string;
  draw: (pen: Pen, scene: Scene, x: number, y: number) => void;
}

const SIGN = 16; // pixels of an entry's sign
const band = (hue: Hue, text: string): Entry => ({
  text,
  draw: (pen, { seen }, x, y) => pen.rect(x, y - 4, SIGN, 8, seen.colours.of[hue]),
});
const outage = (sort: 'lines' | 'dots', text: string): Entry => ({
  text,
  draw: (pen, { seen }, x, y) => pen.hatch(x, y - 4, SIGN, 8, seen.colours.of.outage, sort),
});
const arrow = (hue: Hue, text: string, width: number, dash?: number[]): Entry => ({
  text,
  draw: (pen, { seen }, x, y) => {
    const colour = seen.colours.of[hue];
    pen.lines([x, y, x + SIGN - 4, y], { colour, width, dash: dash ?? [] });
    pen.triangles([x + SIGN, y, x + SIGN - 6, y - 3, x + SIGN - 6, y + 3], colour);
  },
});
const mark = (kind: keyof typeof MARKS, text: string = kind): Entry => ({
  text,
  draw: (pen, { seen }, x, y) => {
    const { shape, size, hue, edge } = MARKS[kind]!;
    pen.shapes(shape, [x + SIGN / 2, y], size, seen.colours.of[hue], seen.colours.of[edge ?? 'ground']);
  },
});

const ROLES = [
  band('leader', 'leader'),
  band('candidate', 'electing'),
  band('follower', 'follower'),
  outage('lines', 'down'),
];
const CONES = [band('past', 'may have caused it'), band('future', 'it may have caused')];
const SINGLE = [
  arrow('candidate', 'election', 1.7),
  arrow('accent', 'event', 1.1),
  arrow('quiet', 'receipt', 0.9, [5, 3]),
  mark('reject', 'lost'),
  mark('submit'),
  mark('order', 'order, its number'),
  mark('commit'),
  mark('deliver', 'deliver, its number'),
  mark('ack'),
  mark('suspect'),
];
const DENSE = [
  band('traffic', 'messages between two lanes'),
  band('candidate', 'elections'),
  band('bad', 'lost'),
  band('good', 'what a node did'),
];

export function drawLegend(pen: Pen, scene: Scene): void {
  const { layout, colours, causes } = scene.seen;
  const y = layout.height + layout.legend / 2;
  pen.rect(0, layout.height, layout.width, layout.legend, colours.of.ground);
  pen.lines([0, layout.height + 0.5, layout.width, layout.height + 0.5], { colour: colours.of.line });
  const first = causes === null ? ROLES : [...ROLES, ...CONES];
  let x = 14;
  for (const entry of [...first, ...(scene.single ? SINGLE : causes === null ? DENSE : [])]) {
    const width = SIGN + 6 + pen.width(entry.text, 10);
    if (x + width > layout.width - 8) return;
    entry.draw(pen, scene, x, y);
    pen.text(x + SIGN + 6, y, entry.text, { colour: colours.of.quiet, size: 10 });
    x += width + 18;
  }
}
