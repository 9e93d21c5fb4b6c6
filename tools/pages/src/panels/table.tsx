// All shown records as a table: the diagram for those who cannot see it, or would rather read. Only the rows in sight
// are in the document, so that a million cost no more than thirty.
import { computed, effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { KINDS } from '../trace/kinds';
import { NOWHERE, type Trace } from '../trace/trace';
import { clock, nameOf, what } from '../trace/words';
import { select } from '../report/look';
import { rank } from '../report/rank';
import { causes, chain, places, selected, trace } from '../report/state';

const ROW = 22; // px, as in the style sheet
const TALLEST = 4e6; // px; far above, browsers lay rows out roughly
const SPARE = 4; // rows past either edge

const scrolled = signal(0);
const height = signal(200);

/** From the scroll bar to rows: one to one, until there are more of them than a browser can stack. */
const tall = computed(() => Math.min(places.value.length * ROW, TALLEST));
const firstRow = computed(() => {
  const room = Math.max(1, tall.value - height.value);
  const rows = Math.max(0, places.value.length - height.value / ROW);
  return tall.value < TALLEST ? scrolled.value / ROW : (scrolled.value / room) * rows;
});

export function Table() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => follow(box.current!), []);
  const all = trace.value!;
  const first = Math.max(0, Math.floor(firstRow.value) - SPARE);
  const last = Math.min(places.value.length, Math.ceil(firstRow.value + height.value / ROW) + SPARE);
  const rows = Array.from(places.value.subarray(first, last));
  const inSight = rows.includes(selected.value);
  return (
    <div
      class="grid"
      role="grid"
      id="records"
      aria-label="Records that are shown"
      aria-rowcount={places.value.length + 1}
      aria-activedescendant={inSight ? `row-${selected.value}` : undefined}
      tabIndex={0}
      ref={box}
      onScroll={(event) => (scrolled.value = event.currentTarget.scrollTop)}
      onKeyDown={onKey}
    >
      <Head />
      <div role="rowgroup" style={{ height: `${tall.value}px`, position: 'relative' }}>
        {rows.map((place, i) => (
          <Row key={place} trace={all} place={place} row={first + i} />
        ))}
      </div>
    </div>
  );
}

function Head() {
  return (
    <div role="rowgroup" class="head">
      <div role="row" aria-rowindex={1}>
        {['time', 'node', 'kind', 'what', 'number', 'epoch'].map((name) => (
          <span key={name} role="columnheader" class={name}>
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}

function Row({ trace: all, place, row }: { trace: Trace; place: number; row: number }) {
  const top = scrolled.value + (row - firstRow.value) * ROW;
  const chosen = place === selected.value;
  const kind = KINDS[all.kind[place]!] ?? 'other';
  const tie = causes.value === null ? '' : ` c${causes.value[place]}`;
  return (
    <div
      role="row"
      id={`row-${place}`}
      aria-rowindex={row + 2}
      aria-selected={chosen}
      class={`${row % 2 ? 'odd' : 'even'}${tie}${chain.value.includes(place) ? ' chained' : ''}`}
      style={{ top: `${top}px` }}
      onClick={() => select(place)}
    >
      <span role="gridcell" class="time">{clock(all.at[place]!)}</span>
      <span role="gridcell" class="node">{nameOf(all, all.node[place]!)}</span>
      <span role="gridcell" class={`kind k-${kind}`}>{all.kindOf(place)}</span>
      <span role="gridcell" class="what">{what(all, place)}</span>
      <span role="gridcell" class="number">{all.seq[place] || ''}</span>
      <span role="gridcell" class="epoch">{all.epoch[place] || ''}</span>
    </div>
  );
}

function onKey(event: KeyboardEvent): void {
  const page = Math.floor(height.value / ROW) - 1;
  const moves: Record<string, number> = {
    ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
  };
  const move = moves[event.key];
  if (move === undefined || places.value.length === 0) return;
  event.preventDefault();
  const row = selected.value === NOWHERE ? Math.floor(firstRow.value) - Math.sign(move) : rank(selected.value);
  select(places.value[Math.max(0, Math.min(row + move, places.value.length - 1))]!);
}

/** Keeps the height, and the selected row in sight. Returns how to stop that. */
function follow(box: HTMLDivElement): () => void {
  const size = new ResizeObserver(() => (height.value = box.clientHeight - ROW));
  size.observe(box);
  const end = effect(() => {
    if (selected.value === NOWHERE) return;
    const row = rank(selected.value);
    const rows = Math.floor(height.peek() / ROW);
    const first = firstRow.peek();
    if (row >= first && row + 1 <= first + rows) return;
    const wanted = Math.max(0, row - rows / 2);
    const share = wanted / Math.max(1, places.value.length - rows);
    requestAnimationFrame(() => {
      box.scrollTop = tall.peek() < TALLEST ? wanted * ROW : share * (tall.peek() - height.peek());
    });
  });
  return () => {
    size.disconnect();
    end();
  };
}
