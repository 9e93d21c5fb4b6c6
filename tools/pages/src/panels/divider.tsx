// The line between the diagram and what is below it: it is drawn, or moved by arrow keys.
import { signal } from '@preact/signals';

/** The diagram's share of the height, in percent; null: as the style sheet has it. */
export const upper = signal<number | null>(null);
const LEAST = 20;
const MOST = 90;
const STEP = 4;
const USUAL = 68;

const set = (share: number) => (upper.value = Math.round(Math.max(LEAST, Math.min(share, MOST))));

export function Divider() {
  return (
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-label="Height of the diagram"
      aria-orientation="horizontal"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={upper.value ?? USUAL}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={draw}
      onDblClick={() => (upper.value = null)}
      onKeyDown={onKey}
    />
  );
}

function draw(event: PointerEvent): void {
  const line = event.currentTarget as HTMLElement;
  if (!line.hasPointerCapture(event.pointerId)) return;
  const { top, height } = line.parentElement!.getBoundingClientRect();
  set(((event.clientY - top) / height) * 100);
}

function onKey(event: KeyboardEvent): void {
  const way = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
  if (way === undefined) return;
  event.preventDefault();
  set((upper.value ?? USUAL) + way);
}
