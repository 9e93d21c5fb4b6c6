// The report of a run around its diagram, in a real browser: what it opens at, what it tells, and what can be done.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faultsOfAccess, launch, open } from './browser.mjs';

const program = process.env.BELLWETHER ?? 'build/release/bellwether';
const folder = mkdtempSync(join(tmpdir(), 'bellwether-pages-'));
const file = (name) => join(folder, name);
const bellwether = (...words) => execFileSync(program, words, { stdio: 'ignore' });
let browser;
let changed; // the number of the record that differs in other.jsonl

before(async () => {
  bellwether('run', 'scenarios/split-brain.yaml', '--trace', file('split.jsonl'), '--report', file('split.html'));
  bellwether('run', 'scenarios/leader-crash.yaml', '--trace', file('crash.jsonl'), '--report', file('crash.html'));
  writeFileSync(file('other.jsonl'), withOneLineChanged(readFileSync(file('crash.jsonl'), 'utf8')));
  bellwether('view', '--compare', file('crash.jsonl'), file('other.jsonl'), '-o', file('both.html'));
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

function withOneLineChanged(trace) {
  const lines = trace.split('\n');
  const at = lines.findIndex((line, i) => i > 20_000 && line.includes('"kind":"deliver"'));
  changed = at - 1; // the header is no record
  lines[at] = lines[at].replace(/"seq":\d+/, '"seq":9999');
  const suspicion = lines.findIndex((line) => line.includes('"phi_milli"')); // for display only: no difference
  lines[suspicion] = lines[suspicion].replace(/"phi_milli":\d+/, '"phi_milli":4711');
  return lines.join('\n');
}

/** Opens a report, does `act` with its page, and asks that nothing went wrong and nothing but the file was read. */
async function visit(name, act, options = {}) {
  const { page, context, errors, requests } = await open(browser, `file://${file(name)}`, options);
  await page.waitForSelector('main');
  await page.waitForFunction(() => window.__viewer?.drawn !== undefined);
  try {
    await act(page);
    assert.deepEqual(errors, []);
    assert.deepEqual(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:')), []);
    assert.equal(requests.filter((url) => url.startsWith('file:') && url.split('#')[0].endsWith('.html')).length, 1);
  } finally {
    await context.close();
  }
}

/** What the page shows now, as plain data. */
const now = (page) =>
  page.evaluate(() => {
    const { state } = window.__viewer;
    const names = ['axis', 'view', 'selected', 'pinned', 'chain', 'openCard', 'query', 'onlyMatches', 'theme', 'tab'];
    const out = Object.fromEntries([...names, 'showHeartbeats', 'current'].map((name) => [name, state[name].value]));
    const record = state.selected.value < 0 ? null : state.trace.value.fields(state.selected.value);
    return { ...out, hidden: [...state.hiddenNodes.value], shown: state.places.value.length, record };
  });

/** How many pixels are drawn over the picture of the run. */
const inkOver = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas.over');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });

const settled = (page, condition, ...args) => page.waitForFunction(condition, args[0], { timeout: 5000 });

test('a violating run opens at its first violation, with the card open and the chain drawn', () =>
  visit('split.html', async (page) => {
    const state = await now(page);
    assert.equal(state.openCard, 0);
    assert.equal(await page.locator('.card.open').count(), 1);
    assert.match(await page.locator('.card.open').textContent(), /prefix agreement.*delivers.*The rule:.*Declared by/s);
    assert.equal(state.record.kind, 'deliver');
    const side = await page.locator('.orders .differs td').allTextContents();
    assert.equal(new Set(side.filter((event) => event !== '')).size, 2, 'two events have one number');
    assert.ok(state.view.from <= state.record.at && state.record.at <= state.view.to);
    assert.ok(state.chain.length > 6);
    const withChain = await inkOver(page);
    await page.evaluate(() => (window.__viewer.state.chain.value = []));
    await page.waitForTimeout(100);
    assert.ok(withChain > 1.5 * (await inkOver(page)));
    assert.match(await page.locator('#spoken').textContent(), /^n\d delivers .* at number \d+, at \d+\.\d+ s$/);
  }));

test('another card shows its own chain; a step of it selects its record and the details tell of that', () =>
  visit('split.html', async (page) => {
    const first = await now(page);
    await page.click('[data-invariant=durability] .cover');
    const second = await now(page);
    assert.equal(second.openCard, 1);
    assert.notDeepEqual(second.chain, first.chain);
    await page.click('.card.open .acts button');
    const whole = await now(page);
    const ends = await page.evaluate(() => {
      const { chain, trace } = window.__viewer.state;
      return chain.value.map((place) => trace.value.at[place]);
    });
    assert.ok(whole.view.from <= Math.min(...ends) && whole.view.to >= Math.max(...ends));
    await page.click('.card.open .steps button >> nth=2');
    const step = await now(page);
    assert.notEqual(step.selected, second.selected);
    const told = await page.locator('.details .sentence').textContent();
    assert.ok(told.includes(await page.locator('.card.open .steps li.now button').first().textContent()), told);
    assert.match(await page.locator('.repeat code').textContent(), /run .*split-brain.* --seed 1/);
  }));

test('two traces open where they part, phi aside; both records stand side by side; x changes sides', () =>
  visit('both.html', async (page) => {
    assert.equal(await page.evaluate(() => window.__viewer.state.partedAt.value), changed);
    const a = await now(page);
    assert.equal(a.selected, changed);
    assert.ok(a.view.from <= a.record.at && a.record.at <= a.view.to);
    const differing = page.locator('.fields .differs');
    assert.equal(await differing.count(), 1);
    assert.match(await differing.textContent(), new RegExp(`^seq${a.record.seq}9999$`));
    await page.keyboard.press('x');
    const b = await now(page);
    assert.equal(b.current, 1);
    assert.equal(b.record.seq, 9999);
  }));

test('a trace that is dropped onto the page is compared with it', () =>
  visit('crash.html', async (page) => {
    const text = readFileSync(file('other.jsonl'), 'utf8');
    const files = await page.evaluateHandle((content) => {
      const all = new DataTransfer();
      all.items.add(new File([content], 'other.jsonl'));
      return all;
    }, text);
    await page.dispatchEvent('main', 'drop', { dataTransfer: files });
    await settled(page, () => window.__viewer.state.traces.value.length === 2);
    assert.equal((await now(page)).selected, changed);
    assert.equal(await page.locator('[role=tab][aria-selected=true]').textContent(), 'Differences');
  }));

test('filters show what they say, heartbeats are hidden at first, and what is not understood is said', () =>
  visit('crash.html', async (page) => {
    const all = readFileSync(file('crash.jsonl'), 'utf8').trimEnd().split('\n');
    const lines = all.slice(1, -1).map((line) => JSON.parse(line));
    const is = (r, ...kinds) => kinds.includes(r.kind);
    const message = (r) => is(r, 'send', 'recv', 'drop');
    const calm = lines.filter((r) => !(message(r) && r.type === 'HEARTBEAT'));
    assert.equal((await now(page)).shown, calm.length);
    const expected = {
      'kind:deliver,order seq:10..20': calm.filter((r) => is(r, 'deliver', 'order') && r.seq >= 10 && r.seq <= 20),
      't:2s..2500ms type:ORDER': calm.filter((r) => r.at >= 2e9 && r.at <= 2.5e9 && r.type === 'ORDER'),
      'event:n1:4': calm.filter((r) => r.event === 'n1:4'),
      'node:n5 kind:role,leader': calm.filter((r) => is(r, 'role', 'leader') && [r.node, r.leader].includes('n5')),
      'kind:crash': calm.filter((r) => r.kind === 'crash'),
    };
    for (const [query, records] of Object.entries(expected)) {
      await page.fill('#search', query);
      await page.keyboard.press('Enter');
      assert.ok(records.length > 0, query);
      assert.equal((await now(page)).shown, records.length, query);
    }
    await page.fill('#search', 'kind:delivr t:5');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('#search-says').textContent(), /no kind “delivr”.*deliver/);
    await page.fill('#search', '');
    await page.click('.chip >> text=Heartbeats');
    await settled(page, (all) => window.__viewer.state.places.value.length === all, lines.length);
  }));

test('a causal chain is there exactly where one record can have caused another, and has the fewest messages', () =>
  visit('crash.html', async (page) => {
    const wrong = await page.evaluate(() => {
      const { state, path } = window.__viewer;
      const trace = state.trace.value;
      const [SEND, RECV, DROP, NOBODY] = [5, 6, 7, -1];
      const node = (i) => (trace.kind[i] === DROP ? NOBODY : trace.node[i]);
      /** For each node the least number of messages over which news of `from` can have come to it, by place `to`. */
      const fewest = (from, to) => {
        const known = new Map([[node(from), 0]]);
        const carried = new Map();
        for (let i = from; i <= to; ++i) {
          if (trace.kind[i] === SEND && known.has(node(i))) carried.set(i, known.get(node(i)) + 1);
          const came = trace.kind[i] === RECV ? carried.get(trace.partner[i]) : undefined;
          if (came !== undefined) known.set(node(i), Math.min(came, known.get(node(i)) ?? Infinity));
        }
        return known.get(node(to)) ?? Infinity;
      };
      let seed = 4711;
      const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
      const bad = [];
      let found = 0;
      for (let n = 0; n < 300; ++n) {
        const from = random(trace.size - 400);
        const to = from + 1 + random(400);
        const chain = path(from, to);
        const expected = node(from) === NOBODY || node(to) === NOBODY ? Infinity : fewest(from, to);
        const hops = chain.slice(1).map((place, i) => [chain[i], place]);
        const message = ([a, b]) => trace.kind[b] === RECV && trace.partner[b] === a;
        const valid = hops.every((hop) => hop[0] < hop[1] && (message(hop) || node(hop[0]) === node(hop[1])));
        const messages = chain.length === 0 ? Infinity : hops.filter((hop) => message(hop)).length;
        if (!valid || messages !== expected) bad.push({ from, to, chain, messages, expected });
        if (messages > 0 && messages < Infinity) ++found;
      }
      return found > 50 ? bad : 'too few chains to tell';
    });
    assert.deepEqual(wrong, []);
  }));

test('by keyboard alone: fault, step, message, pin, why, search, table, help', () =>
  visit('crash.html', async (page) => {
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
      return now(page);
    };
    const crash = await press('f');
    assert.match(crash.record.kind, /fault|crash/);
    assert.ok(crash.view.from <= crash.record.at && crash.record.at <= crash.view.to);
    const delivered = await press('d');
    assert.equal(delivered.record.kind, 'deliver');
    const why = await press('w');
    assert.equal(why.chain.at(-1), delivered.selected);
    const submitted = await page.evaluate(() => {
      const { chain, trace } = window.__viewer.state;
      return trace.value.fields(chain.value[0]);
    });
    assert.deepEqual([submitted.kind, submitted.event], ['submit', delivered.record.event]);
    await press('0');
    await settled(page, () => window.__viewer.state.view.value.from === 0);
    const pinned = await press('p');
    assert.equal(pinned.pinned, delivered.selected);
    assert.deepEqual((await press('Escape')).chain, []);
    await press('/');
    await page.keyboard.type('kind:send type:ORDER');
    const hit = await press('Enter', 'Tab');
    assert.deepEqual([hit.record.kind, hit.record.type], ['send', 'ORDER']);
    assert.ok(hit.record.at > delivered.record.at);
    await page.evaluate(() => document.activeElement.blur());
    const other = await press('m');
    assert.equal(other.record.msg, hit.record.msg);
    assert.notEqual(other.record.kind, 'send');
    await page.focus('#records');
    const row = await press('ArrowDown');
    assert.equal(await page.locator('#records').getAttribute('aria-activedescendant'), `row-${row.selected}`);
    await page.waitForSelector(`#row-${row.selected}[aria-selected=true]`); // the table scrolls in the next frame
    await press('End');
    assert.ok((await page.locator('#records [role=row]').count()) < 80);
    await press('?');
    await page.waitForSelector('dialog[open]');
    await press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
  }));

test('play goes from record to record until it is paused', () =>
  visit('crash.html', async (page) => {
    await page.keyboard.press('d');
    const begun = (await now(page)).selected;
    for (let i = 0; i < 4; ++i) await page.keyboard.press('>');
    await page.keyboard.press(' ');
    await settled(page, (from) => window.__viewer.state.selected.value > from + 10, begun);
    await page.keyboard.press(' ');
    const paused = (await now(page)).selected;
    await page.waitForTimeout(100);
    assert.equal((await now(page)).selected, paused);
  }));

test('the address keeps all that is looked at, and brings it back', async () => {
  let address;
  let kept;
  await visit('crash.html', async (page) => {
    for (const key of ['f', 'd', 'p', 'J', 'J', 'd', 'w', 'r', 't', '+']) await page.keyboard.press(key);
    await page.click('.chip >> text=Heartbeats');
    await page.click('.filters summary');
    await page.click('.filters .choices label >> nth=2');
    await page.fill('#search', 'kind:deliver,send event:n1:4 or+more');
    await page.keyboard.press('Enter');
    await page.click('#tab-phi');
    await page.waitForTimeout(500);
    kept = await now(page);
    address = new URL(page.url()).hash;
  });
  assert.match(address, /find=kind:deliver,send\+event:n1:4/);
  assert.equal(kept.axis, 'rank');
  writeFileSync(file('copy.html'), readFileSync(file('crash.html')));
  const { page, context } = await open(browser, `file://${file('copy.html')}${address}`);
  await page.waitForSelector('main');
  const again = await now(page);
  const close = (a, b) => Math.abs(a - b) < 1;
  assert.ok(close(again.view.from, kept.view.from) && close(again.view.to, kept.view.to));
  assert.deepEqual({ ...again, view: null }, { ...kept, view: null });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), kept.theme);
  await context.close();
});

