// The report of a run: reads what the program wrote into the page, then shows it.
import { render } from 'preact';
import { loadTrace } from '../trace/load';
import '../style.css';
import { readAccount, traceText } from './account';
import { App } from './app';
import { listen } from './keys';
import { startPlayer } from './player';
import { account, traces, view } from './state';
import { openFirst } from './stories';

async function start(): Promise<void> {
  const place = document.getElementById('app')!;
  const said = readAccount();
  const loaded = [];
  for (let i = 0; i < said.traces.length; ++i)
    loaded.push(
      await loadTrace(traceText(i), (records) => {
        place.firstElementChild!.textContent = `Reading ${said.traces[i]!.name}: ${records.toLocaleString()} records …`;
      }),
    );
  account.value = said;
  traces.value = loaded;
  view.value = { from: 0, to: loaded[0]!.until };
  document.title = `${loaded[0]!.header.scenario} · bellwether`;
  openFirst();
  place.textContent = '';
  render(<App />, place);
  listen();
  startPlayer();
}

start().catch((problem: unknown) => {
  document.getElementById('app')!.textContent = `This report cannot be shown: ${String(problem)}`;
});
