// The log for ShiViz, read in the language that ShiViz is written in, as its page does: the first line between ^ and $,
// global and multiline, and every clock by its rules.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const program = process.env.BELLWETHER ?? 'build/release/bellwether';

/** What `export` writes of a part of a run of a shipped scenario. */
function exported(t, scenario, ...flags) {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-export-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const trace = join(folder, 'trace');
  execFileSync(program, ['run', `scenarios/${scenario}.yaml`, '--trace', trace], { stdio: 'ignore' });
  return execFileSync(program, ['export', trace, ...flags], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** The events in the log, and what of it no event covers. */
function parsed(text) {
  const [expression, delimiter] = text.split('\n', 2);
  assert.equal(delimiter, '');
  const log = text.slice(expression.length + 2);
  const events = [...log.matchAll(new RegExp(`^${expression}$`, 'gm'))];
  const rest = events.reduce((left, event) => left - event[0].length - 1, log.length);
  return { events: events.map((event) => ({ ...event.groups, clock: JSON.parse(event.groups.clock) })), rest };
}

/** Own host in its clock, from 1 and one by one; no host and no number that the log does not have. */
function checkClocks(events) {
  const counts = new Map();
  for (const { host, clock } of events) {
    counts.set(host, (counts.get(host) ?? 0) + 1);
    assert.equal(clock[host], counts.get(host));
  }
  for (const { clock } of events)
    for (const [host, count] of Object.entries(clock)) assert.ok(count > 0 && count <= counts.get(host));
}

for (const scenario of ['leader-crash', 'partition-leader-in-minority', 'split-brain', 'storm', 'city/city'])
  test(`ShiViz reads a part of ${scenario}`, (t) => {
    const { events, rest } = parsed(exported(t, scenario, '--to', 'shiviz', '--from', '10s', '--until', '14s'));
    assert.ok(events.length > 500);
    assert.equal(rest, 0);
    checkClocks(events);
    const sends = new Map(events.filter((event) => event.kind === 'send').map((event) => [event.msg, event]));
    const arrived = events.filter((event) => event.kind === 'recv' && sends.has(event.msg));
    assert.ok(arrived.length > 100);
    for (const { msg, clock } of arrived) {
      const sent = sends.get(msg);
      assert.ok(clock[sent.host] >= sent.clock[sent.host]);
    }
  });
