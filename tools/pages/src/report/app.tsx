// How the parts of the page lie.
import { Diagram } from '../diagram/diagram';
import { Details } from '../panels/details';
import { Divider, upper } from '../panels/divider';
import { Filters } from '../panels/filters';
import { Header } from '../panels/header';
import { Help } from '../panels/help';
import { Says } from '../panels/says';
import { Tabs } from '../panels/tabs';
import { Toolbar } from '../panels/toolbar';
import { Verdict } from '../panels/verdict';

export function App() {
  return (
    <>
      <Header />
      <section aria-label="Commands and filters">
        <Toolbar />
        <Filters />
      </section>
      <main style={upper.value === null ? undefined : { '--upper': `${upper.value}%` }}>
        <section class="picture" aria-label="Space-time diagram">
          <Diagram />
        </section>
        <Divider />
        <Tabs />
        <aside aria-label="Verdict and record">
          <Verdict />
          <Details />
        </aside>
      </main>
      <Says />
      <Help />
    </>
  );
}
