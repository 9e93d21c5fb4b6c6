// Wheel, pinch, drag and double click move the window: d3-zoom's transform and the page's `view` say the same.
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from 'd3-zoom';
import { trace, view } from '../report/state';
import { KIND } from '../trace/kinds';
import { NOBODY, NOWHERE } from '../trace/trace';
import { inside, smallest, stopGliding } from './moves';
import { scale } from './scale';
import { layoutNow, scroll } from './stage';

type Canvas = HTMLCanvasElement & { __zoom?: unknown };
export type Zoom = ZoomBehavior<HTMLCanvasElement, unknown>;

export function attachZoom(canvas: HTMLCanvasElement): Zoom {
  const behaviour = zoom<HTMLCanvasElement, unknown>()
    .filter((event: WheelEvent & MouseEvent) => !event.button && !isSideways(event) && inPlot(canvas, event))
    .clickDistance(5)
    .on('start', stopGliding)
    .on('zoom', follow);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) behaviour.duration(0);
  select(canvas).call(behaviour);
  canvas.addEventListener('wheel', (event) => pan(canvas, event), { passive: false });
  return behaviour;
}

function follow({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>): void {
  const [layout, now] = [layoutNow(), scale.value];
  if (layout === null || now === null) return;
  const perPixel = now.end / (layout.right - layout.left) / transform.k;
  const from = (layout.left - transform.x) * perPixel;
  view.value = inside(now, { from, to: from + now.end / transform.k });
  if (sourceEvent instanceof MouseEvent && sourceEvent.type === 'mousemove') scrollBy(-sourceEvent.movementY);
}

/** Makes d3 start from where the window is now, whoever moved it. */
export function syncZoom(canvas: HTMLCanvasElement, behaviour: Zoom): void {
  const [layout, now] = [layoutNow(), scale.value];
  if (layout === null || now === null) return;
  const { from, to } = view.value;
  const k = now.end / (to - from);
  const width = layout.right - layout.left;
  behaviour
    .scaleExtent([1, now.end / smallest(now)])
    .extent([[layout.left, 0], [layout.right, layout.height]])
    .translateExtent([[0, -Infinity], [width, Infinity]]);
  (canvas as Canvas).__zoom = zoomIdentity.translate(layout.left - (from / now.end) * width * k, 0).scale(k);
}

export function scrollBy(pixels: number): void {
  const layout = layoutNow();
  if (layout === null) return;
  const most = Math.max(0, layout.content + layout.top - layout.height);
  scroll.value = Math.min(Math.max(scroll.value + pixels, 0), most);
}

/** Scrolls so far that the lane of a record can be seen; lamps and ambulances have lanes that are no node's. */
export function reveal(place: number): void {
  const [layout, all] = [layoutNow(), trace.value];
  const row = place === NOWHERE ? undefined : layout?.lanes[all?.node[place] ?? NOBODY];
  if (layout === null || row === undefined || all === null) return;
  if (all.kind[place] === KIND.light || all.kind[place] === KIND.dispatch) return;
  const above = row.y - scroll.peek();
  const below = row.y + row.height - scroll.peek() - (layout.height - layout.top);
  if (above < 0) scrollBy(above);
  else if (below > 0) scrollBy(below);
}

function isSideways(event: WheelEvent): boolean {
  return event.type === 'wheel' && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));
}

function inPlot(canvas: HTMLCanvasElement, event: MouseEvent): boolean {
  if (event.clientX === undefined) return true; // a finger
  return event.clientX - canvas.getBoundingClientRect().left > (layoutNow()?.left ?? 0) - 6;
}

/** A wheel that turns sideways pans; over the names of the lanes it scrolls them. */
function pan(canvas: HTMLCanvasElement, event: WheelEvent): void {
  const [layout, now] = [layoutNow(), scale.value];
  if (layout === null || now === null) return;
  if (isSideways(event)) {
    event.preventDefault();
    const pixels = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    const { from, to } = view.value;
    const step = (pixels / (layout.right - layout.left)) * (to - from);
    view.value = inside(now, { from: from + step, to: to + step });
  } else if (!inPlot(canvas, event)) {
    event.preventDefault();
    scrollBy(event.deltaY);
  }
}
