// A pen that writes an SVG, self-contained, with its text as text.
import { FONT, LINES, OUTLINES, type Lettering, type Pen, type Shape, type Stroke } from './pen';

export class SvgPen implements Pen {
  #parts: string[] = [];
  #clips = 0;
  #hatches = new Map<string, string>();

  constructor(readonly measure: Pen) {}

  /** The document. */
  finish(width: number, height: number, title: string): string {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT}" role="img">`;
    return [head, `<title>${escape(title)}</title>`, ...this.#parts, '</svg>', ''].join('\n');
  }

  rect(x: number, y: number, width: number, height: number, colour: string, alpha = 1): void {
    this.#box(x, y, width, height, `fill="${colour}"${opacity(alpha)}`);
  }

  hatch(x: number, y: number, width: number, height: number, colour: string, sort: 'lines' | 'dots'): void {
    const key = `${sort}${colour}`;
    const id = this.#hatches.get(key) ?? this.#define(key, colour, sort);
    this.#box(x, y, width, height, `fill="url(#${id})"`);
  }

  lines(ends: readonly number[], stroke: Stroke): void {
    let path = '';
    for (let i = 0; i < ends.length; i += 4)
      path += `M${n(ends[i]!)} ${n(ends[i + 1]!)}L${n(ends[i + 2]!)} ${n(ends[i + 3]!)}`;
    if (path === '') return;
    const dash = stroke.dash?.length ? ` stroke-dasharray="${stroke.dash.join(' ')}"` : '';
    const look = `stroke="${stroke.colour}" stroke-width="${stroke.width ?? 1}"${dash}${opacity(stroke.alpha ?? 1)}`;
    this.#parts.push(`<path d="${path}" fill="none" ${look}/>`);
  }

  shapes(shape: Shape, middles: readonly number[], size: number, colour: string, edge: string, alpha = 1): void {
    let path = '';
    for (let i = 0; i < middles.length; i += 2) path += outline(shape, middles[i]!, middles[i + 1]!, size);
    if (path === '') return;
    const open = LINES[shape] !== undefined || shape === 'ring';
    const look = open
      ? `fill="none" stroke="${colour}" stroke-width="2"`
      : `fill="${colour}"${edge === '' ? '' : ` stroke="${edge}" stroke-width="2" paint-order="stroke"`}`;
    this.#parts.push(`<path d="${path}" ${look}${opacity(alpha)}/>`);
  }

  triangles(corners: readonly number[], colour: string, alpha = 1): void {
    let path = '';
    for (let i = 0; i < corners.length; i += 6) {
      const [a, b, c, d, e, f] = corners.slice(i, i + 6).map(n);
      path += `M${a} ${b}L${c} ${d}L${e} ${f}Z`;
    }
    if (path !== '') this.#parts.push(`<path d="${path}" fill="${colour}"${opacity(alpha)}/>`);
  }

  text(x: number, y: number, text: string, lettering: Lettering): void {
    const anchor = { left: 'start', center: 'middle', right: 'end' }[lettering.align ?? 'left'];
    const halo = lettering.halo ? ` stroke="${lettering.halo}" stroke-width="3" paint-order="stroke"` : '';
    const weight = lettering.bold ? ' font-weight="600"' : '';
    const look = `font-size="${lettering.size ?? 11}"${weight} text-anchor="${anchor}" fill="${lettering.colour}"`;
    const place = `x="${n(x)}" y="${n(y)}" dominant-baseline="central"`;
    this.#parts.push(`<text ${place} ${look}${halo}${opacity(lettering.alpha ?? 1)}>${escape(text)}</text>`);
  }

  width(text: string, size: number, bold = false): number {
    return this.measure.width(text, size, bold);
  }

  strip(pixels: HTMLCanvasElement, row: number, x: number, y: number, width: number, height: number): void {
    const one = document.createElement('canvas');
    one.width = pixels.width;
    one.height = 1;
    one.getContext('2d')!.drawImage(pixels, 0, -row);
    const place = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
    const look = 'preserveAspectRatio="none" style="image-rendering:pixelated"';
    this.#parts.push(`<image ${place} ${look} href="${one.toDataURL()}"/>`);
  }

  within(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `clip-${++this.#clips}`;
    const box = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>`;
    this.#parts.push(`<clipPath id="${id}">${box}</clipPath><g clip-path="url(#${id})">`);
    draw();
    this.#parts.push('</g>');
  }

  #box(x: number, y: number, width: number, height: number, look: string): void {
    if (width > 0 && height > 0)
      this.#parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${look}/>`);
  }

  #define(key: string, colour: string, sort: 'lines' | 'dots'): string {
    const id = `hatch-${this.#hatches.size}`;
    this.#hatches.set(key, id);
    const dots = `<rect x="1" y="1" width="2" height="2" fill="${colour}"/>`;
    const slanted = `<path d="M-6 6L0 0M0 6L6 0M6 6L12 0" stroke="${colour}" stroke-width="1.2"/>`;
    const frame = `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse">`;
    this.#parts.push(`${frame}${sort === 'dots' ? dots : slanted}</pattern>`);
    return id;
  }
}

function outline(shape: Shape, x: number, y: number, size: number): string {
  if (shape === 'disc' || shape === 'ring') {
    const arc = `a${size} ${size} 0 1 0`;
    return `M${n(x - size)} ${n(y)}${arc} ${2 * size} 0${arc} ${-2 * size} 0`;
  }
  const lines = LINES[shape];
  const corners = lines ?? OUTLINES[shape]!;
  let path = '';
  for (let i = 0; i < corners.length; i += 2) {
    const begins = i === 0 || (lines !== undefined && i % 4 === 0);
    path += `${begins ? 'M' : 'L'}${n(x + corners[i]! * size)} ${n(y + corners[i + 1]! * size)}`;
  }
  return lines === undefined ? `${path}Z` : path;
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
function opacity(alpha: number): string {
  return alpha === 1 ? '' : ` opacity="${n(alpha)}"`;
}
function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
