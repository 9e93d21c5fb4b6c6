// The live page of a real group: three processes, a browser that looks at one of them, and kill -9.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { faultsOfAccess, launch, open } from './browser.mjs';
import { Group } from './group.mjs';

const program = process.env.BELLWETHER ?? 'build/release/bellwether';
const patience = { timeout: 20_000 };

const group = new Group(program, 'intersections: 1, green: 2s, yellow: 500ms, all_red: 500ms');
let browser, page, errors, requests;

before(async () => {
  await group.start();
  browser = await launch();
  ({ page, errors, requests } = await open(browser, group.urls[0]));
});
after(async () => {
  group.end();
  await browser?.close();
});

const card = (name) => page.locator(`[data-member=${name}]`);
const says = (selector, text) =>
  page.waitForFunction(([where, what]) => document.querySelector(where)?.textContent.includes(what), [selector, text], {
    ...patience,
    polling: 'raf',
  });
const get = (path, i = 0) => fetch(new URL(path, group.urls[i]));
const commit = () => page.evaluate(() => globalThis.__viewer.status.value.node.commit);

test('the group is shown with its leader, from the node that is looked at', async () => {
  await says('header', 'n3 leads');
  await says('.connection', 'live');
  await says('.cards', 'n3 leader');
  await page.waitForFunction(() => document.querySelectorAll('.cards .role').length === 3, null, patience);
  for (const name of ['n1', 'n2']) await says(`[data-member=${name}]`, `${name} follower`);
  assert.match(await card('n1').innerText(), /this node/);
  assert.match(await card('n2').innerText(), /heard/);
  await says('.feed', 'n1 follows n3');
});

test('the city is shown: lamps change, and a crash goes its way', async () => {
  for (const side of ['north', 'east', 'south', 'west']) group.startClient(`--type light --lamp 1/${side}`);
  group.startClient('--type ambulance --client-id a1 --leg 400ms');
  group.startClient('--type hospital --client-id mercy --beds 3');
  await says('.dispatch', 'a1 free');
  await says('.dispatch', 'mercy 3 beds free');
  group.startClient('--type car --client-id c1 --crash-every 300ms --crashes 2');
  await says('.dispatch', 'a1 → c1/1');
  await says('.dispatch', 'c1/2');
  await says('.feed', 'crash c1/1: dispatched (a1 → mercy)');
  for (const colours of ['north green, east red', 'north red, east green'])
    await page.waitForSelector(`[aria-label^="Intersection 1: ${colours}"]`, patience);
  await page.waitForSelector('[aria-label*="yellow"]', patience);
});

test('nothing is wrong with access to the page, light or dark, wide or narrow', async () => {
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1400, 900]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await faultsOfAccess(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} pixels wide in a window of ${width}`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1400, height: 900 });
});

test('events that are submitted are counted, plotted and told', async () => {
  const before = await commit();
  const lines = Array.from({ length: 200 }, (_, i) => `event ${i}\n`).join('');
  const submit = spawnSync(program, ['submit', '--to', `127.0.0.1:${group.ports[1]}`], { input: lines });
  assert.equal(submit.status, 0, String(submit.stderr));
  await page.waitForFunction((least) => globalThis.__viewer.status.value.node.commit >= least, before + 200, patience);
  const plotted = () => globalThis.__viewer.history.value.some((one) => one.deliveries > 50);
  await page.waitForFunction(plotted, null, patience);
  const shown = (await card('n1').innerText()).match(/commit\s+([\d,]+)/)[1].replaceAll(',', '');
  assert.ok(Number(shown) >= before + 200, `${shown} shown, ${before} and 200 are there`);
  await says('.feed', 'events, up to number');
});

test('the keyboard pauses the feed, filters it, and lets it go on', async () => {
  await page.getByRole('button', { name: 'pause' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /go on/ }).waitFor(patience);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'pause' }).waitFor(patience);
  await page.getByLabel('show').selectOption('events');
  const told = await page.locator('.feed li').allInnerTexts();
  assert.ok(told.length > 0 && told.every((line) => /delivered|rejected|given/.test(line)), told.join('; '));
  await page.getByLabel('show').selectOption('all');
});

test('Prometheus understands the metrics', { skip: !existsSync('/usr/bin/promtool') }, async () => {
  for (const i of [0, 2]) {
    const answer = await get('metrics', i);
    assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    const metrics = await answer.text();
    assert.match(metrics, new RegExp(`\nbellwether_role{[^}]*role="leader"} ${i === 2 ? 1 : 0}\n`));
    assert.match(metrics, /\nbellwether_peer_suspected{[^}]*peer="n2"} 0\n/);
    const check = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
    assert.equal(check.status, 0, check.stdout + check.stderr);
    assert.equal(check.stdout + check.stderr, '');
  }
});

test('scripts get the status and the health, and can change nothing', async () => {
  const status = await (await get('status.json')).json();
  assert.deepEqual([status.format, status.version], ['bellwether-status', 1]);
  assert.deepEqual(status.members.map((one) => one.said?.role), ['follower', 'follower', 'leader']);
  assert.deepEqual(await (await get('health')).json(), { status: 'ok' });
  assert.equal((await fetch(group.urls[0], { method: 'POST', body: 'x' })).status, 405);
  assert.match(await (await get('nothing')).text(), /\/status\.json/);
});

test('kill -9 of the leader is seen within a second, and the new leader too', async () => {
  const begun = performance.now();
  const killed = group.kill(2);
  const lost = page.waitForSelector('[data-member=n3].gone', patience).then(() => performance.now() - begun);
  const led = says('header', 'n2 leads').then(() => performance.now() - begun);
  const card = says('[data-member=n2]', 'leader').then(() => performance.now() - begun);
  const [loss, leader, own] = (await Promise.all([lost, led, card])).map(Math.round);
  await killed;
  console.log(`the loss is seen after ${loss} ms, who leads now after ${leader} ms, that it says so after ${own} ms`);
  assert.ok(loss <= 1000 && leader <= 1000 && own <= 1000, `${loss}, ${leader} and ${own} ms`);
  await says('.feed', 'n1 suspects n3');
  assert.deepEqual(await faultsOfAccess(page), []);
});

test('without a quorum the node says so, and its health is bad', async () => {
  await group.kill(1);
  await says('header', 'nobody leads');
  const health = await get('health');
  assert.equal(health.status, 503);
  assert.match((await health.json()).reason, /no quorum|no leader/);
  await group.startNode(1, 0);
  await says('header', 'n2 leads');
});

test('when the node itself is gone the page says so, and goes on when it is back', async () => {
  assert.deepEqual(errors, []); // from here on, the browser says that it cannot connect
  const port = new URL(group.urls[0]).port;
  await group.kill(0);
  await says('.connection', 'lost, trying again');
  await group.startNode(0, port);
  await says('.connection', 'live');
  await says('[data-member=n1]', 'this node');
  await says('.feed', 'n1 is back, incarnation 2');
});

test('the page asked nobody but its node', () => {
  assert.ok(requests.length > 0);
  assert.deepEqual(requests.filter((url) => !url.startsWith(group.urls[0])), []);
});
