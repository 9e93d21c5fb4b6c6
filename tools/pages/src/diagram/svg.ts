// The visible part of the diagram as an SVG that stands for itself.
import { trace } from '../report/state';
import { CanvasPen } from './canvas';
import { drawFrame } from './draw/frame';
import { drawOver } from './draw/over';
import { sceneNow, whole } from './stage';
import { SvgPen } from './svgpen';

/** '' before the diagram was drawn. */
export function exportSvg(): string {
  const scene = sceneNow();
  if (scene === null) return '';
  const pen = new SvgPen(new CanvasPen(document.createElement('canvas').getContext('2d')!));
  drawFrame(pen, scene);
  drawOver(pen, scene);
  const { width, height } = whole(scene);
  return pen.finish(width, height, `Space-time diagram of ${trace.value!.header.scenario}`);
}
