// Copies a text, and says that it did.
import { notice } from '../report/state';
import { Icon } from './icon';

/** Pages of files may not always use the clipboard's own interface; an old way serves then. */
export async function copy(text: string, done = 'Copied.'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const before = document.activeElement as HTMLElement | null;
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    document.execCommand('copy');
    field.remove();
    before?.focus();
  }
  notice.value = done;
}

export function Copy({ text, label }: { text: string; label: string }) {
  return (
    <button class="small" aria-label={label} title={label} onClick={() => void copy(text)}>
      <Icon sign="copy" />
    </button>
  );
}
