// Where two traces part, and how they differ as a whole.
import { computed } from '@preact/signals';
import { countDifferences, differing, nodePartings } from '../trace/compare';
import { NOWHERE, type Trace } from '../trace/trace';
import { clock, sentence } from '../trace/words';
import { visit } from '../report/look';
import { account, current, partedAt, selected, traces } from '../report/state';

const BEFORE = 3;
const AFTER = 8;

const nodes = computed(() => nodePartings(traces.value[0]!, traces.value[1]!));
const counts = computed(() => countDifferences(traces.value[0]!, traces.value[1]!));

export function Compare() {
  const at = partedAt.value;
  if (at === NOWHERE) return <p class="pad">The two traces are equal, record by record.</p>;
  return (
    <div class="compare">
      <section>
        <h2>They part at record {at.toLocaleString('en')}</h2>
        <Both place={at} />
        <SideBySide place={at} />
      </section>
      <section>
        <h2>Where each node parts</h2>
        <Nodes />
        <h2>Records of each kind</h2>
        <Counts />
      </section>
    </div>
  );
}

const name = (i: number) => `${'AB'[i]}: ${account.value!.traces[i]!.name}`;

/** The fields of both records; what differs is emphasised. */
function Both({ place }: { place: number }) {
  const both = traces.value.map((one) => (place < one.size ? one.fields(place) : {})) as Record<string, unknown>[];
  const differ = differing(both[0]!, both[1]!);
  const names = [...new Set(both.flatMap((one) => Object.keys(one)))];
  const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? '–'));
  return (
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">field</th>
          {both.map((_, i) => (
            <th key={i} scope="col">
              <button class="small" onClick={() => visit(i, place)}>
                {name(i)}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((field) => (
          <tr key={field} class={differ.has(field) ? 'differs' : ''}>
            <th scope="row">{field}</th>
            {both.map((one, i) => (
              <td key={i}>{text(one[field])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SideBySide({ place }: { place: number }) {
  const first = Math.max(0, place - BEFORE);
  const last = Math.min(place + AFTER, Math.max(...traces.value.map((one) => one.size)));
  const rows = Array.from({ length: last - first }, (_, i) => first + i);
  return (
    <table class="beside">
      <caption>Before and after</caption>
      <tbody>
        {rows.map((at) => (
          <tr key={at} class={at < place ? '' : 'differs'}>
            {traces.value.map((one, i) => (
              <td key={i}>{at < one.size && <Line of={one} place={at} number={i} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Line({ of, place, number }: { of: Trace; place: number; number: number }) {
  const now = number === current.value && place === selected.value;
  return (
    <button class={now ? 'line now' : 'line'} onClick={() => visit(number, place)}>
      <time>{clock(of.at[place]!)}</time> {sentence(of, place)}
    </button>
  );
}

function Nodes() {
  if (nodes.value.length === 0) return <p class="quiet">Every node does the same in both.</p>;
  return (
    <ul class="partings">
      {nodes.value.map(({ node, a, b }) => (
        <li key={node}>
          <b>{node}</b> {[a, b].map((place, i) => <End key={i} number={i} place={place} />)}
        </li>
      ))}
    </ul>
  );
}

function End({ number, place }: { number: number; place: number }) {
  if (place === NOWHERE) return <span class="quiet">{'AB'[number]} has no more</span>;
  return (
    <button class="small" onClick={() => visit(number, place)}>
      {'AB'[number]} {clock(traces.value[number]!.at[place]!, 3)}
    </button>
  );
}

function Counts() {
  if (counts.value.length === 0) return <p class="quiet">As many of each.</p>;
  return (
    <table class="counts">
      <thead>
        <tr>
          {['kind', 'A', 'B', 'B − A'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.value.map(({ kind, a, b }) => (
          <tr key={kind}>
            <th scope="row">{kind}</th>
            <td>{a.toLocaleString('en')}</td>
            <td>{b.toLocaleString('en')}</td>
            <td>{b > a ? `+${b - a}` : `−${a - b}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
