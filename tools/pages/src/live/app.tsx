// How the parts of the page lie.
import { useEffect } from 'preact/hooks';
import { City } from './city';
import { Feed } from './feed';
import { Links } from './links';
import { Members } from './members';
import { Plots } from './plots';
import { connection, status, type Connection } from './state';
import { span } from './words';

const words: Record<Connection, string> = {
  connecting: 'connecting …',
  live: 'live',
  silent: 'silent: connected, but the node says nothing',
  lost: 'lost, trying again',
};

function Header() {
  const now = status.value;
  return (
    <header>
      <h1>
        {now === null ? 'bellwether' : `Group ${now.node.group}`}
        {now !== null && <span class="quiet"> as {now.node.member ?? now.node.node.name} sees it</span>}
      </h1>
      {now?.members !== undefined && <Leader />}
      <p class={`connection ${connection.value}`} role="status">
        <span aria-hidden="true">{connection.value === 'live' ? '●' : '○'}</span> {words[connection.value]}
      </p>
    </header>
  );
}

function Leader() {
  const { leader, epoch, hears_quorum: quorum, uptime_ms: uptime } = status.value!.node;
  return (
    <p class="leader" role="status">
      {leader == null ? <strong class="bad">nobody leads</strong> : <strong>♛ {leader} leads</strong>}
      {epoch !== undefined && <span> epoch {epoch}</span>}
      {quorum === false && <strong class="bad"> · hears no quorum</strong>}
      <span class="quiet"> · up {span(Math.floor(uptime / 1000) * 1000)}</span>
    </p>
  );
}

/** There is no group yet, or the node is not in it. */
function Waiting() {
  const { state, progress, trouble } = status.value!.node;
  return (
    <section aria-label="State">
      <h2>{state === 'joining' ? 'This node asks to be admitted' : 'There is no group yet'}</h2>
      <p>{progress}</p>
      {trouble !== undefined && <p class="bad">{trouble}</p>}
    </section>
  );
}

export function App() {
  const now = status.value;
  const group = now?.node.group;
  useEffect(() => {
    if (group !== undefined) document.title = `${group} · bellwether, live`;
  }, [group]);
  return (
    <>
      <Header />
      <main class={connection.value === 'live' ? '' : 'stale'}>
        <div class="overview">
          {now === null && <p>Asking the node …</p>}
          {now !== null && (now.members === undefined ? <Waiting /> : <Group />)}
        </div>
        <Feed />
      </main>
    </>
  );
}

function Group() {
  return (
    <>
      <Members />
      <Plots />
      <Links />
      <City />
    </>
  );
}
