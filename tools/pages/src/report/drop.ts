// A trace that is dropped onto the page is compared with the one in it.
import { readTrace } from '../trace/load';
import { visit } from './look';
import { account, current, notice, partedAt, tab, traces } from './state';

/** Returns how to stop taking files. */
export function takeDrops(): () => void {
  const over = (event: DragEvent): void => event.preventDefault();
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    const refuse = (problem: Error) => (notice.value = `${file?.name}: ${problem.message}`);
    if (file !== undefined) take(file).catch(refuse);
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

async function take(file: File): Promise<void> {
  const bytes = file.stream();
  const packed = file.name.endsWith('.gz');
  const fresh = await readTrace(packed ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes, (records) => {
    notice.value = `Reading ${file.name}: ${records.toLocaleString('en')} records …`;
  });
  const kept = account.value!.traces[0]!;
  current.value = 0;
  account.value = { ...account.value!, traces: [kept, { name: file.name, repeat: '', explanations: [] }] };
  traces.value = [traces.value[0]!, fresh];
  tab.value = 'compare';
  visit(0, partedAt.value);
  notice.value = `Compared with ${file.name}.`;
}
