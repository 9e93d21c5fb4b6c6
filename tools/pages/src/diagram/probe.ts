// What the tests of the page look at, and people who wonder whether it is fast: `__viewer` in the browser's console.
import * as state from '../report/state';
import type { Layout } from './layout';
import type { Scene } from './scene';

const KEPT = 600;

export interface Probe {
  /** When the first picture stood, and when all was read, ms after the page was opened. */
  firstPaintMs: number;
  loadMs: number;
  records: number;
  /** Records in the window that pass the filters. */
  visible: number;
  mode: 'single' | 'density';
  /** How long the last pictures took to draw, ms. */
  frames: number[];
  /** How much was drawn, by sort. */
  drawn: Record<string, number>;
  /** Where it was drawn: see Scene. */
  arrows: number[];
  marks: number[];
  /** The rows, and how far they are scrolled. */
  layout: Layout;
  scroll: number;
  exportSvg: () => string;
  /** The signals of the page. */
  state: typeof state;
}

/** Other parts of the page may put more into it. */
export function viewer(): Partial<Probe> {
  const page = window as unknown as { __viewer?: Partial<Probe> };
  return (page.__viewer ??= {});
}

export function note(scene: Scene, took: number): void {
  const probe = viewer();
  probe.firstPaintMs ??= performance.now();
  probe.loadMs ??= probe.firstPaintMs;
  const frames = [...(probe.frames ?? []), took].slice(-KEPT);
  Object.assign(probe, {
    records: scene.seen.model.trace.size,
    visible: scene.visible,
    mode: scene.single ? 'single' : 'density',
    frames,
    drawn: { ...scene.counts },
    arrows: scene.arrows,
    marks: scene.marks,
    layout: scene.seen.layout,
    scroll: scene.seen.scroll,
    state,
  });
}
