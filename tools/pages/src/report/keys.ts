// Keys of the whole page. What somebody types into a field, and what a button or the table does itself, is left alone.
import { COMMANDS } from './commands';

const byKey = new Map(COMMANDS.flatMap((command) => command.keys.map((key) => [key, command] as const)));

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target.closest('dialog[open]')) return true;
  if (target.closest('input, select, textarea')) return true;
  const acts = event.key === ' ' && target.closest('button, summary, a, [role=grid]') !== null;
  const moves = event.key.startsWith('Arrow') && target.closest('[role=grid], [role=tab], [role=separator]') !== null;
  return acts || moves;
}

/** Returns how to stop listening. */
export function listen(): () => void {
  const act = (event: KeyboardEvent): void => {
    const command = byKey.get(event.key);
    if (command === undefined || event.defaultPrevented || isTaken(event)) return;
    event.preventDefault();
    command.run();
  };
  addEventListener('keydown', act);
  return () => removeEventListener('keydown', act);
}
