// All that can be done, in one table: keys, toolbar and help dialog read it.
import { fit, panBy, zoomBy, zoomTo } from '../diagram/moves';
import { scale } from '../diagram/scale';
import { KIND } from '../trace/kinds';
import { origin, path } from '../trace/chains';
import { nearest, onward, type Way } from '../trace/steps';
import { NOBODY, NOWHERE } from '../trace/trace';
import { lookAt, select, showChain, switchAxis } from './look';
import {
  chain, current, helpOpen, hiddenNodes, hits, notice, openCard, pinned, playing, query, selected, shown, speed,
  theme, trace, traces, view,
} from './state';
import { openStoryOf } from './stories';

export interface Command {
  id: string;
  /** As `KeyboardEvent.key` names them; capital letters are those with Shift. */
  keys: string[];
  label: string;
  group: 'Step' | 'Jump' | 'View' | 'Ask' | 'Page';
  run: () => void;
}

const SPEEDS = [1, 2, 4, 8, 16, 32, 64];

/** Where steps begin: at the selected record, else at the edge of the view. */
function here(way: Way): number {
  if (selected.value !== NOWHERE) return selected.value;
  const { from, to } = view.value;
  return way > 0 ? scale.value!.first(from) - 1 : scale.value!.first(to);
}

function go(way: Way, passes: (place: number) => boolean, none: string): void {
  const place = onward(trace.value!, here(way), way, passes);
  if (place === NOWHERE) notice.value = `There is ${way > 0 ? 'no later' : 'no earlier'} ${none}.`;
  else select(place);
}

export function step(way: Way): void {
  go(way, (i) => shown.value[i] === 1, 'record that is shown');
}

function stepOnNode(way: Way): void {
  const node = selected.value === NOWHERE ? NOBODY : trace.value!.node[selected.value]!;
  go(way, (i) => shown.value[i] === 1 && (node === NOBODY || trace.value!.node[i] === node), 'record of this node');
}

function changeLane(way: Way): void {
  const all = trace.value!;
  if (selected.value === NOWHERE) return step(1);
  for (let node = all.node[selected.value]! + way; node >= 0 && node < all.nodes.length; node += way) {
    if (hiddenNodes.value.has(node)) continue;
    const place = nearest(all, selected.value, (i) => shown.value[i] === 1 && all.node[i] === node);
    if (place !== NOWHERE) return select(place);
  }
}

function followMessage(): void {
  const partner = selected.value === NOWHERE ? NOWHERE : trace.value!.partner[selected.value]!;
  if (partner === NOWHERE) notice.value = 'This is no message whose other end is in this trace.';
  else select(partner);
}

/** The next record of some kind, wherever it is, filters or not; the first again after the last. */
function jump(kinds: number[], name: string): void {
  const all = trace.value!;
  const wanted = (i: number) => kinds.includes(all.kind[i]!);
  const next = onward(all, here(1), 1, wanted);
  const place = next === NOWHERE ? onward(all, NOWHERE, 1, wanted) : next;
  if (place === NOWHERE) {
    notice.value = `This run has no ${name}.`;
    return;
  }
  selected.value = place;
  zoomTo(place);
}

function hit(way: Way): void {
  if (query.value.trim() === '') notice.value = 'Nothing is searched for: / goes to the search box.';
  else go(way, (i) => hits.value[i] === 1, 'record that matches');
}

function pin(): void {
  pinned.value = pinned.value === selected.value ? NOWHERE : selected.value;
}

/** Shows the chain from the pinned record, else from where the selected one began. */
export function why(): void {
  const place = selected.value;
  if (place === NOWHERE) {
    notice.value = 'Select a record first; “why?” then shows what led to it.';
    return;
  }
  const all = trace.value!;
  if (all.kind[place] === KIND.violation) return openStoryOf(place);
  if (pinned.value === NOWHERE || pinned.value === place) return showChain(origin(all, place));
  const ends = [Math.min(pinned.value, place), Math.max(pinned.value, place)] as const;
  const found = path(all, ...ends);
  if (found.length === 0) notice.value = 'The pinned record and this one did not cause one another.';
  else showChain(found);
}

