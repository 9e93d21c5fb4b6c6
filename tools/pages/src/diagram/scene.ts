// What is to be drawn now, and how values of the axis become pixels.
import type { Window } from '../report/state';
import { APART } from '../trace/causes';
import type { Colours } from './colours';
import type { Layout } from './layout';
import type { Model } from './model';
import type { Scale } from './scale';

/** So many records in the window are drawn one by one; more become density. */
export const SINGLE = 6000;

export interface Seen {
  model: Model;
  scale: Scale;
  view: Window;
  shown: Uint8Array;
  causes: Uint8Array | null;
  chain: readonly number[];
  selected: number;
  hovered: number;
  colours: Colours;
  layout: Layout;
  scroll: number;
}

/** Something that was drawn, where a pointer finds it. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  place: number;
  text?: string;
}

export class Scene {
  /** The places in the window: from `first`, before `last`. */
  readonly first: number;
  readonly last: number;
  /** Of them, how many pass the filters. */
  readonly visible: number;
  /** x1, y1, x2, y2, place for each; x, y, place for each. */
  readonly arrows: number[] = [];
  readonly marks: number[] = [];
  readonly boxes: Box[] = [];
  readonly counts: Record<string, number> = {};
  readonly #pixels: number;

  constructor(readonly seen: Seen) {
    const { scale, view, layout } = seen;
    this.first = scale.first(view.from);
    this.last = scale.first(Math.min(view.to * (1 + 1e-15) + 1e-9, scale.end + 1));
    this.visible = countOnes(seen.shown, this.first, this.last);
    this.#pixels = (layout.right - layout.left) / (view.to - view.from);
  }

  /** Whether there are few enough records to draw each. */
  get single(): boolean {
    return this.visible <= SINGLE;
  }
  get width(): number {
    return this.seen.layout.right - this.seen.layout.left;
  }

  /** The pixel of a value of the axis. */
  xOf(value: number): number {
    return this.seen.layout.left + (value - this.seen.view.from) * this.#pixels;
  }
  /** The pixel of a record. */
  x(place: number): number {
    return this.xOf(this.seen.scale.of(place));
  }
  /** The same, no farther out of sight than canvases can stand. */
  near(place: number): number {
    const { left, right } = this.seen.layout;
    return Math.min(Math.max(this.x(place), left - 60), right + 60);
  }
  /** The pixel of a height in the rows. */
  y(y: number): number {
    return this.seen.layout.top + y - this.seen.scroll;
  }
  value(x: number): number {
    return this.seen.view.from + (x - this.seen.layout.left) / this.#pixels;
  }
  /** Whether any of a row can be seen. */
  inSight(y: number, height: number): boolean {
    const top = this.y(y);
    return top + height > this.seen.layout.top && top < this.seen.layout.height;
  }

  apart(place: number): boolean {
    return this.seen.causes !== null && this.seen.causes[place] === APART;
  }

  count(sort: string, number = 1): void {
    this.counts[sort] = (this.counts[sort] ?? 0) + number;
  }
}

function countOnes(mask: Uint8Array, from: number, to: number): number {
  let ones = 0;
  for (let i = from; i < to; ++i) ones += mask[i]!;
  return ones;
}
