// The visible part as a file, or on the clipboard.
import { exportSvg } from '../diagram/svg';
import { scale } from '../diagram/scale';
import { csv, mermaid } from '../trace/mermaid';
import { notice, places, trace, view } from '../report/state';
import { copy } from './copy';
import { Menu } from './menu';

export function ExportMenu() {
  return (
    <Menu label="Export">
      <p class="quiet">What is in sight now, filters applied:</p>
      <button onClick={() => save(exportSvg(), 'svg', 'image/svg+xml')}>Picture, SVG</button>
      <button onClick={() => void savePng()}>Picture, PNG</button>
      <button onClick={() => save(asMermaid(), 'mmd', 'text/plain')}>Mermaid sequence diagram</button>
      <button onClick={() => void copy(asMermaid())}>Copy as Mermaid</button>
      <button onClick={() => save(csv(trace.value!, inSight()), 'csv', 'text/csv')}>Table, CSV</button>
      <p class="quiet">The whole run:</p>
      <button onClick={() => save(scenarioText(), 'yaml', 'application/yaml')}>Scenario file, to run again</button>
    </Menu>
  );
}

/** Shown records within the window. */
export function inSight(): number[] {
  const { from, to } = view.value;
  const axis = scale.value!;
  return Array.from(places.value).filter((place) => axis.of(place) >= from && axis.of(place) <= to);
}

export function asMermaid(): string {
  return mermaid(trace.value!, inSight());
}

/** As the trace has it: JSON, which YAML contains. A file would rather say nothing than an empty description. */
function scenarioText(): string {
  const { description, ...rest } = trace.value!.header.config;
  return JSON.stringify(description ? { ...rest, description } : rest, null, 2);
}

function save(content: string | Blob, ending: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${trace.value!.header.scenario}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  notice.value = `Saved as ${link.download}.`;
}

async function savePng(): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([exportSvg()], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => blob !== null && save(blob, 'png', 'image/png'));
}
