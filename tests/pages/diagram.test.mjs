// The space-time diagram in a real browser: what it draws, how it moves, and how fast, with runs of the program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, open } from './browser.mjs';

const program = process.env.BELLWETHER ?? 'build/release/bellwether';
const folder = mkdtempSync(join(tmpdir(), 'bellwether-diagram-'));
let browser;

before(async () => (browser = await launch()));
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The address of a report of a scenario, made now. */
function report(name, scenario) {
  const file = join(folder, `${name}.yaml`);
  const out = join(folder, `${name}.html`);
  writeFileSync(file, `version: 1\nname: ${name}\n${scenario}`);
  execFileSync(program, ['run', file, '--report', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return pathToFileURL(out).href;
}

/** Its page, once the diagram is drawn. */
async function look(url, options = {}) {
  const opened = await open(browser, url, { reducedMotion: 'reduce', ...options });
  await opened.page.waitForFunction(() => globalThis.__viewer?.loadMs > 0, null, { timeout: 30_000 });
  return opened;
}

async function settled(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => {
    const { state, firstPaintMs, loadMs, records, visible, mode, drawn, arrows, marks, layout, scroll } =
      globalThis.__viewer;
    const [view, selected, axis] = [state.view.value, state.selected.value, state.axis.value];
    return { firstPaintMs, loadMs, records, visible, mode, drawn, arrows, marks, layout, scroll, view, selected, axis };
  });
}

async function show(page, from, to) {
  await page.evaluate((view) => (globalThis.__viewer.state.view.value = view), { from, to });
  return settled(page);
}

/** How long the pictures take to draw while the window moves by small steps, ascending, ms. */
function panFrames(page) {
  return page.evaluate(async () => {
    const { state } = globalThis.__viewer;
    const { from, to } = state.view.value;
    globalThis.__viewer.frames = [];
    for (let i = 1; i <= 30; ++i) {
      const step = ((to - from) * i) / 400;
      state.view.value = { from: from + step, to: to + step };
      await new Promise((done) => requestAnimationFrame(done));
    }
    return globalThis.__viewer.frames.sort((a, b) => a - b);
  });
}

const median = (sorted) => sorted[Math.floor(sorted.length / 2)];
const SECOND = 1e9;

const CRASH = `
duration: 20s
nodes: 5
workload: [{submit: 20/s, from: all}]
faults:
  - {at: 6s, crash: leader}
  - {at: 10s, restart: crashed}
  - {at: 12s, pause: n2, for: 1s}
  - {at: 14s, partition: [[n1], [n2, n3, n4, n5]], for: 2s}
expect: {settle: 3s}
`;

let small;
const smallRun = () => (small ??= report('small', CRASH));

test('a run is drawn without an error and without the network', async () => {
  const { page, errors, requests, context } = await look(smallRun());
  const whole = await settled(page);
  assert.deepEqual(errors, []);
  assert.deepEqual(requests, [smallRun()]);
  assert.equal(whole.layout.lanes.length, 5);
  assert.ok(whole.drawn.bands >= 10, 'roles are bands');
  assert.ok(whole.drawn.beliefs >= 10, 'beliefs are lines');
  assert.equal(whole.drawn.down, 1);
  assert.equal(whole.drawn.paused, 1);
  assert.equal(whole.drawn.faults, 4);
  const near = await show(page, 5.9 * SECOND, 6.3 * SECOND);
  assert.equal(near.mode, 'single');
  assert.ok(near.drawn.arrows > 20 && near.drawn.marks > 20 && near.drawn.numbers > 3 && near.drawn.words > 5);
  await context.close();
});

test('the canvas says what it is and takes the focus', async () => {
  const { page, context } = await look(smallRun());
  const canvas = page.locator('.diagram canvas[role=application]');
  assert.match(await canvas.getAttribute('aria-label'), /space-time diagram/i);
  await canvas.focus();
  assert.equal(await canvas.evaluate((element) => element === document.activeElement), true);
  await context.close();
});

/** Where a point of the picture is on the page. */
async function onPage(page, x, y) {
  const box = await page.locator('.diagram canvas[role=application]').boundingBox();
  return [box.x + x, box.y + y];
}

test('a click on an arrow selects its record, one beside everything selects none', async () => {
  const { page, context } = await look(smallRun());
  const near = await show(page, 6.0 * SECOND, 6.06 * SECOND);
  const [place, x, y] = lonelyArrow(near);
  await page.mouse.click(...(await onPage(page, x, y)));
  const after = await settled(page);
  assert.equal(after.selected, place);
  const words = await page.evaluate((at) => globalThis.__viewer.state.trace.value.fields(at), place);
  assert.match(words.kind, /^(send|recv|drop)$/);
  await page.mouse.click(...(await onPage(page, near.layout.left + 1, near.layout.top + 2)));
  assert.equal((await settled(page)).selected, -1);
  await context.close();
});

/** A point on an arrow from which all other arrows and marks are farther away. */
function lonelyArrow({ arrows, marks, layout }) {
  for (let i = 0; i < arrows.length; i += 5)
    for (const part of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      const x = arrows[i] + (arrows[i + 2] - arrows[i]) * part;
      const y = arrows[i + 1] + (arrows[i + 3] - arrows[i + 1]) * part;
      if (x < layout.left + 20 || x > layout.right - 20 || y < layout.top + 10 || y > layout.height - 10) continue;
      if (isFar(x, y, arrows, i, marks)) return [arrows[i + 4], x, y];
    }
  throw new Error('no arrow stands alone');
}

function isFar(x, y, arrows, own, marks) {
  for (let i = 0; i < marks.length; i += 3) if (Math.hypot(marks[i] - x, marks[i + 1] - y) < 12) return false;
  for (let i = 0; i < arrows.length; i += 5)
    for (let part = 0; i !== own && part <= 1; part += 0.02) {
      const [dx, dy] = [arrows[i + 2] - arrows[i], arrows[i + 3] - arrows[i + 1]];
      if (Math.hypot(arrows[i] + dx * part - x, arrows[i + 1] + dy * part - y) < 10) return false;
    }
  return true;
}

test('wheel, drag and double click move the window', async () => {
  const { page, context } = await look(smallRun());
  const whole = await show(page, 0, 20 * SECOND);
  const middle = (whole.layout.left + whole.layout.right) / 2;
  await page.mouse.move(...(await onPage(page, middle, whole.layout.top + 60)));
  await page.mouse.wheel(0, -600);
  const near = await settled(page);
  const span = near.view.to - near.view.from;
  assert.ok(span < 12 * SECOND, 'the wheel zooms');
  assert.ok(Math.abs((near.view.from + near.view.to) / 2 - 10 * SECOND) < 0.2 * SECOND, 'around the pointer');
  await page.mouse.wheel(100, 0);
  const right = await settled(page);
  assert.ok(right.view.from > near.view.from, 'sideways it pans');
  assert.ok(Math.abs(right.view.to - right.view.from - span) < 10, 'and keeps the zoom');
  await page.mouse.down();
  await page.mouse.move(...(await onPage(page, middle + 100, whole.layout.top + 60)), { steps: 4 });
  await page.mouse.up();
  const dragged = await settled(page);
  assert.ok(dragged.view.from < right.view.from, 'what is dragged right comes from the left');
  assert.equal(dragged.selected, -1, 'a drag is no click');
  await page.mouse.dblclick(...(await onPage(page, middle, whole.layout.top + 60)));
  const closer = await settled(page);
  assert.ok(closer.view.to - closer.view.from < span * 0.7, 'a double click zooms');
  await context.close();
});

test('the overview moves the window', async () => {
  const { page, context } = await look(smallRun());
  const { layout } = await show(page, 2 * SECOND, 4 * SECOND);
  const box = await page.locator('.diagram canvas.overview').boundingBox();
  const x = (seconds) => box.x + layout.left + ((layout.right - layout.left) * seconds) / 20;
  const y = box.y + box.height / 2;
  await page.mouse.click(x(10), y);
  const there = (await settled(page)).view;
  assert.ok(Math.abs(there.from - 9 * SECOND) < 0.1 * SECOND && Math.abs(there.to - 11 * SECOND) < 0.1 * SECOND);
  await page.mouse.move(x(10), y);
  await page.mouse.down();
  await page.mouse.move(x(12), y, { steps: 4 });
  await page.mouse.up();
  const moved = (await settled(page)).view;
  assert.ok(Math.abs(moved.from - 11 * SECOND) < 0.1 * SECOND, 'the brush is dragged');
  await page.mouse.move(x(13), y);
  await page.mouse.down();
  await page.mouse.move(x(15), y, { steps: 4 });
  await page.mouse.up();
  const wider = (await settled(page)).view;
  assert.ok(Math.abs(wider.from - 11 * SECOND) < 0.1 * SECOND && Math.abs(wider.to - 15 * SECOND) < 0.1 * SECOND);
  await context.close();
});

test('another axis keeps the window at its records', async () => {
  const { page, context } = await look(smallRun());
  const byTime = await show(page, 6 * SECOND, 6.5 * SECOND);
  await page.evaluate(() => (globalThis.__viewer.state.axis.value = 'rank'));
  const byRank = await settled(page);
  assert.equal(byRank.axis, 'rank');
  assert.ok(Math.abs(byRank.visible - byTime.visible) <= 2, `${byTime.visible} records, then ${byRank.visible}`);
  assert.ok(byRank.view.to - byRank.view.from < 3000 && byRank.drawn.arrows > 20);
  await page.evaluate(() => (globalThis.__viewer.state.axis.value = 'time'));
  const back = (await settled(page)).view;
  assert.ok(Math.abs(back.from - 6 * SECOND) < 0.1 * SECOND);
  await context.close();
});

test('the window can be zoomed to single nanoseconds', async () => {
  const { page, context } = await look(smallRun());
  await show(page, 0, 20 * SECOND);
  const at = await page.evaluate(() => globalThis.__viewer.state.trace.value.at[3000]);
  const near = await show(page, at - 20, at + 20);
  assert.ok(near.visible >= 1);
  assert.ok(near.drawn.ticks >= 3);
  await context.close();
});

test('the SVG shows what is visible and needs nothing else', async () => {
  const { page, context } = await look(smallRun());
  const near = await show(page, 6.0 * SECOND, 6.1 * SECOND);
  const svg = await page.evaluate(() => {
    const text = globalThis.__viewer.exportSvg();
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const lines = [...parsed.querySelectorAll('path[fill=none]')].map((path) => path.getAttribute('d'));
    return {
      text,
      broken: parsed.querySelector('parsererror') !== null,
      segments: lines.join('').match(/M/g).length,
      words: [...parsed.querySelectorAll('text')].map((word) => word.textContent),
    };
  });
  assert.equal(svg.broken, false);
  assert.ok(svg.segments >= near.drawn.arrows, `${svg.segments} lines for ${near.drawn.arrows} arrows`);
  for (const word of ['n1', 'n5', 'ORDER', 'ELECTION']) assert.ok(svg.words.includes(word), word);
  assert.doesNotMatch(svg.text.replace('http://www.w3.org/2000/svg', ''), /https?:|<script|NaN|Infinity/);
  await context.close();
});

test('a theme that is set changes the colours at once', async () => {
  const { page, context } = await look(smallRun(), { colorScheme: 'light' });
  const ground = () => page.evaluate(() => globalThis.__viewer.exportSvg().match(/<rect[^>]*fill="([^"]*)"/)[1]);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  assert.notEqual(await ground(), light);
  await context.close();
});

const heading = ({ layout }) => layout.rows.find((row) => row.group === 'lights');

test('lamps and ambulances have lanes of their own, which fold', async () => {
  const city = `
duration: 60s
nodes: 4
workload:
  - dispatch: {cars: 3, ambulances: 2, hospitals: 1, beds: 4, crash_every: 8s}
  - lights: {intersections: 2, approaches: 4, green: 5s, yellow: 2s, all_red: 1s}
`;
  const { page, errors, context } = await look(report('small-city', city), { viewport: { width: 1400, height: 1200 } });
  const whole = await settled(page);
  assert.equal(whole.layout.rows.filter((row) => row.sort === 'lights').length, 2);
  assert.ok(whole.layout.rows.filter((row) => row.sort === 'ambulance').length >= 2);
  assert.ok(whole.layout.content <= whole.layout.height || whole.drawn.lamps > 0);
  await page.locator('.diagram canvas[role=application]').press('g');
  const folded = await settled(page);
  assert.equal(folded.layout.rows.filter((row) => row.sort === 'lights').length, 0);
  assert.ok(folded.layout.rows.some((row) => row.group === 'lights'), 'its title stays');
  await page.mouse.click(...(await onPage(page, 20, folded.layout.top + heading(folded).y - folded.scroll + 8)));
  const unfolded = await settled(page);
  assert.equal(unfolded.layout.rows.filter((row) => row.sort === 'lights').length, 2);
  assert.deepEqual(errors, []);
  await context.close();
});

test('broken invariants stand out, and sixty-four nodes can be scrolled', async () => {
  const split = `
duration: 40s
nodes: 64
group: {quorum: none}
workload: [{submit: 2/s, from: all, stop: 20s}]
faults: [{at: 10s, partition: {shape: halves}, for: 10s}]
expect:
  violations: [prefix_agreement]
  tolerated: [durability, causal, liveness, fifo, no_gap, integrity, bully, monotone, epoch_leader]
`;
  const { page, errors, context } = await look(report('split', split));
  const whole = await settled(page);
  assert.ok(whole.drawn.violations > 0);
  assert.equal(whole.layout.lanes.length, 64);
  assert.ok(whole.layout.content > whole.layout.height);
  await page.locator('.diagram canvas[role=application]').press('PageDown');
  assert.ok((await settled(page)).scroll > 0);
  const last = await page.evaluate(() => globalThis.__viewer.state.trace.value.node.lastIndexOf(63));
  await page.evaluate((place) => (globalThis.__viewer.state.selected.value = place), last);
  const { layout, scroll } = await settled(page);
  const bottom = layout.lanes[63].y + layout.lanes[63].height - scroll;
  assert.ok(bottom <= layout.height - layout.top + 1, 'its lane is in sight');
  assert.deepEqual(errors, []);
  await context.close();
});

test('a hundred thousand records: painted within 2 s, panned within 80 ms', async () => {
  const many = report('many', 'duration: 110s\nnodes: 5\nworkload: [{submit: 40/s, from: all}]\n');
  const { page, errors, context } = await look(many);
  const whole = await settled(page);
  assert.ok(whole.records >= 100_000, `${whole.records} records`);
  assert.ok(whole.firstPaintMs <= 2000, `painted after ${whole.firstPaintMs} ms`);
  assert.equal(whole.mode, 'density');
  assert.equal(whole.drawn.strips, 5);
  const far = await panFrames(page);
  assert.ok(median(far) <= 80, `zoomed out: ${median(far)} ms`);
  const near = await show(page, 40 * SECOND, 42.5 * SECOND);
  assert.ok(near.visible > 2000 && near.visible <= 5000, `${near.visible} records in sight`);
  const close = await panFrames(page);
  assert.ok(median(close) <= 16, `zoomed in: ${median(close)} ms`);
  assert.deepEqual(errors, []);
  await context.close();
});

test('a million records open within 10 s and can be panned', async () => {
  const huge = report('huge', 'duration: 360s\nnodes: 8\nworkload: [{submit: 50/s, from: all}]\n');
  const { page, errors, context } = await look(huge);
  const whole = await settled(page);
  assert.ok(whole.records >= 1_000_000, `${whole.records} records`);
  assert.ok(whole.loadMs <= 10_000, `open after ${whole.loadMs} ms`);
  const far = await panFrames(page);
  assert.ok(median(far) <= 80, `zoomed out: ${median(far)} ms`);
  assert.deepEqual(errors, []);
  await context.close();
});
