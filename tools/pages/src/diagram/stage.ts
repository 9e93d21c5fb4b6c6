// The canvases of the diagram and what they show: puts the signals together to a scene, and draws it.
import { signal } from '@preact/signals';
import { causes, chain, hovered, selected, shown, trace, view } from '../report/state';
import type { Trace } from '../trace/trace';
import { CanvasPen } from './canvas';
import type { Colours } from './colours';
import { drawFrame } from './draw/frame';
import { drawOver } from './draw/over';
import { layOut, type GroupName, type Layout } from './layout';
import { readModel, type Model } from './model';
import { note } from './probe';
import { scale } from './scale';
import { Scene } from './scene';

export const size = signal({ width: 0, height: 0 });
export const colours = signal<Colours | null>(null);
/** How far the lanes are scrolled up, pixels. */
export const scroll = signal(0);
export const folded = signal<ReadonlySet<GroupName>>(new Set());
/** The scene that was drawn last. */
export const drawn = signal<Scene | null>(null);

const models = new WeakMap<Trace, Model>();
const MANY_CROSSINGS = 12;

export function modelOf(of: Trace): Model {
  const known = models.get(of);
  if (known !== undefined) return known;
  const model = readModel(of);
  models.set(of, model);
  if (model.intersections.length > MANY_CROSSINGS) folded.value = new Set([...folded.peek(), 'lights']);
  return model;
}

export function fold(group: GroupName): void {
  const next = new Set(folded.value);
  if (!next.delete(group)) next.add(group);
  folded.value = next;
}

export function layoutNow(): Layout | null {
  const { width, height } = size.value;
  if (trace.value === null || width === 0) return null;
  return layOut(modelOf(trace.value), width, height, folded.value);
}

/** What is to be seen now; null before the page has a size. */
export function sceneNow(): Scene | null {
  const layout = layoutNow();
  if (layout === null || colours.value === null || scale.value === null) return null;
  return new Scene({
    model: modelOf(trace.value!),
    scale: scale.value,
    view: view.value,
    shown: shown.value,
    causes: causes.value,
    chain: chain.value,
    selected: selected.value,
    hovered: hovered.value,
    colours: colours.value,
    layout,
    scroll: Math.min(scroll.value, Math.max(0, layout.content + layout.top - layout.height)),
  });
}

export function drawStage(canvas: HTMLCanvasElement, scene: Scene): void {
  const begun = performance.now();
  drawFrame(sharp(canvas, whole(scene)), scene);
  drawn.value = scene;
  note(scene, performance.now() - begun);
}

export function drawOverlay(canvas: HTMLCanvasElement, scene: Scene): void {
  const { width, height } = whole(scene);
  const pen = sharp(canvas, { width, height });
  pen.context.clearRect(0, 0, width, height);
  drawOver(pen, scene);
}

/** The size of the picture, with its legend. */
export function whole(scene: Scene): { width: number; height: number } {
  const { width, height, legend } = scene.seen.layout;
  return { width, height: height + legend };
}

const pens = new WeakMap<HTMLCanvasElement, CanvasPen>();

/** A pen for a canvas that has as many pixels as the screen under it. */
export function sharp(canvas: HTMLCanvasElement, { width, height }: { width: number; height: number }): CanvasPen {
  const ratio = devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const pen = pens.get(canvas) ?? new CanvasPen(canvas.getContext('2d')!);
  pens.set(canvas, pen);
  pen.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}
