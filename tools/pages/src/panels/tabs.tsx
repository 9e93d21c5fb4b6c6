// Below the diagram: one of several views of the same records.
import type { ComponentChildren } from 'preact';
import { tab, traces, type Tab } from '../report/state';
import { Compare } from './compare';
import { Strips } from './strips';
import { Table } from './table';

export function Tabs() {
  const tabs: [Tab, string][] = [['events', 'Records'], ['phi', 'Suspicion φ']];
  if (traces.value.length > 1) tabs.push(['compare', 'Differences']);
  const contents: Record<Tab, () => ComponentChildren> = {
    events: () => <Table />,
    phi: () => <Strips />,
    compare: () => <Compare />,
  };
  const chosen = tabs.some(([id]) => id === tab.value) ? tab.value : 'events';
  return (
    <section class="bottom" aria-label="Records, suspicion, differences">
      <div role="tablist" aria-label="Views" onKeyDown={(event) => onKey(event, tabs.map(([id]) => id))}>
        {tabs.map(([id, name]) => (
          <button
            key={id}
            role="tab"
            id={`tab-${id}`}
            aria-selected={chosen === id}
            aria-controls="tab-panel"
            tabIndex={chosen === id ? 0 : -1}
            onClick={() => (tab.value = id)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${chosen}`}>
        {contents[chosen]()}
      </div>
    </section>
  );
}

function onKey(event: KeyboardEvent, ids: Tab[]): void {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (way === undefined) return;
  event.preventDefault();
  tab.value = ids[(ids.indexOf(tab.value) + way + ids.length) % ids.length]!;
  document.getElementById(`tab-${tab.value}`)?.focus();
}
