// One picture of the diagram, from the ground up.
import type { Pen } from '../pen';
import type { Scene } from '../scene';
import { drawArrows } from './arrows';
import { drawCalls } from './calls';
import { drawDensity } from './density';
import { drawFaultBars, drawFaultShade, drawFlags, drawViolations } from './faults';
import { drawGrid, drawGutter, drawTicks } from './lines';
import { drawBands, drawBandTexts } from './bands';
import { drawLamps } from './lamps';
import { drawLegend } from './legend';
import { drawMarks } from './marks';
import { drawWords } from './words';

export function drawFrame(pen: Pen, scene: Scene): void {
  const { layout, colours } = scene.seen;
  pen.rect(0, 0, layout.width, layout.height + layout.legend, colours.of.ground);
  const { left, top, width, height } = layout;
  pen.within(left - 6, top, width - left + 6, height - top, () => drawPlot(pen, scene));
  pen.within(left - 6, 0, width - left + 6, top, () => {
    drawTicks(pen, scene);
    drawFaultBars(pen, scene);
    drawFlags(pen, scene);
  });
  drawGutter(pen, scene);
  if (layout.legend > 0) drawLegend(pen, scene);
}

function drawPlot(pen: Pen, scene: Scene): void {
  drawGrid(pen, scene);
  drawFaultShade(pen, scene);
  if (!scene.single) drawDensity(pen, scene);
  drawBands(pen, scene);
  if (scene.single) {
    drawArrows(pen, scene);
    drawBandTexts(pen, scene);
    drawMarks(pen, scene);
    drawWords(pen, scene);
  } else drawBandTexts(pen, scene);
  drawLamps(pen, scene);
  drawCalls(pen, scene);
  drawViolations(pen, scene);
}
