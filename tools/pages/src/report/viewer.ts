// What tests of the page ask, as data rather than pixels: `__viewer` in the browser's console.
import { path } from '../trace/chains';
import { csv } from '../trace/mermaid';
import { sentence } from '../trace/words';
import { asMermaid, inSight } from '../panels/export';
import * as state from './state';
import { stories } from './stories';

export function tellTests(): void {
  const page = window as unknown as { __viewer?: object };
  page.__viewer = Object.assign(page.__viewer ?? {}, {
    state,
    stories,
    path: (from: number, to: number) => path(state.trace.value!, from, to),
    mermaid: asMermaid,
    csv: () => csv(state.trace.value!, inSight()),
    sentence: (place: number) => sentence(state.trace.value!, place),
  });
}
