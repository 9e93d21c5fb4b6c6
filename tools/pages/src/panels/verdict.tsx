// The violations of the run as cards, each with what led to it; or what held.
import { useEffect, useRef } from 'preact/hooks';
import { chainOf, open, ordersOf, stories, type Story } from '../report/stories';
import { select, showChain } from '../report/look';
import { account, current, openCard, selected, trace } from '../report/state';
import { NOWHERE, type Trace } from '../trace/trace';
import { clock } from '../trace/words';
import type { Step, Thread } from '../report/account';
import { Copy } from './copy';
import { Icon } from './icon';
import { Orders } from './orders';

export function Verdict() {
  const found = stories.value;
  return (
    <section class="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{heading(found)}</h2>
      {found.map((one, i) => (
        <Card key={i} story={one} number={i} />
      ))}
      {found.length === 0 && <Held trace={trace.value!} />}
      <Repeat />
    </section>
  );
}

const GAP = 8; // px above an open card

const isExpectation = ({ invariant }: Story) => invariant.startsWith('expect ');

function heading(found: Story[]): string {
  const rules = found.filter((one) => !isExpectation(one)).length;
  if (rules > 0) return `${rules} ${rules === 1 ? 'rule' : 'rules'} violated`;
  return found.length > 0 ? 'An expectation did not hold' : 'Verdict';
}

function Card({ story, number }: { story: Story; number: number }) {
  const isOpen = openCard.value === number;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const list = box.current!.parentElement!;
    if (isOpen) list.scrollTop = box.current!.offsetTop - list.offsetTop - GAP;
  }, [isOpen]);
  return (
    <article ref={box} class={isOpen ? 'card open' : 'card'} data-invariant={story.invariant}>
      <h3>
        <button
          class="cover"
          aria-expanded={isOpen}
          onClick={() => (isOpen ? (openCard.value = NOWHERE) : open(number))}
        >
          <Icon sign="violation" />
          <span>{story.invariant.replace(/^expect /, '').replaceAll('_', ' ')}</span>
          <time>{clock(story.at, 3)}</time>
        </button>
      </h3>
      <p class="breach">{story.breach}</p>
      {isOpen && <Inside story={story} />}
    </article>
  );
}

function Inside({ story }: { story: Story }) {
  const { rule, declared, more, threads } = story;
  const orders = ordersOf(trace.value!, story);
  return (
    <>
      {rule !== '' && (
        <p class="rule">
          <b>The rule:</b> {rule}
        </p>
      )}
      {declared && <p class="declared">Declared by the scenario: it is there to show this.</p>}
      {threads.length > 0 && (
        <div class="acts">
          <button onClick={() => showChain(chainOf(trace.value!, story))}>
            <Icon sign="why" />
            Show the chain
          </button>
          {more > 0 && <span class="quiet">{more} more: key v</span>}
        </div>
      )}
      {orders.length > 0 && <Orders trace={trace.value!} orders={orders} />}
      {threads.map((thread, i) => (
        <Steps key={i} thread={thread} />
      ))}
    </>
  );
}

function Steps({ thread }: { thread: Thread }) {
  return (
    <div class="thread">
      <h4>{thread.title}</h4>
      <ol class="steps">
        {thread.steps.map((step, i) => (
          <StepLine key={i} step={step} />
        ))}
      </ol>
    </div>
  );
}

function StepLine({ step }: { step: Step }) {
  const { place } = step;
  const classes = [step.witness && 'witness', place !== null && place === selected.value && 'now'].filter(Boolean);
  return (
    <li class={classes.join(' ')}>
      <time>{clock(step.at, 3)}</time>
      {place === null ? <span>{step.text}</span> : <button onClick={() => select(place)}>{step.text}</button>}
    </li>
  );
}

function Held({ trace: all }: { trace: Trace }) {
  if (all.end === null) return <BrokenOff />;
  const expect = all.header.config.expect ?? {};
  const failed = all.end.verdict === 'fail';
  return (
    <article class={failed ? 'card open' : 'card held'}>
      <h3>{failed ? 'No invariant was violated, but one of these did not hold' : 'Everything held'}</h3>
      <p>
        {expect.invariants === undefined || expect.invariants === 'all'
          ? 'Every invariant was watched during the whole run.'
          : `Watched: ${(expect.invariants as string[]).join(', ').replaceAll('_', ' ')}.`}
      </p>
      <ul class={failed ? 'wishes' : 'wishes held'}>{wishes(expect).map((wish) => <li key={wish}>{wish}</li>)}</ul>
    </article>
  );
}

function BrokenOff() {
  return (
    <article class="card">
      <h3>The trace breaks off</h3>
      <p>No rule is violated as far as it goes. It has no end, so nobody has judged the run.</p>
    </article>
  );
}

/** What the scenario asked for besides. */
function wishes(expect: Record<string, unknown>): string[] {
  const out: string[] = [];
  if (expect.final_leader) out.push(`Leader at the end: ${expect.final_leader}`);
  if (expect.leader_within) out.push(`Never without a leader for longer than ${expect.leader_within}`);
  if (expect.delivered) out.push('Every accepted event is delivered everywhere');
  for (const [kind, least] of Object.entries((expect.at_least as object | undefined) ?? {}))
    out.push(`At least ${least} × ${kind}`);
  return out;
}

function Repeat() {
  const { repeat } = account.value!.traces[current.value]!;
  if (repeat === '') return null;
  return (
    <p class="repeat">
      <span class="quiet">Run it again:</span> <code>{repeat}</code> <Copy text={repeat} label="Copy the command" />
    </p>
  );
}
