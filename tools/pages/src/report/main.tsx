// The report of a run: reads what the program wrote into the page, then shows it.
import { render } from 'preact';
import { loadTrace } from '../trace/load';
import '../style.css';
import '../panels/compare.css';
import '../panels/details.css';
import '../panels/help.css';
import '../panels/strips.css';
import '../panels/table.css';
import '../panels/verdict.css';
import './report.css';
import { readAccount, traceText } from './account';
import { App } from './app';
import { takeDrops } from './drop';
import { keepAddress, restore } from './hash';
import { listen } from './keys';
import { visit } from './look';
import { startPlayer } from './player';
import { account, partedAt, tab, traces, view } from './state';
import { openFirst } from './stories';
import { keepTheme } from './theme';
import { tellTests } from './viewer';

async function start(): Promise<void> {
  const place = document.getElementById('app')!;
  const said = readAccount();
  const loaded = [];
  for (let i = 0; i < said.traces.length; ++i)
    loaded.push(
      await loadTrace(traceText(i), (records) => {
        const { name } = said.traces[i]!;
        place.firstElementChild!.textContent = `Reading ${name}: ${records.toLocaleString('en')} records …`;
      }),
    );
  account.value = said;
  traces.value = loaded;
  view.value = { from: 0, to: loaded[0]!.until };
  document.title = `${loaded[0]!.header.scenario} · bellwether`;
  keepTheme();
  if (!restore(location.hash)) begin();
  place.textContent = '';
  render(<App />, place);
  listen();
  startPlayer();
  takeDrops();
  keepAddress();
  tellTests();
}

/** At the first difference, the first violation, or with the whole run. */
function begin(): void {
  if (traces.value.length < 2) return openFirst();
  tab.value = 'compare';
  visit(0, partedAt.value);
}

start().catch((problem: unknown) => {
  document.getElementById('app')!.textContent = `This report cannot be shown: ${String(problem)}`;
});