test('exports: Mermaid that parses, a row of CSV for each visible record, pictures', () =>
  visit('crash.html', async (page) => {
    await page.keyboard.press('f');
    await page.evaluate(() => {
      const { selected, trace, view } = window.__viewer.state;
      const at = trace.value.at[selected.value];
      view.value = { from: at - 2e8, to: at + 2e8 };
    });
    const save = async (name) => {
      await page.click('.toolbar summary');
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.choices >> text="${name}"`)]);
      await page.keyboard.press('Escape');
      return readFileSync(await download.path());
    };
    const lines = (await save('Mermaid sequence diagram')).toString().trimEnd().split('\n');
    assert.equal(lines.shift(), 'sequenceDiagram');
    const statement = /^ {2}(participant p\d+ as \S.*|p\d+(->>|-x|--\))p\d+: [^;#]+|Note over p\d+(,p\d+)?: [^;#]+)$/;
    for (const line of lines) assert.match(line, statement);
    assert.ok(lines.filter((line) => line.includes('->>')).length > 20);
    assert.ok(lines.some((line) => line.includes('-x')));
    const rows = (await save('Table, CSV')).toString().trimEnd().split('\r\n');
    const { view } = await now(page);
    const visible = await page.evaluate(({ from, to }) => {
      const { trace, shown } = window.__viewer.state;
      return shown.value.filter((one, i) => one && trace.value.at[i] >= from && trace.value.at[i] <= to).length;
    }, view);
    assert.equal(rows.length, visible + 1);
    assert.equal(rows[0], 'place,at_ns,node,kind,peer,label,event,seq,epoch');
    assert.match((await save('Picture, SVG')).toString(), /^<svg [^]*<\/svg>\s*$/);
    assert.equal((await save('Picture, PNG')).subarray(1, 4).toString(), 'PNG');
  }));

test('suspicion: high for the crashed leader, and only for it', () =>
  visit('crash.html', async (page) => {
    await page.click('#tab-phi');
    await page.waitForSelector('.strip >> nth=3');
    const told = await page.locator('.strip [role=img]').evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.equal(told.length, 4);
    assert.match(told[3], /^n5: at most (?!0\.)[\d.]+, suspected 1 times?$/);
    for (const calm of told.slice(0, 3)) assert.match(calm, /at most 0\.\d, suspected 0 times$/);
  }));

test('the suspicion that is drawn is what the program found when it suspected', () =>
  visit('split.html', async (page) => {
    const pairs = await page.evaluate(() => {
      const { state, phiAt } = window.__viewer;
      const trace = state.trace.value;
      const places = Array.from({ length: trace.size }, (_, i) => i).filter((i) => trace.kindOf(i) === 'suspect');
      const drawn = (i) => phiAt(trace.node[i], trace.peer[i], trace.at[i]);
      const told = places.map((i) => [trace.fields(i).phi_milli / 1000, drawn(i)]);
      return told.filter(([phi]) => phi > 0); // 0: the connection broke
    });
    assert.ok(pairs.length >= 10);
    for (const [told, drawn] of pairs) assert.ok(Math.abs(told - drawn) < 0.01, `${told} and ${drawn}`);
  }));

const STATES = {
  open: async () => {},
  'with the keys': (page) => page.keyboard.press('?'),
  'with a record, a pin and a problem': async (page) => {
    for (const key of ['d', 'p', 'd']) await page.keyboard.press(key);
    await page.fill('#search', 'kind:delivr');
    await page.keyboard.press('Enter');
  },
  'with φ and the menu': async (page) => {
    await page.click('#tab-phi');
    await page.click('.toolbar summary');
  },
};

for (const [name, colorScheme, states] of [
  ['crash.html', 'light', ['open', 'with the keys', 'with a record, a pin and a problem']],
  ['split.html', 'dark', ['open', 'with a record, a pin and a problem', 'with φ and the menu']],
  ['split.html', 'light', ['open']],
  ['both.html', 'dark', ['open', 'with the keys']],
])
  for (const state of states)
    test(`accessible: ${name}, ${colorScheme}, ${state}`, () =>
      visit(
        name,
        async (page) => {
          await STATES[state](page);
          assert.deepEqual(await faultsOfAccess(page), []);
        },
        { colorScheme },
      ));

test('accessible and without sideways scrolling when magnified to 200 %, and in forced colours', () =>
  visit(
    'split.html',
    async (page) => {
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0);
      assert.deepEqual(await faultsOfAccess(page), []);
    },
    { viewport: { width: 700, height: 450 }, forcedColors: 'active', reducedMotion: 'reduce' },
  ));
