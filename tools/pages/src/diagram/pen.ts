// What the diagram is drawn with: few strokes, so that the same drawing comes onto a canvas and into an SVG.

export type Shape = 'disc' | 'ring' | 'square' | 'diamond' | 'up' | 'down' | 'right' | 'cross' | 'bars' | 'tick';

export interface Stroke {
  colour: string;
  width?: number;
  alpha?: number;
  dash?: number[];
}

export interface Lettering {
  colour: string;
  size?: number;
  bold?: boolean;
  align?: 'left' | 'center' | 'right';
  /** Around the letters, where they stand on lines. */
  halo?: string;
  alpha?: number;
}

export interface Pen {
  rect(x: number, y: number, width: number, height: number, colour: string, alpha?: number): void;
  /** Slanted lines or dots over a rectangle. */
  hatch(x: number, y: number, width: number, height: number, colour: string, sort: 'lines' | 'dots'): void;
  /** Four numbers for each: x and y of its begin and of its end. */
  lines(ends: readonly number[], stroke: Stroke): void;
  /** Two numbers for each: where its middle is. No `edge` is drawn if that is ''. */
  shapes(shape: Shape, middles: readonly number[], size: number, colour: string, edge: string, alpha?: number): void;
  /** Six numbers for each: its corners. */
  triangles(corners: readonly number[], colour: string, alpha?: number): void;
  /** `y` is the middle of the letters. */
  text(x: number, y: number, text: string, lettering: Lettering): void;
  width(text: string, size: number, bold?: boolean): number;
  /** One row of pixels, stretched. */
  strip(pixels: HTMLCanvasElement, row: number, x: number, y: number, width: number, height: number): void;
  within(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export const FONT = 'system-ui, sans-serif';

/** The corners of the shapes that have some, for a half size of 1. */
export const OUTLINES: Partial<Record<Shape, number[]>> = {
  square: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  diamond: [0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0],
  up: [0, -1.1, 1.1, 0.9, -1.1, 0.9],
  down: [0, 1.1, 1.1, -0.9, -1.1, -0.9],
  right: [1.1, 0, -0.9, -1.1, -0.9, 1.1],
  tick: [-0.25, -1.4, 0.25, -1.4, 0.25, 1.4, -0.25, 1.4],
};
/** The same for those that are made of lines. */
export const LINES: Partial<Record<Shape, number[]>> = {
  cross: [-1, -1, 1, 1, -1, 1, 1, -1],
  bars: [-0.5, -1, -0.5, 1, 0.5, -1, 0.5, 1],
};
