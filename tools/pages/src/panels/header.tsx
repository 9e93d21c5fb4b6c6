// What was run, and how it ended.
import { KIND } from '../trace/kinds';
import type { Trace } from '../trace/trace';
import { span } from '../trace/words';
import { account, current, trace, traces } from '../report/state';
import { stories } from '../report/stories';
import { lookAt } from '../report/look';
import { Copy } from './copy';

export function Header() {
  const all = trace.value!;
  const { description } = all.header.config;
  return (
    <header class="top">
      <div class="title">
        <h1>{all.header.scenario}</h1>
        <Badge trace={all} />
        {traces.value.length > 1 && <Switch />}
      </div>
      {description && (
        <p class="description" title={description}>
          {description}
        </p>
      )}
      <Figures trace={all} />
    </header>
  );
}

function Badge({ trace: all }: { trace: Trace }) {
  if (all.end === null) return <span class="badge torn">no end: the trace was cut off</span>;
  const passed = all.end.verdict === 'pass';
  const as = passed && stories.value.length > 0 ? ', violating as it was to' : '';
  return <span class={`badge ${all.end.verdict}`}>{passed ? `✓ passed${as}` : '✗ failed'}</span>;
}

function Switch() {
  return (
    <div class="segmented" role="group" aria-label="Trace">
      {traces.value.map((_, i) => (
        <button key={i} aria-pressed={current.value === i} onClick={() => lookAt(i)}>
          {'AB'[i]}: {account.value!.traces[i]!.name}
        </button>
      ))}
    </div>
  );
}

function Figures({ trace: all }: { trace: Trace }) {
  const { seed, mode, config } = all.header;
  const figures: [string, string | number][] = [
    ['run', mode === 'sim' ? 'simulated' : 'live'],
    ['seed', seed],
    ['nodes', all.nodes.length],
    ['duration', config.duration ?? span(all.until)],
    ['records', all.size.toLocaleString('en')],
    ['deliveries', count(all, KIND.deliver).toLocaleString('en')],
    ['elections', elections(all)],
    ['epochs', highest(all)],
  ];
  const digest = all.end?.digest ?? '';
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {digest !== '' && (
        <div>
          <dt>digest</dt>
          <dd>
            <code title={digest}>{digest.slice(0, 8)}…</code> <Copy text={digest} label="Copy the digest" />
          </dd>
        </div>
      )}
    </dl>
  );
}

function count(all: Trace, kind: number): number {
  let out = 0;
  for (let i = 0; i < all.size; ++i) if (all.kind[i] === kind) ++out;
  return out;
}

/** How often a leader rose. */
function elections(all: Trace): number {
  const leader = all.labels.indexOf('leader');
  let out = 0;
  for (let i = 0; i < all.size; ++i) if (all.kind[i] === KIND.role && all.label[i] === leader) ++out;
  return out;
}

function highest(all: Trace): number {
  let out = 0;
  for (let i = 0; i < all.size; ++i) out = Math.max(out, all.epoch[i]!);
  return out;
}
