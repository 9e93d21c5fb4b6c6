// What stands between this node and the others, and what waits in it.
import { status } from './state';
import type { Member, Peer } from './status';
import { bytes, count } from './words';

function Row({ peer, member }: { peer: Peer; member: Member | undefined }) {
  const answered = member?.took_us == null ? '–' : `${(member.took_us / 1000).toFixed(1)} ms`;
  return (
    <tr>
      <th scope="row">{peer.member}</th>
      <td class={peer.connected ? '' : 'bad'}>{peer.connected ? 'up' : '✗ down'}</td>
      <td>{count(peer.sent.messages)}</td>
      <td>{bytes(peer.sent.bytes)}</td>
      <td>{count(peer.received.messages)}</td>
      <td>{bytes(peer.received.bytes)}</td>
      <td>{bytes(peer.waiting_bytes)}</td>
      <td>{answered}</td>
    </tr>
  );
}

function Buffers() {
  const { buffers, log, recording, incarnation } = status.value!.node;
  return (
    <dl class="buffers">
      <dt>outbox</dt>
      <dd>{count(buffers?.outbox)}</dd>
      <dt>hold-back</dt>
      <dd>{count(buffers?.hold_back)}</dd>
      <dt>log</dt>
      <dd>
        {count(log?.first)} to {count(log?.last)}
      </dd>
      <dt>incarnation</dt>
      <dd>{incarnation}</dd>
      <dt>recording</dt>
      <dd>{recording ?? 'none'}</dd>
    </dl>
  );
}

export function Links() {
  const { node, members } = status.value!;
  const others = (node.peers ?? []).filter((peer) => peer.member !== node.member);
  return (
    <section class="links" aria-label={`Links and buffers of ${node.member}`}>
      <div class="scroll" tabIndex={0} role="region" aria-label="Links">
        <table>
          <thead>
            <tr>
              <th scope="col">link to</th>
              <th scope="col">it is</th>
              <th scope="col" colSpan={2}>sent: messages, bytes</th>
              <th scope="col" colSpan={2}>received</th>
              <th scope="col">waits</th>
              <th scope="col">answers in</th>
            </tr>
          </thead>
          <tbody>
            {others.map((peer) => (
              <Row key={peer.member} peer={peer} member={members!.find((one) => one.member === peer.member)} />
            ))}
          </tbody>
        </table>
      </div>
      <Buffers />
    </section>
  );
}
