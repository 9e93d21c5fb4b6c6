// What each ambulance does: a bar for each crash, from the moment it is allotted until it is free again.
import { isWaiting, type Call } from '../city';
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { cut } from './lines';

const STEPS: Record<string, string> = {
  dispatched: 'driving',
  arrived: 'at the crash',
  transporting: 'to hospital',
  at_hospital: 'at hospital',
};

export function drawCalls(pen: Pen, scene: Scene): void {
  const { layout, model, scale, view, colours } = scene.seen;
  for (const row of layout.rows) {
    if (row.sort !== 'ambulance' || !scene.inSight(row.y, row.height)) continue;
    const y = scene.y(row.y);
    const middle = y + row.height / 2;
    pen.lines([layout.left - 6, middle, layout.right, middle], { colour: colours.of.line, alpha: 0.6 });
    for (const call of model.ambulances[row.index]!.calls) {
      const inSight = scale.of(call.to) >= view.from && scale.of(call.from) <= view.to;
      if (inSight) drawCall(pen, scene, call, y + 3, row.height - 6);
    }
  }
}

function drawCall(pen: Pen, scene: Scene, call: Call, y: number, height: number): void {
  const { colours, layout } = scene.seen;
  const [x, end] = [scene.near(call.from), scene.near(call.to)];
  const waiting = isWaiting(call);
  const colour = colours.of[waiting ? 'bad' : 'accent'];
  pen.rect(x, y, Math.max(end - x, 2), height, colour, waiting ? 0.35 : 0.22);
  pen.rect(x, y, 2, height, colour);
  let free = Math.max(x, layout.left) + 6;
  const title = cut(pen, call.crash, 10, Math.max(0, end - free));
  if (title.length > 2) {
    pen.text(free, y + height / 2, title, { colour: colours.of.text, size: 10, bold: true });
    free += pen.width(title, 10, true) + 10;
  }
  scene.boxes.push({ x, y, width: Math.max(end - x, 4), height, place: call.from });
  scene.count('calls');
  if (!waiting) drawSteps(pen, scene, call, y, height, free);
}

/** Where the steps begin, with their names as far as there is room. */
function drawSteps(pen: Pen, scene: Scene, call: Call, y: number, height: number, free: number): void {
  const { colours, layout } = scene.seen;
  call.steps.forEach(({ place, step }, i) => {
    const text = STEPS[step];
    if (text === undefined) return;
    const x = scene.near(place);
    pen.lines([x, y, x, y + height], { colour: colours.of.accent, alpha: 0.8 });
    scene.boxes.push({ x: x - 3, y, width: 6, height, place });
    const begin = Math.max(x + 5, free, layout.left);
    const end = scene.near(call.steps[i + 1]?.place ?? call.to);
    if (begin + pen.width(text, 9) + 3 > end) return;
    pen.text(begin, y + height / 2, text, { colour: colours.of.quiet, size: 9 });
  });
}
