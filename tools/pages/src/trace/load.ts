// Reads a trace that stands in the page: JSON Lines, compressed by gzip, in base64. The browser itself decompresses.
import { type Header, Trace } from './trace';

const TURN = 40; // ms of reading between two frames
const SLICE = 1 << 20; // letters of base64 that are read together: a multiple of four

/** It is called between frames. */
type Progress = (records: number) => void;

/** Throws an Error that people can read. */
export async function loadTrace(base64: string, progress: Progress): Promise<Trace> {
  return readTrace(bytesOf(base64.trim()).pipeThrough(new DecompressionStream('gzip')), progress);
}

/** Piece by piece, so that decompressing and reading begin at once. */
function bytesOf(base64: string): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream({
    pull(to) {
      if (at >= base64.length) return to.close();
      const letters = atob(base64.slice(at, at + SLICE));
      at += SLICE;
      const bytes = new Uint8Array(letters.length);
      for (let i = 0; i < letters.length; ++i) bytes[i] = letters.charCodeAt(i);
      to.enqueue(bytes);
    },
  });
}

/** The same for plain JSON Lines, a file that was dropped onto the page, say. */
export async function readTrace(bytes: ReadableStream<Uint8Array>, progress: Progress): Promise<Trace> {
  let trace: Trace | null = null;
  let rest = '';
  let turn = performance.now();
  const reader = bytes.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (trace === null) trace = new Trace(header(line));
      else if (line !== '') trace.add(line);
    }
    if (performance.now() - turn < TURN) continue;
    progress(trace?.size ?? 0);
    await new Promise((resume) => setTimeout(resume));
    turn = performance.now();
  }
  if (trace === null) throw new Error('This is no trace: it has no first line.');
  return trace; // `rest` is a line that was torn off, as by a crash: it is no record
}

function header(line: string): Header {
  const fields = JSON.parse(line) as Header & { format?: string; version?: number };
  if (fields.format !== 'bellwether-trace') throw new Error('This is no trace: its first line is not a header.');
  if (fields.version !== 1) throw new Error(`This trace has version ${fields.version}; this page reads version 1.`);
  return fields;
}
