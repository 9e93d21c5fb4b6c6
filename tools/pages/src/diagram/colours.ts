// The colours of the diagram, as the browser resolves the page's variables now: in light, dark or forced colours.

const NAMES = [
  'ground', 'raised', 'line', 'text', 'quiet', 'accent', 'leader', 'candidate', 'good', 'bad', 'past', 'future',
  'follower', 'traffic', 'outage', 'fault', 'lamp-red', 'lamp-yellow', 'lamp-green',
] as const;
const NODES = 8;

export type Hue = (typeof NAMES)[number];

export interface Colours {
  of: Record<Hue, string>;
  /** Of lane 0, 1 …; they come again after the eighth. */
  nodes: string[];
}

/** A colour's red, green and blue, 0..255. */
export function channels(colour: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** Reads the variables through an element in `host`: only the browser can resolve `light-dark()`. */
export function readColours(host: HTMLElement): Colours {
  const probe = host.appendChild(document.createElement('span'));
  probe.style.forcedColorAdjust = 'none';
  const resolve = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const of = Object.fromEntries(NAMES.map((name) => [name, resolve(name)])) as Record<Hue, string>;
  const nodes = Array.from({ length: NODES }, (_, i) => resolve(`node-${i + 1}`));
  probe.remove();
  return { of, nodes };
}

/** Calls back whenever the colours may have become others; returns how to stop that. */
export function whenColoursChange(act: () => void): () => void {
  const attributes = new MutationObserver(act);
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const asked = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map(matchMedia);
  for (const media of asked) media.addEventListener('change', act);
  return () => {
    attributes.disconnect();
    for (const media of asked) media.removeEventListener('change', act);
  };
}
