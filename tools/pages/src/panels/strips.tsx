// How suspicious a node finds each of its peers, over the time that the diagram shows.
import { computed, signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Colours, readColours, whenColoursChange } from '../diagram/colours';
import { scale } from '../diagram/scale';
import { layoutNow } from '../diagram/stage';
import { courseOf, curve, type Course, type Hearing } from '../trace/hearing';
import { NOBODY, NOWHERE } from '../trace/trace';
import { clock, nameOf } from '../trace/words';
import { axis, selected, trace, view, type Window } from '../report/state';

const HEIGHT = 46; // px of a strip
const COLUMN = 2; // px
const MOST = 12; // strips

/** Whose view is shown, if the reader chose; else that of the selected record's node. */
const chosen = signal(NOBODY);
const observer = computed(() => {
  if (chosen.value !== NOBODY && chosen.value < trace.value!.nodes.length) return chosen.value;
  return selected.value === NOWHERE ? 0 : Math.max(0, trace.value!.node[selected.value]!);
});
const course = computed(() => courseOf(trace.value!, observer.value));

/** What the diagram shows, in nanoseconds. */
const period = computed<Window>(() => {
  if (axis.value === 'time') return view.value;
  const all = trace.value!;
  const at = (value: number) => all.at[Math.min(scale.value!.first(value), all.size - 1)] ?? 0;
  return { from: at(view.value.from), to: Math.max(at(view.value.to), at(view.value.from) + 1e6) };
});

/** The strips stand below the diagram, with the same times below each other. */
function margins(width: number): { left: number; right: number } {
  const layout = layoutNow();
  return layout === null ? { left: 84, right: 14 } : { left: layout.left, right: width - layout.right };
}

export function Strips() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [colours, setColours] = useState<Colours | null>(null);
  useEffect(() => {
    const size = new ResizeObserver(() => setWidth(box.current!.clientWidth));
    size.observe(box.current!);
    const read = () => setColours(readColours(box.current!));
    read();
    const end = whenColoursChange(read);
    return () => (size.disconnect(), end());
  }, []);
  const { left, right } = margins(width);
  const plot = width - left - right;
  const { peers } = course.value;
  const restless = [...peers].sort((a, b) => b.suspected.length - a.suspected.length).slice(0, MOST);
  return (
    <div class="strips" ref={box} style={{ '--left': `${left}px`, '--right': `${right}px` }}>
      <Heading more={peers.length - restless.length} />
      {colours !== null &&
        width > 200 &&
        restless
          .sort((a, b) => a.peer - b.peer)
          .map((one) => <Strip key={one.peer} one={one} course={course.value} width={plot} colours={colours} />)}
    </div>
  );
}

function Heading({ more }: { more: number }) {
  const { timing } = course.value;
  const { from, to } = period.value;
  const limit = timing.fixed ? `the timeout, ${timing.threshold} s` : `the threshold, ${timing.threshold}`;
  const all = trace.value!;
  return (
    <p class="strips-head">
      <label>
        {timing.fixed ? 'Silence of its peers, as heard by ' : 'Suspicion φ of its peers, by '}
        <select value={observer.value} onChange={(event) => (chosen.value = Number(event.currentTarget.value))}>
          {all.nodes.map((name, lane) => (
            <option key={name} value={lane}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span class="quiet">
        {clock(from, 3)} to {clock(to, 3)}; dashed: {limit}; shaded: suspected
        {more > 0 ? `; ${more} calmer peers are left out` : ''}
      </span>
    </p>
  );
}

interface Shape {
  one: Hearing;
  course: Course;
  width: number;
  colours: Colours;
}

function Strip({ one, course: of, width, colours }: Shape) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { from, to } = period.value;
  const columns = Math.max(10, Math.floor(width / COLUMN));
  const values = curve(of, one, from, to, columns);
  useEffect(() => {
    plot.current = new uPlot(options(one, of, width, colours), [[], []], box.current!);
    return () => plot.current!.destroy();
  }, [one, width, colours]);
  useEffect(() => {
    const times = values.map((_, i) => (from + ((i + 1) * (to - from)) / columns) / 1e9);
    plot.current!.setData([times, values.map((value) => value && Math.min(value, of.timing.threshold * 1.5))], false);
    plot.current!.setScale('x', { min: from / 1e9, max: to / 1e9 });
  }, [from, to, one, width, colours, selected.value]);
  const name = nameOf(trace.value!, one.peer);
  const times = one.suspected.filter((span) => span.from < to && span.to >= from).length;
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return (
    <div class="strip">
      <span>
        {name}
        <small class={times > 0 ? 'problem' : 'quiet'}>{times > 0 ? 'suspected' : `≤ ${highest.toFixed(1)}`}</small>
      </span>
      <div ref={box} role="img" aria-label={`${name}: at most ${highest.toFixed(1)}, suspected ${times} times`} />
    </div>
  );
}

const faint = (colour: string) => `color-mix(in srgb, ${colour} 23%, transparent)`;

function options(one: Hearing, of: Course, width: number, { of: hue }: Colours): uPlot.Options {
  const { threshold } = of.timing;
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    padding: [2, 0, 2, 0],
    scales: { x: { time: false }, y: { range: [0, threshold * 1.5] } },
    axes: [{ show: false }, { show: false }],
    series: [{}, { stroke: hue.accent, fill: faint(hue.accent), points: { show: false } }],
    hooks: {
      drawClear: [(plot) => shade(plot, one.suspected, faint(hue.bad))],
      draw: [(plot) => level(plot, threshold, hue.bad), (plot) => now(plot, hue.text)],
    },
  };
}

function shade(plot: uPlot, spans: { from: number; to: number }[], colour: string): void {
  const { left, top, width, height } = plot.bbox;
  const inside = (at: number) => Math.max(left, Math.min(plot.valToPos(at / 1e9, 'x', true), left + width));
  plot.ctx.save();
  plot.ctx.fillStyle = colour;
  for (const { from, to } of spans) plot.ctx.fillRect(inside(from), top, inside(to) - inside(from), height);
  plot.ctx.restore();
}

function level(plot: uPlot, value: number, colour: string): void {
  const { left, width } = plot.bbox;
  const y = plot.valToPos(value, 'y', true);
  line(plot, colour, [5, 4], left, y, left + width, y);
}

/** Where the selected record stands. */
function now(plot: uPlot, colour: string): void {
  const { left, top, width, height } = plot.bbox;
  const x = selected.peek() === NOWHERE ? -1 : plot.valToPos(trace.peek()!.at[selected.peek()]! / 1e9, 'x', true);
  if (x >= left && x <= left + width) line(plot, colour, [2, 3], x, top, x, top + height);
}

function line(plot: uPlot, colour: string, dash: number[], x1: number, y1: number, x2: number, y2: number): void {
  plot.ctx.save(); // uPlot remembers what it has set itself
  plot.ctx.strokeStyle = colour;
  plot.ctx.setLineDash(dash);
  plot.ctx.beginPath();
  plot.ctx.moveTo(x1, y1);
  plot.ctx.lineTo(x2, y2);
  plot.ctx.stroke();
  plot.ctx.restore();
}
