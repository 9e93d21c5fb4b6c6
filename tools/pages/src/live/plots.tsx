// Throughput, and how silent the others are, over the last minutes.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { SPAN, history, status, type Moment } from './state';

interface Line {
  label: string;
  /** A variable of style.css. */
  colour: string;
  dash: number[];
  /** The title speaks of it. */
  unnamed?: boolean;
  value: (moment: Moment) => number | null;
  /** The same in words; left out: the number. */
  said?: (moment: Moment) => string;
}

const HEIGHT = 150;
const minutes = [-3 * 60, -2 * 60, -60, 0];
const names = ['−3 min', '−2 min', '−1 min', 'now'];
const colours = ['--accent', '--candidate', '--good', '--text', '--quiet'];
const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** `light-dark(a, b)` is not resolved in a variable: what an element shows is asked for. */
function shown(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function options(lines: Line[], width: number): uPlot.Options {
  const axis = { stroke: shown('--quiet'), grid: { stroke: shown('--line'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-SPAN, 0] },
      y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 28, gap: 8, splits: minutes, values: () => names },
      { ...axis, size: 48, space: 30 },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: shown(line.colour),
        width: 2,
        dash: line.dash,
        points: { show: false },
      })),
    ],
  };
}

function columns(lines: Line[]): uPlot.AlignedData {
  const now = history.value.at(-1)?.at ?? 0;
  return [history.value.map((moment) => moment.at - now), ...lines.map((line) => history.value.map(line.value))];
}

/** Made anew when its lines, its width or the colours change; else it is given the new data only. */
function Plot({ title, lines }: { title: string; lines: Line[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const current = useRef(lines);
  current.current = lines;
  const names = lines.map((line) => line.label).join();
  useEffect(() => {
    const make = () => {
      plot.current?.destroy();
      const width = place.current!.clientWidth;
      plot.current = new uPlot(options(current.current, width), columns(current.current), place.current!);
    };
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const sizes = new ResizeObserver(make);
    sizes.observe(place.current!);
    scheme.addEventListener('change', make);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener('change', make);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [names]);
  const moments = history.value;
  useEffect(() => plot.current?.setData(columns(current.current)), [moments]);
  const last = moments.at(-1);
  const named = lines.filter((line) => !line.unnamed);
  const values = named.map((line) => `${line.label} ${last === undefined ? '–' : sayOf(line, last)}`);
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>
        {named.map((line, i) => (
          <span key={line.label}>
            <Stroke line={line} /> {values[i]}
          </span>
        ))}
      </figcaption>
      <div ref={place} role="img" aria-label={`${title} of the last ${SPAN / 60} minutes; now ${values.join(', ')}`} />
    </figure>
  );
}

function sayOf(line: Line, moment: Moment): string {
  const value = line.value(moment);
  if (line.said !== undefined) return line.said(moment);
  return value === null ? '–' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

const Stroke = ({ line }: { line: Line }) => (
  <svg width="22" height="8" aria-hidden="true">
    <line x2="22" y1="4" y2="4" stroke={`var(${line.colour})`} stroke-width="2.5" stroke-dasharray={line.dash.join()} />
  </svg>
);

const throughput: Line[] = [
  { label: 'commits', colour: '--accent', dash: [], value: (moment) => moment.commits },
  { label: 'deliveries', colour: '--candidate', dash: [8, 4], value: (moment) => moment.deliveries },
];

function silence(threshold: number): Line[] {
  const { node } = status.value!;
  const others = (node.peers ?? []).filter((peer) => peer.member !== node.member);
  const lines = others.map((peer, i) => ({
    label: peer.member,
    colour: colours[i % colours.length]!,
    dash: dashes[i % dashes.length]!,
    value: (moment: Moment) => (moment.phi[peer.member] === null ? threshold : (moment.phi[peer.member] ?? null)),
    said: (moment: Moment) => moment.phi[peer.member]?.toFixed(1) ?? 'gone',
  }));
  return [...lines, { label: 'threshold', colour: '--bad', dash: [1, 4], unnamed: true, value: () => threshold }];
}

export function Plots() {
  const threshold = status.value!.node.phi_threshold;
  return (
    <section class="plots" aria-label="Plots">
      <Plot title="Events per second" lines={throughput} />
      {threshold != null && <Plot title={`φ, suspected at ${threshold}`} lines={silence(threshold)} />}
    </section>
  );
}
