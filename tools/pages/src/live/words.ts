// What happened, in a sentence.
import type { Happening } from './status';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
export const count = (value: number | undefined): string => (value === undefined ? '–' : whole.format(value));

/** "1.2 MB" */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) (value /= 1000), ++unit;
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** "320 ms", "4.2 s", "17 min" */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

const step = (name: string | undefined): string => (name ?? '').replaceAll('_', ' ');

function dispatched(what: Happening): string {
  const units = [what.ambulance, what.hospital].filter((unit) => unit != null).join(' → ');
  return `crash ${what.crash}: ${step(what.step)}${units === '' ? '' : ` (${units})`}`;
}

function delivered(what: Happening): string {
  const last = `number ${count(what.seq)} (${what.type})`;
  return what.count === 1 ? `delivered ${last}` : `delivered ${count(what.count)} events, up to ${last}`;
}

/** A broken connection is a sign of its own, before silence is. */
const reason = (phi: number): string => (phi < 1000 ? 'its connection broke' : `φ ${(phi / 1000).toFixed(1)}`);

export function words(what: Happening): string {
  const node = what.node ?? '';
  switch (what.kind) {
    case 'start':
      return `${node} starts, incarnation ${what.incarnation}`;
    case 'restart':
      return `${node} is back, incarnation ${what.incarnation}`;
    case 'role':
      return `${node} ${what.role === 'leader' ? 'leads' : `is ${what.role},`} epoch ${what.epoch}`;
    case 'leader':
      if (what.leader === null) return `${node} follows nobody`;
      if (what.leader === node) return `${node} trusts itself to lead`;
      return `${node} follows ${what.leader}, epoch ${what.epoch}`;
    case 'suspect':
      return `${node} suspects ${what.peer}: ${reason(what.phi_milli ?? 0)}`;
    case 'trust':
      return `${node} hears ${what.peer} again`;
    case 'refused':
      return `${node} takes nothing from ${what.peer}: ${what.reason}`;
    case 'snapshot':
      return `${node} was given the state up to number ${count(what.seq)}`;
    case 'reject':
      return `${what.event ?? 'an event'} was rejected: ${what.reason}`;
    case 'deliver':
      return delivered(what);
    case 'dispatch':
      return dispatched(what);
    case 'violation':
      return `a rule is broken: ${what.invariant}: ${what.detail}`;
    case 'left_out':
      return `${count(what.count)} more that are not told`;
    default:
      return `${node} ${what.kind}`;
  }
}
