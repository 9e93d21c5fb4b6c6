// The space-time diagram: a lane for each node, messages as arrows, and the whole run in small below.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { hovered, selected, trace } from '../report/state';
import { NOWHERE } from '../trace/trace';
import { readColours, whenColoursChange } from './colours';
import './diagram.css';
import { keepDrawn, keepWindow } from './keep';
import { attachBrush, OVERVIEW } from './overview';
import { pick } from './pick';
import { viewer } from './probe';
import { colours, drawn, fold, layoutNow, scroll, size } from './stage';
import { exportSvg } from './svg';
import { Tip, type TipAt } from './tip';
import { attachZoom, scrollBy } from './zoom';

const LABEL =
  'Space-time diagram: a lane for each node from left to right, messages as arrows between the lanes. ' +
  'Drag or turn the wheel to move and zoom; page up and page down scroll the lanes, g folds the groups below them. ' +
  'The table of events tells the same in words.';

export function Diagram() {
  const stage = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const overview = useRef<HTMLCanvasElement>(null);
  const tip = useSignal<TipAt | null>(null);

  useEffect(() => {
    const host = stage.current!;
    const resized = new ResizeObserver(() => (size.value = { width: host.clientWidth, height: host.clientHeight }));
    resized.observe(host);
    const recolour = (): void => void (colours.value = readColours(host));
    recolour();
    Object.assign(viewer(), { exportSvg });
    const ends = [
      whenColoursChange(recolour),
      keepWindow(),
      keepDrawn(base.current!, over.current!, overview.current!, attachZoom(base.current!)),
    ];
    attachBrush(overview.current!);
    return () => {
      resized.disconnect();
      for (const end of ends) end();
    };
  }, []);

  const find = (event: MouseEvent) =>
    drawn.peek() === null ? null : pick(drawn.peek()!, event.offsetX, event.offsetY);
  const onMove = (event: PointerEvent): void => {
    const found = event.buttons === 0 ? find(event) : null;
    hovered.value = found?.place ?? NOWHERE;
    base.current!.style.cursor = found === null ? 'grab' : 'pointer';
    tip.value = found === null || found.place === NOWHERE ? null : { x: event.offsetX, y: event.offsetY, ...found };
  };
  const onLeave = (): void => {
    hovered.value = NOWHERE;
    tip.value = null;
  };
  const onClick = (event: MouseEvent): void => {
    const found = find(event);
    if (found?.group !== undefined) fold(found.group);
    else selected.value = found?.place ?? NOWHERE;
  };

  return (
    <div class="diagram">
      <div class="stage" ref={stage}>
        <canvas
          ref={base}
          tabIndex={0}
          role="application"
          aria-label={LABEL}
          onPointerMove={onMove}
          onPointerLeave={onLeave}
          onClick={onClick}
          onKeyDown={onKey}
        />
        <canvas ref={over} class="over" aria-hidden="true" />
        <Scroller />
        {tip.value !== null && trace.value !== null && <Tip at={tip.value} trace={trace.value} room={size.value} />}
      </div>
      <canvas class="overview" ref={overview} style={{ height: `${OVERVIEW}px` }} aria-hidden="true" />
    </div>
  );
}

function onKey(event: KeyboardEvent): void {
  const page = size.value.height / 2;
  if (event.key === 'PageDown') scrollBy(page);
  else if (event.key === 'PageUp') scrollBy(-page);
  else if (event.key === 'g') for (const group of groups()) fold(group);
  else return;
  event.preventDefault();
}

function groups() {
  return (layoutNow()?.rows ?? []).flatMap((row) => (row.group === undefined ? [] : [row.group]));
}

/** A scroll bar for the lanes, where they do not fit. */
function Scroller() {
  const bar = useRef<HTMLDivElement>(null);
  const layout = layoutNow();
  const top = scroll.value;
  useEffect(() => {
    if (bar.current !== null) bar.current.scrollTop = top;
  }, [top]);
  if (layout === null || layout.content + layout.top <= layout.height + 1) return null;
  return (
    <div
      class="scroller"
      ref={bar}
      style={{ top: `${layout.top}px`, bottom: `${layout.legend}px` }}
      tabIndex={0}
      role="region"
      aria-label="Scroll bar of the lanes"
      onScroll={() => (scroll.value = bar.current!.scrollTop)}
    >
      <div style={{ height: `${layout.content}px` }} />
    </div>
  );
}
