// What lies over the picture: the chain of causes, the selected record, and the one under the pointer.
import { hops } from '../../trace/chains';
import { KIND } from '../../trace/kinds';
import { NOBODY, NOWHERE } from '../../trace/trace';
import { bandHalf, middle } from '../layout';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { head } from './arrows';

export function drawOver(pen: Pen, scene: Scene): void {
  const { layout, selected, hovered, colours } = scene.seen;
  const { left, top, width, height } = layout;
  pen.within(left - 6, top, width - left + 6, height - top, () => {
    drawChain(pen, scene);
    if (hovered !== NOWHERE && hovered !== selected) drawOne(pen, scene, hovered, colours.of.quiet, 1.5);
    if (selected !== NOWHERE) drawOne(pen, scene, selected, colours.of.text, 2.5);
  });
}

/** A vertical hair line, a ring around the record, and its message from end to end. */
function drawOne(pen: Pen, scene: Scene, place: number, colour: string, width: number): void {
  const { layout, model } = scene.seen;
  const x = scene.x(place);
  if (x < layout.left - 20 || x > layout.right + 20) return;
  pen.lines([x, layout.top, x, layout.height], { colour, width: 1, alpha: 0.6, dash: [2, 3] });
  const lane = model.trace.node[place]!;
  if (lane === NOBODY) return;
  const partner = model.trace.partner[place]!;
  if (partner !== NOWHERE) drawHop(pen, scene, Math.min(place, partner), Math.max(place, partner), colour, width);
  if (model.trace.kind[place] !== KIND.drop)
    pen.shapes('ring', [x, scene.y(middle(layout, lane))], bandHalf(layout) + 3, colour, scene.seen.colours.of.ground);
}

function drawChain(pen: Pen, scene: Scene): void {
  const { chain, colours, layout, model } = scene.seen;
  const { trace } = model;
  const places = chain.filter((place) => place >= 0 && place < trace.size && trace.node[place] !== NOBODY);
  for (const [from, to] of hops(trace, places)) drawHop(pen, scene, from, to, colours.of.past, 3);
  const dots = places.flatMap((place) => [scene.near(place), scene.y(middle(layout, trace.node[place]!))]);
  pen.shapes('disc', dots, 5, colours.of.past, colours.of.ground);
  scene.count('chain', places.length);
}

/** From one record to a later one, with a head where it comes to another lane. */
function drawHop(pen: Pen, scene: Scene, from: number, to: number, colour: string, width: number): void {
  const { layout, model, colours } = scene.seen;
  const [a, b] = [model.trace.node[from]!, model.trace.node[to]!];
  if (a === NOBODY || b === NOBODY) return;
  const [x1, x2] = [scene.near(from), scene.near(to)];
  const [y1, y2] = [scene.y(middle(layout, a)), scene.y(middle(layout, b))];
  pen.lines([x1, y1, x2, y2], { colour: colours.of.ground, width: width + 3, alpha: 0.7 });
  pen.lines([x1, y1, x2, y2], { colour, width });
  if (a !== b) pen.triangles(head(x1, y1, x2, y2, 8 + width), colour);
}
