// The selected record: what it says, what led to it, and what its node knew then.
import { FUTURE, PAST } from '../trace/causes';
import { origin, path } from '../trace/chains';
import { KIND } from '../trace/kinds';
import { moment, type Moment } from '../trace/moment';
import { onward } from '../trace/steps';
import { NOBODY, NOWHERE, type Trace } from '../trace/trace';
import { clock, nameOf, sentence, span } from '../trace/words';
import { byId, why } from '../report/commands';
import { select } from '../report/look';
import { causes, chain, pinned, query, selected, trace } from '../report/state';
import { Icon } from './icon';

export function Details() {
  const place = selected.value;
  return (
    <section class="details" aria-labelledby="details-title">
      <h2 id="details-title">Record</h2>
      {place === NOWHERE ? <Nothing /> : <Chosen trace={trace.value!} place={place} />}
    </section>
  );
}

function Nothing() {
  return (
    <p class="quiet">
      Click a record in the diagram or in the table, or press <kbd>J</kbd>. <kbd>?</kbd> shows all keys.
    </p>
  );
}

function Chosen({ trace: all, place }: { trace: Trace; place: number }) {
  return (
    <>
      <p class="sentence">
        <time>{clock(all.at[place]!)}</time> {sentence(all, place)}
      </p>
      <Ways trace={all} place={place} />
      <Causes />
      <Chain trace={all} place={place} />
      <State trace={all} place={place} />
      <FieldList trace={all} place={place} />
    </>
  );
}

function Go({ to, label, children }: { to: number; label?: string; children: string }) {
  return (
    <button class="small" disabled={to === NOWHERE} aria-label={label} title={label} onClick={() => select(to)}>
      {children}
    </button>
  );
}

/** To what is next to it: on its node, at the other end of its message, in the life of its event. */
function Ways({ trace: all, place }: { trace: Trace; place: number }) {
  const node = all.node[place]!;
  const name = nameOf(all, node);
  const same = (i: number) => all.node[i] === node;
  const partner = all.partner[place]!;
  const event = all.events[all.event[place]!]!;
  const arrived = partner !== NOWHERE && all.kind[partner] === KIND.recv;
  return (
    <div class="ways">
      {node !== NOBODY && (
        <>
          <Go to={onward(all, place, -1, same)} label={`Previous record of ${name}`}>{`← ${name}`}</Go>
          <Go to={onward(all, place, 1, same)} label={`Next record of ${name}`}>{`${name} →`}</Go>
        </>
      )}
      {partner !== NOWHERE && (
        <Go to={partner}>
          {`${all.kind[place] !== KIND.send ? 'sent' : arrived ? 'received' : 'lost'} ${delay(all, place, partner)}`}
        </Go>
      )}
      {event !== '' && (
        <button class="small" onClick={() => (query.value = `event:${event}`)}>
          Follow {event}
        </button>
      )}
      <button class="small" aria-pressed={pinned.value === place} onClick={byId.get('pin')!.run}>
        <Icon sign="pin" /> {pinned.value === place ? 'Pinned' : 'Pin'}
      </button>
      <button class="small" onClick={why}>
        <Icon sign="why" /> Why?
      </button>
    </div>
  );
}

function delay(all: Trace, place: number, partner: number): string {
  const between = all.at[partner]! - all.at[place]!;
  return `${span(Math.abs(between))} ${between < 0 ? 'before' : 'later'}`;
}

function Causes() {
  const all = causes.value;
  if (all === null) return null;
  let past = 0;
  let future = 0;
  for (let i = 0; i < all.length; ++i) {
    if (all[i] === PAST) ++past;
    else if (all[i] === FUTURE) ++future;
  }
  return (
    <p class="causes">
      <span class="past">{past.toLocaleString('en')} before it</span> can have caused it;{' '}
      <span class="future">{future.toLocaleString('en')} after it</span> can be due to it.
    </p>
  );
}

/** From the pinned record, else from where it began. */
function Chain({ trace: all, place }: { trace: Trace; place: number }) {
  const from = pinned.value;
  const asked = from !== NOWHERE && from !== place;
  const found = asked ? path(all, Math.min(from, place), Math.max(from, place)) : origin(all, place);
  if (!asked && found.length < 2) return null;
  return (
    <div class="thread">
      <h3>{asked ? 'From the pinned record' : 'Why? What led to it'}</h3>
      {found.length === 0 && <p class="quiet">Neither can have caused the other.</p>}
      <ol class="steps">
        {found.map((at) => (
          <li key={at} class={[at === place && 'now', chain.value.includes(at) && 'chained'].filter(Boolean).join(' ')}>
            <time>{clock(all.at[at]!, 3)}</time>
            <button onClick={() => select(at)}>{sentence(all, at)}</button>
          </li>
        ))}
      </ol>
    </div>
  );
}

const NAMES: [keyof Moment, string][] = [
  ['up', 'is'],
  ['role', 'role'],
  ['epoch', 'epoch'],
  ['leader', 'follows'],
  ['delivered', 'delivered'],
  ['committed', 'committed'],
  ['suspects', 'suspects'],
];

/** What has just changed is emphasised. */
function State({ trace: all, place }: { trace: Trace; place: number }) {
  const node = all.node[place]!;
  if (node === NOBODY) return null;
  const now = moment(all, node, place);
  const before = moment(all, node, place - 1);
  return (
    <>
      <h3>{nameOf(all, node)} then</h3>
      <dl class="pairs two">
        {NAMES.map(([key, name]) => (
          <div key={key} class={now[key] === before[key] ? '' : 'changed'}>
            <dt>{name}</dt>
            <dd>
              {now[key]}
              {now[key] !== before[key] && <span class="was"> was {before[key]}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function FieldList({ trace: all, place }: { trace: Trace; place: number }) {
  const fields = all.fields(place);
  const text = (name: string, value: unknown) => {
    if (name === 'at') return `${(value as number).toLocaleString('en')} ns`;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return (
    <>
      <h3>Record {place.toLocaleString('en')}</h3>
      <dl class="pairs">
        {Object.entries(fields).map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>{text(name, value)}</dd>
          </div>
        ))}
      </dl>
      <details class="json">
        <summary>JSON</summary>
        <pre>{JSON.stringify(fields)}</pre>
      </details>
    </>
  );
}
