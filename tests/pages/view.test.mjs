// Pages of traces that come from elsewhere: one that breaks off, and one whose scenario is run again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open } from './browser.mjs';

const program = process.env.BELLWETHER ?? 'build/release/bellwether';
const folder = mkdtempSync(join(tmpdir(), 'bellwether_view_page'));
const file = (name) => join(folder, name);
const bellwether = (...words) => execFileSync(program, words, { encoding: 'utf8' });
let browser;

before(async () => {
  writeFileSync(file('calm.yaml'), 'version: 1\nname: calm\nduration: 30s\nnodes: 3\nworkload: [{submit: 2/s}]\n');
  bellwether('run', file('calm.yaml'), '--trace', file('calm.jsonl'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a trace that breaks off is shown as far as it goes, and nothing is said to have held', async () => {
  const lines = readFileSync(file('calm.jsonl'), 'utf8').split('\n');
  const half = Math.floor(lines.length / 2);
  writeFileSync(file('torn.jsonl'), `${lines.slice(0, half).join('\n')}\n{"kind":"se`);
  bellwether('view', file('torn.jsonl'), '-o', file('torn.html'));
  const { page, errors, context } = await open(browser, `file://${file('torn.html')}`);
  await page.waitForSelector('main');
  assert.equal(await page.evaluate(() => window.__viewer.state.trace.value.size), half - 1);
  const said = await page.innerText('body');
  assert.match(said, /The trace breaks off/);
  assert.doesNotMatch(said, /Everything held|passed/);
  assert.deepEqual(errors, []);
  await context.close();
});

test('the scenario in a page runs again, and is the same run', async () => {
  bellwether('view', file('calm.jsonl'), '-o', file('calm.html'));
  const { page, context } = await open(browser, `file://${file('calm.html')}`);
  await page.waitForSelector('main');
  await page.click('.toolbar summary');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.choices >> text="Scenario file, to run again"'),
  ]);
  assert.equal(download.suggestedFilename(), 'calm.yaml');
  await download.saveAs(file('again.yaml'));
  bellwether('run', file('again.yaml'), '--trace', file('again.jsonl'));
  const end = (name) => readFileSync(file(name), 'utf8').trimEnd().split('\n').at(-1);
  assert.equal(end('again.jsonl'), end('calm.jsonl'));
  await context.close();
});
