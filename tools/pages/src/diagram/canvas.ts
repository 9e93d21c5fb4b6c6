// A pen that draws onto a canvas.
import { FONT, LINES, OUTLINES, type Lettering, type Pen, type Shape, type Stroke } from './pen';

const CROWD = 256; // lines of one path: the browser is slow with very long ones

export class CanvasPen implements Pen {
  #patterns = new Map<string, CanvasPattern>();
  #widths = new Map<string, number>();

  constructor(readonly context: CanvasRenderingContext2D) {}

  rect(x: number, y: number, width: number, height: number, colour: string, alpha = 1): void {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  hatch(x: number, y: number, width: number, height: number, colour: string, sort: 'lines' | 'dots'): void {
    this.context.fillStyle = this.#pattern(colour, sort);
    this.context.fillRect(x, y, width, height);
  }

  lines(ends: readonly number[], stroke: Stroke): void {
    const to = this.context;
    to.globalAlpha = stroke.alpha ?? 1;
    to.strokeStyle = stroke.colour;
    to.lineWidth = stroke.width ?? 1;
    to.setLineDash(stroke.dash ?? []);
    for (let begin = 0; begin < ends.length; begin += CROWD * 4) {
      to.beginPath();
      for (let i = begin; i < Math.min(begin + CROWD * 4, ends.length); i += 4) {
        to.moveTo(ends[i]!, ends[i + 1]!);
        to.lineTo(ends[i + 2]!, ends[i + 3]!);
      }
      to.stroke();
    }
    to.setLineDash([]);
    to.globalAlpha = 1;
  }

  shapes(shape: Shape, middles: readonly number[], size: number, colour: string, edge: string, alpha = 1): void {
    const to = this.context;
    to.globalAlpha = alpha;
    to.beginPath();
    for (let i = 0; i < middles.length; i += 2) this.#outline(shape, middles[i]!, middles[i + 1]!, size);
    const open = shape === 'cross' || shape === 'bars' || shape === 'ring';
    if (edge !== '') {
      to.lineWidth = open ? 4.5 : 2;
      to.strokeStyle = edge;
      to.stroke();
    }
    to.fillStyle = to.strokeStyle = colour;
    to.lineWidth = 2;
    if (open) to.stroke();
    else to.fill();
    to.globalAlpha = 1;
  }

  triangles(corners: readonly number[], colour: string, alpha = 1): void {
    const to = this.context;
    to.globalAlpha = alpha;
    to.fillStyle = colour;
    to.beginPath();
    for (let i = 0; i < corners.length; i += 6) {
      to.moveTo(corners[i]!, corners[i + 1]!);
      to.lineTo(corners[i + 2]!, corners[i + 3]!);
      to.lineTo(corners[i + 4]!, corners[i + 5]!);
      to.closePath();
    }
    to.fill();
    to.globalAlpha = 1;
  }

  text(x: number, y: number, text: string, lettering: Lettering): void {
    const to = this.context;
    to.font = font(lettering.size ?? 11, lettering.bold);
    to.textAlign = lettering.align ?? 'left';
    to.textBaseline = 'middle';
    to.globalAlpha = lettering.alpha ?? 1;
    if (lettering.halo !== undefined) {
      to.lineJoin = 'round';
      to.lineWidth = 3;
      to.strokeStyle = lettering.halo;
      to.strokeText(text, x, y);
    }
    to.fillStyle = lettering.colour;
    to.fillText(text, x, y);
    to.globalAlpha = 1;
  }

  width(text: string, size: number, bold = false): number {
    const key = `${size}${bold}${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size > 5000) this.#widths.clear();
    this.context.font = font(size, bold);
    const width = this.context.measureText(text).width;
    this.#widths.set(key, width);
    return width;
  }

  strip(pixels: HTMLCanvasElement, row: number, x: number, y: number, width: number, height: number): void {
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(pixels, 0, row, pixels.width, 1, x, y, width, height);
  }

  within(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
    draw();
    this.context.restore();
  }

  #outline(shape: Shape, x: number, y: number, size: number): void {
    const to = this.context;
    if (shape === 'disc' || shape === 'ring') {
      to.moveTo(x + size, y);
      to.arc(x, y, size, 0, 2 * Math.PI);
      return;
    }
    const lines = LINES[shape];
    const corners = lines ?? OUTLINES[shape]!;
    for (let i = 0; i < corners.length; i += 2) {
      const begins = i === 0 || (lines !== undefined && i % 4 === 0);
      if (begins) to.moveTo(x + corners[i]! * size, y + corners[i + 1]! * size);
      else to.lineTo(x + corners[i]! * size, y + corners[i + 1]! * size);
    }
    if (lines === undefined) to.closePath();
  }

  #pattern(colour: string, sort: 'lines' | 'dots'): CanvasPattern {
    const key = `${sort}${colour}`;
    const known = this.#patterns.get(key);
    if (known !== undefined) return known;
    const made = this.context.createPattern(tile(colour, sort), 'repeat')!;
    this.#patterns.set(key, made);
    return made;
  }
}

function font(size: number, bold = false): string {
  return `${bold ? '600 ' : ''}${size}px ${FONT}`;
}

function tile(colour: string, sort: 'lines' | 'dots'): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 6;
  const to = canvas.getContext('2d')!;
  to.fillStyle = to.strokeStyle = colour;
  if (sort === 'dots') {
    to.fillRect(1, 1, 2, 2);
    return canvas;
  }
  to.lineWidth = 1.2;
  for (const shift of [-6, 0, 6]) {
    to.moveTo(shift, 6);
    to.lineTo(shift + 6, 0);
  }
  to.stroke();
  return canvas;
}
