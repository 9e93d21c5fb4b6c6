// A part of a trace as text: a sequence diagram for Mermaid, and a table for spreadsheets.
import { KIND } from './kinds';
import { NOWHERE, type Trace } from './trace';
import { nameOf, what } from './words';

const MOST = 200; // messages: more is no picture any more, and Mermaid ends at 50,000 characters
const LONG = 20; // records left out in a row that are worth a note

/** `places` ascend; what lies between them and is not among them is told by its number only. */
export function mermaid(trace: Trace, places: readonly number[]): string {
  const out = ['sequenceDiagram'];
  trace.nodes.forEach((name, lane) => out.push(`  participant p${lane} as ${plain(name)}`));
  const over = `Note over p0${trace.nodes.length > 1 ? `,p${trace.nodes.length - 1}` : ''}`;
  let messages = 0;
  let previous = places[0] ?? 0;
  for (const place of places) {
    if (place - previous > LONG) out.push(`  ${over}: … ${place - previous - 1} records hidden …`);
    const line = lineOf(trace, place, over);
    if (line === '') continue;
    previous = place;
    if (trace.kind[place] === KIND.send && ++messages > MOST) {
      out.push(`  ${over}: … ${places.filter((later) => later >= place).length} more records not shown …`);
      break;
    }
    out.push(`  ${line}`);
  }
  return out.join('\n') + '\n';
}

/** '' for what the line of a message tells already. */
function lineOf(trace: Trace, place: number, over: string): string {
  const kind = trace.kind[place]!;
  const node = trace.node[place]!;
  if (kind === KIND.recv || kind === KIND.drop) return '';
  if (kind === KIND.send) {
    const end = trace.partner[place]!;
    const arrow = end === NOWHERE ? '--)' : trace.kind[end] === KIND.recv ? '->>' : '-x';
    return `p${node}${arrow}p${trace.peer[place]}: ${plain(trace.labelOf(place))}`;
  }
  const text = plain(`${trace.kindOf(place)} ${what(trace, place)}${number(trace, place)}`);
  return `${node < 0 ? over : `Note over p${node}`}: ${text}`;
}

function number(trace: Trace, place: number): string {
  return trace.seq[place] === 0 ? '' : ` number ${trace.seq[place]}`;
}

/** Semicolons end a line in Mermaid, and # begins an entity. */
const plain = (text: string) => text.replace(/[;#\n]/g, ',').trim();

export function csv(trace: Trace, places: readonly number[]): string {
  const rows = places.map((place) => [
    place,
    trace.at[place],
    nameOf(trace, trace.node[place]!),
    trace.kindOf(place),
    nameOf(trace, trace.peer[place]!),
    trace.labelOf(place),
    trace.events[trace.event[place]!],
    trace.seq[place] || '',
    trace.epoch[place] || '',
  ]);
  const cell = (value: unknown) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value);
  const head = ['place', 'at_ns', 'node', 'kind', 'peer', 'label', 'event', 'seq', 'epoch'];
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
