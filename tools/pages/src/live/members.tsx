// A card for each member: what it says of itself, and how it looks from this node.
import { useEffect, useRef } from 'preact/hooks';
import { status } from './state';
import type { Member, NodeStatus, Peer } from './status';
import { count, span } from './words';

/** The peer's silence against the φ at which it is suspected. */
function Phi({ peer, threshold }: { peer: Peer; threshold: number | null | undefined }) {
  if (threshold == null) return null;
  const phi = peer.suspected ? threshold : Math.min(peer.phi ?? 0, threshold);
  const said = peer.suspected ? 'suspected' : `φ ${phi.toFixed(1)} of ${threshold}`;
  return (
    <div class="phi">
      <div class="bar" role="meter" aria-label={`φ of ${peer.member}`} aria-valuemin={0} aria-valuemax={threshold}
        aria-valuenow={Number(phi.toFixed(1))} aria-valuetext={said}>
        <span style={{ width: `${(100 * phi) / threshold}%` }} />
      </div>
      <span>{said}</span>
    </div>
  );
}

const silent = (member: Member): boolean => member.said === null && member.since_ms !== null;

/** In words: how it is, and whether that is bad. */
function condition(member: Member, peer: Peer | undefined): [string, boolean] {
  if (member.self) return ['this node', false];
  const since = ` for ${span(member.since_ms ?? 0)}`;
  if (member.said === null) return silent(member) ? [`silent${since}`, true] : ['not asked yet', false];
  if (peer?.suspected) return ['suspected', true];
  if (peer?.connected === false) return ['no connection to it', true];
  return ['heard', false];
}

function Belief({ member, node }: { member: Member; node: NodeStatus }) {
  const leader = member.said?.leader;
  if (leader === undefined) return <dd>–</dd>;
  const name = leader === member.member ? 'itself' : (leader ?? 'nobody');
  return <dd class={leader === node.leader ? '' : 'bad'}>{name}</dd>;
}

function Card({ member, node }: { member: Member; node: NodeStatus }) {
  const peer = member.self ? undefined : node.peers?.find((one) => one.member === member.member);
  const [state, bad] = condition(member, peer);
  const gone = silent(member) || peer?.suspected === true;
  const leads = node.leader === member.member && !gone;
  const role = gone ? 'gone' : (member.said?.role ?? member.said?.state ?? '');
  const card = useFlash(`${state.split(' for ')[0]} ${role} ${leads} ${member.said?.epoch} ${member.said?.leader}`);
  return (
    <li ref={card} class={`card ${leads ? 'leads' : ''} ${gone ? 'gone' : ''}`} data-member={member.member}>
      <h2>
        {leads && <span aria-hidden="true">♛ </span>}
        {member.member}
        {member.name !== member.member && <span class="quiet"> {member.name}</span>} <span class="role">{role}</span>
      </h2>
      <p class={`state ${bad ? 'bad' : ''}`}>
        {bad ? '✗ ' : ''}
        {state}
        {!member.voter && <span class="quiet"> · no vote</span>}
      </p>
      <dl>
        <dt>epoch</dt>
        <dd>{member.said?.epoch ?? '–'}</dd>
        <dt>follows</dt>
        <Belief member={member} node={node} />
        <dt>commit</dt>
        <dd>{count(member.said?.commit)}</dd>
        <dt>delivered</dt>
        <dd>{count(member.said?.delivered)}</dd>
      </dl>
      {peer !== undefined && <Phi peer={peer} threshold={node.phi_threshold} />}
    </li>
  );
}

/** The card lights up when what it says has changed, unless motion is unwelcome. */
function useFlash(what: string) {
  const card = useRef<HTMLLIElement>(null);
  const before = useRef(what);
  useEffect(() => {
    if (before.current === what) return;
    before.current = what;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    card.current!.animate([{ outlineColor: 'var(--accent)' }, { outlineColor: 'transparent' }], 1200);
  }, [what]);
  return card;
}

export function Members() {
  const { members, node } = status.value!;
  return (
    <section aria-label="Members">
      <ul class="cards">
        {members!.map((member) => (
          <Card key={member.member} member={member} node={node} />
        ))}
      </ul>
    </section>
  );
}
