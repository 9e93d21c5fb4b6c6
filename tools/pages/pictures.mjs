// The pictures of the README, made from real runs: node tools/pages/pictures.mjs [BELLWETHER]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../tests/pages/browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.argv[2] ?? join(root, 'build/release/bellwether');
const out = (name) => join(root, 'tools/pages/pictures', name);

/** What is in a picture: a run, the part of its page's link that says what to look at, and how large it is. */
const PICTURES = [
  { name: 'report', scenario: 'scenarios/leader-crash.yaml', look: '', width: 1280, height: 800, both: true },
  { name: 'violation', scenario: 'scenarios/split-brain.yaml', look: '', width: 1280, height: 800 },
  { name: 'city', scenario: 'scenarios/city/city.yaml', look: '', width: 1280, height: 800 },
];

async function shoot(browser, folder, picture) {
  const report = join(folder, `${picture.name}.html`);
  execFileSync(program, ['run', join(root, picture.scenario), '--report', report]);
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

const folder = mkdtempSync(join(tmpdir(), 'bellwether-pictures-'));
const browser = await launch();
try {
  for (const picture of PICTURES) await shoot(browser, folder, picture);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
