// The pictures of the README, made from real runs: node tools/pages/pictures.mjs [BELLWETHER]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../tests/pages/browser.mjs';
import { Group } from '../../tests/pages/group.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = relative(root, process.argv[2] ?? join(root, 'build/release/bellwether'));
const out = (name) => join(root, 'tools/pages/pictures', name);

/** What is in a picture: a run, the part of its page's link that says what to look at, and how large it is. */
const PICTURES = [
  {
    name: 'takeover',
    scenario: 'scenarios/leader-crash.yaml',
    look: '#view=11895000000..11945000000',
    width: 1280,
    height: 720,
    both: true,
  },
  { name: 'violation', scenario: 'scenarios/split-brain.yaml', look: '', width: 1280, height: 800 },
  { name: 'city', scenario: 'scenarios/city/city.yaml', look: '', width: 1280, height: 800 },
];

async function shoot(browser, folder, picture) {
  const report = join(folder, `${picture.name}.html`);
  execFileSync(program, ['run', picture.scenario, '--report', report], { cwd: root });
  for (const scheme of picture.both ? ['light', 'dark'] : ['light']) {
    const viewport = { width: picture.width, height: picture.height };
    const page = await browser.newPage({ viewport, colorScheme: scheme });
    await page.goto(`file://${report}${picture.look}`);
    await page.waitForSelector('canvas');
    await page.waitForTimeout(500); // a picture is drawn in the next frames
    await page.screenshot({ path: out(`${picture.name}${scheme === 'dark' ? '-dark' : ''}.png`) });
    await page.close();
  }
}

/** A group of three with a city, half a minute after its start. */
async function shootLive(browser) {
  const group = new Group(join(root, program), 'intersections: 2, green: 4s, yellow: 1s, all_red: 1s');
  try {
    await group.start();
    const sides = ['north', 'east', 'south', 'west'];
    for (const lamp of [1, 2].flatMap((crossing) => sides.map((side) => `${crossing}/${side}`)))
      group.startClient(`--type light --lamp ${lamp}`);
    group.startClient('--type ambulance --client-id ambulance --fleet 3');
    group.startClient('--type hospital --client-id hospital --fleet 2');
    group.startClient('--type car --client-id car --fleet 5 --crash-every 35s');
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(group.urls[0]);
    await page.waitForTimeout(30_000);
    await page.screenshot({ path: out('live.png') });
  } finally {
    group.end();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bellwether-pictures-'));
const browser = await launch();
try {
  for (const picture of PICTURES) await shoot(browser, folder, picture);
  await shootLive(browser);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
