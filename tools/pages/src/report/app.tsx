// How the parts of the page lie.
import { Diagram } from '../diagram/diagram';
import { trace } from './state';

export function App() {
  return (
    <>
      <header>
        <h1>{trace.value!.header.scenario}</h1>
      </header>
      <main>
        <Diagram />
      </main>
    </>
  );
}