export function clear(): void {
  if (chain.value.length > 0) chain.value = [];
  else if (selected.value !== NOWHERE) selected.value = NOWHERE;
  else openCard.value = NOWHERE;
}

function changeSpeed(way: Way): void {
  const at = SPEEDS.indexOf(speed.value) + way;
  speed.value = SPEEDS[Math.max(0, Math.min(at, SPEEDS.length - 1))]!;
  notice.value = `${speed.value} records a second`;
}

export function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
}

function switchTrace(): void {
  if (traces.value.length < 2) notice.value = 'There is one trace only: drop another onto the page to compare.';
  else lookAt(1 - current.value);
}

const command = (id: string, keys: string[], label: string, group: Command['group'], run: () => void): Command => ({
  id, keys, label, group, run,
});

export const COMMANDS: Command[] = [
  command('next', ['J'], 'Next shown record', 'Step', () => step(1)),
  command('previous', ['K'], 'Previous shown record', 'Step', () => step(-1)),
  command('node-next', ['j'], 'Next record of the same node', 'Step', () => stepOnNode(1)),
  command('node-previous', ['k'], 'Previous record of the same node', 'Step', () => stepOnNode(-1)),
  command('lane-up', ['h'], 'To the node above', 'Step', () => changeLane(-1)),
  command('lane-down', ['l'], 'To the node below', 'Step', () => changeLane(1)),
  command('message', ['m'], 'To the other end of the message', 'Step', followMessage),
  command('play', [' '], 'Play, pause', 'Step', () => (playing.value = !playing.value)),
  command('slower', ['<'], 'Play slower', 'Step', () => changeSpeed(-1)),
  command('faster', ['>'], 'Play faster', 'Step', () => changeSpeed(1)),
  command('violation', ['v'], 'Next violation', 'Jump', () => jump([KIND.violation], 'violation')),
  command('fault', ['f'], 'Next fault', 'Jump', () => jump([KIND.fault, KIND.heal, KIND.crash, KIND.pause], 'fault')),
  command('delivery', ['d'], 'Next delivery', 'Jump', () => jump([KIND.deliver], 'delivery')),
  command('search', ['/'], 'Search', 'Jump', () => document.getElementById('search')?.focus()),
  command('hit', ['n'], 'Next hit of the search', 'Jump', () => hit(1)),
  command('hit-back', ['N'], 'Previous hit of the search', 'Jump', () => hit(-1)),
  command('zoom-in', ['+', '='], 'Zoom in', 'View', () => zoomBy(2)),
  command('zoom-out', ['-'], 'Zoom out', 'View', () => zoomBy(1 / 2)),
  command('fit', ['0'], 'Show the whole run', 'View', fit),
  command('left', ['ArrowLeft'], 'Earlier', 'View', () => panBy(-0.25)),
  command('right', ['ArrowRight'], 'Later', 'View', () => panBy(0.25)),
  command('axis', ['r'], 'Axis: time, or order of records', 'View', switchAxis),
  command('theme', ['t'], 'Light, dark', 'View', () => (theme.value = isDark() ? 'light' : 'dark')),
  command('why', ['w'], 'Why? What led to the record', 'Ask', why),
  command('pin', ['p'], 'Pin the record, to ask “why?” from it', 'Ask', pin),
  command('other', ['x'], 'The other trace', 'Ask', switchTrace),
  command('clear', ['Escape'], 'Let go of chain, then of the record', 'Page', clear),
  command('help', ['?'], 'All keys', 'Page', () => (helpOpen.value = true)),
];

export const byId = new Map(COMMANDS.map((one) => [one.id, one]));
