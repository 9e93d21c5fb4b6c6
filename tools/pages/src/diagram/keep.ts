// Keeps the pictures true to the signals: what has changed is drawn anew before the next frame, once.
import { effect, untracked } from '@preact/signals';
import { causes, chain, hovered, selected, shown, trace, view, type Window } from '../report/state';
import { inside, stopGliding } from './moves';
import { drawOverview, OVERVIEW } from './overview';
import { scale, type Scale } from './scale';
import { colours, drawn, drawOverlay, drawStage, folded, sceneNow, scroll, sharp, size } from './stage';
import { reveal, syncZoom, type Zoom } from './zoom';

export function keepDrawn(base: HTMLCanvasElement, over: HTMLCanvasElement, overview: HTMLCanvasElement, zoom: Zoom) {
  let stale = false;
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    const scene = stale || drawn.peek() === null ? sceneNow() : drawn.peek();
    if (scene === null) return;
    if (stale) {
      drawStage(base, scene);
      const below = sharp(overview, { width: size.peek().width, height: OVERVIEW });
      drawOverview(below, scene.seen.model, scene.seen.colours);
      syncZoom(base, zoom);
    }
    stale = false;
    Object.assign(scene.seen, { hovered: hovered.peek(), selected: selected.peek(), chain: chain.peek() });
    drawOverlay(over, scene);
  };
  const soon = (): void => void (frame ||= requestAnimationFrame(draw));
  const ends = [
    effect(() => {
      void [trace.value, view.value, scale.value, shown.value, causes.value, colours.value, size.value];
      void [scroll.value, folded.value];
      stale = true;
      soon();
    }),
    effect(() => {
      const place = selected.value;
      untracked(() => reveal(place));
    }),
    effect(() => {
      void [hovered.value, selected.value, chain.value];
      soon();
    }),
  ];
  return (): void => {
    cancelAnimationFrame(frame);
    for (const end of ends) end();
  };
}

/**
 * The axis has become another one: the window stays at the same records, and inside another trace, unless it was set
 * together with the axis.
 */
export function keepWindow(): () => void {
  let before: { scale: Scale; view: Window } | null = null;
  return effect(() => {
    const [now, wanted] = [scale.value, view.value];
    if (now === null) return;
    const old = before;
    before = { scale: now, view: wanted };
    if (old === null || old.scale === now || old.view !== wanted) return;
    const same = now.values.length === old.scale.values.length;
    const carried = same && (now.sort === 'rank' || old.scale.sort === 'rank');
    if (!carried && wanted.to <= now.end) return;
    stopGliding();
    view.value = inside(now, carried ? carry(old.scale, now, wanted) : wanted);
  });
}

function carry(old: Scale, now: Scale, { from, to }: Window): Window {
  if (from <= 0 && to >= old.end) return { from: 0, to: now.end };
  const [first, last] = [old.first(from), old.first(to)];
  return { from: now.of(first), to: Math.max(now.of(last), now.of(first) + 1) };
}
