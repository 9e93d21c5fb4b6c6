// What stands beside the pointer: the record under it, in a few words.
import { KIND } from '../trace/kinds';
import { NOBODY, NOWHERE, type Trace } from '../trace/trace';
import { exact, rough } from './ticks';

export interface TipAt {
  x: number;
  y: number;
  place: number;
  text?: string;
}

const WIDE = 230;
const HIGH = 84;

export function Tip({ at, trace, room }: { at: TipAt; trace: Trace; room: { width: number; height: number } }) {
  const left = at.x + 16 + WIDE > room.width ? Math.max(0, at.x - WIDE - 16) : at.x + 16;
  const top = at.y + 16 + HIGH > room.height ? Math.max(0, at.y - HIGH - 8) : at.y + 16;
  return (
    <div class="tip" style={{ left: `${left}px`, top: `${top}px` }} aria-hidden="true">
      <b>{title(trace, at.place)}</b>
      {at.text !== undefined && <div>{at.text}</div>}
      {details(trace, at.place).map((line) => (
        <div key={line}>{line}</div>
      ))}
      <small>{exact(trace.at[at.place]!)}</small>
    </div>
  );
}

function title(trace: Trace, place: number): string {
  const label = trace.labelOf(place);
  return label === '' ? trace.kindOf(place) : `${trace.kindOf(place)} · ${label}`;
}

function details(trace: Trace, place: number): string[] {
  const lines: string[] = [];
  const ways = route(trace, place);
  if (ways !== '') lines.push(ways);
  const numbers: string[] = [];
  if (trace.seq[place]) numbers.push(`number ${trace.seq[place]}`);
  if (trace.event[place]) numbers.push(`event ${trace.events[trace.event[place]!]}`);
  if (trace.epoch[place]) numbers.push(`epoch ${trace.epoch[place]}`);
  if (numbers.length > 0) lines.push(numbers.join(', '));
  return lines;
}

function route(trace: Trace, place: number): string {
  const [node, peer] = [trace.node[place]!, trace.peer[place]!];
  const name = (lane: number): string => (lane === NOBODY ? 'nobody' : trace.nodes[lane]!);
  if (node === NOBODY) return '';
  switch (trace.kind[place]) {
    case KIND.send:
      return `${name(node)} → ${name(peer)}${took(trace, place)}`;
    case KIND.recv:
    case KIND.drop:
      return `${name(peer)} → ${name(node)}${took(trace, place)}`;
    case KIND.suspect:
    case KIND.trust:
    case KIND.leader:
    case KIND.refused:
      return `${name(node)}: ${name(peer)}`;
    default:
      return `at ${name(node)}`;
  }
}

function took(trace: Trace, place: number): string {
  const partner = trace.partner[place]!;
  if (partner === NOWHERE) return '';
  const span = Math.abs(trace.at[partner]! - trace.at[place]!);
  const lost = trace.kind[place] === KIND.drop || trace.kind[partner] === KIND.drop;
  return lost ? ', lost' : `, ${rough(span)} under way`;
}
