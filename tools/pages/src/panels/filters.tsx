// What is shown: the search box, heartbeats and nodes, and what of all this is in force.
import { hiddenNodes, onlyMatches, parsed, places, query, showHeartbeats, trace } from '../report/state';
import { byId } from '../report/commands';
import { Icon } from './icon';
import { Menu } from './menu';

const EXAMPLES =
  'Try kind:deliver,order · node:n3 · type:ELECTION · event:n1:4 · seq:10..20 · t:2s..5s · or any word';

export function Filters() {
  const { problems } = parsed.value;
  return (
    <div class="filters" role="search">
      <label class="search">
        <Icon sign="search" />
        <span class="hidden">Search and filter</span>
        <input
          id="search"
          type="search"
          spellcheck={false}
          autocomplete="off"
          placeholder="Filter: kind:deliver node:n3 t:2s..5s or any word"
          title={EXAMPLES}
          aria-describedby="search-says"
          aria-invalid={problems.length > 0}
          value={query.value}
          onInput={(event) => later(event.currentTarget.value)}
          onKeyDown={onKey}
        />
      </label>
      <Chip on={showHeartbeats.value} act={() => (showHeartbeats.value = !showHeartbeats.value)}>
        Heartbeats
      </Chip>
      <Nodes />
      {query.value !== '' && (
        <Chip on={onlyMatches.value} act={() => (onlyMatches.value = !onlyMatches.value)}>
          Only matches
        </Chip>
      )}
      {parts().map((part) => (
        <button key={part} class="chip part" title="Take this part out" onClick={() => takeOut(part)}>
          {part} <Icon sign="close" />
        </button>
      ))}
      <span id="search-says" class={problems.length > 0 ? 'says problem' : 'says'} role="status">
        {problems[0] ?? `${count(places.value.length)} of ${count(trace.value!.size)} records`}
      </span>
    </div>
  );
}

const count = (records: number) => records.toLocaleString('en');
const parts = () => (query.value.trim() === '' ? [] : query.value.trim().split(/\s+/));

function takeOut(part: string): void {
  query.value = parts().filter((one) => one !== part).join(' ');
}

let typing = 0;

/** A million records are not filtered at each letter. */
function later(text: string): void {
  clearTimeout(typing);
  typing = window.setTimeout(() => (query.value = text), 120);
}

function onKey(event: KeyboardEvent): void {
  const field = event.currentTarget as HTMLInputElement;
  if (event.key === 'Escape') {
    query.value = field.value = '';
    field.blur();
  } else if (event.key === 'Enter') {
    clearTimeout(typing);
    query.value = field.value;
    byId.get('hit')!.run();
  }
}

function Chip({ on, act, children }: { on: boolean; act: () => void; children: string }) {
  return (
    <button class="chip" aria-pressed={on} onClick={act}>
      {children}
    </button>
  );
}

function Nodes() {
  const hidden = hiddenNodes.value;
  const toggle = (lane: number) => {
    const next = new Set(hidden);
    if (!next.delete(lane)) next.add(lane);
    hiddenNodes.value = next;
  };
  const nodes = trace.value!.nodes;
  return (
    <Menu label={hidden.size === 0 ? 'All nodes' : `${nodes.length - hidden.size} of ${nodes.length} nodes`}>
      {nodes.map((name, lane) => (
        <label key={name}>
          <input type="checkbox" checked={!hidden.has(lane)} onChange={() => toggle(lane)} />
          {name}
        </label>
      ))}
      <button onClick={() => (hiddenNodes.value = new Set())}>Show all</button>
    </Menu>
  );
}
