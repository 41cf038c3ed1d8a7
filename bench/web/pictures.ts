// The web edition as the README shows it, from the papers that ship with Paperround: `npm run pictures:web`.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { silent } from '../../src/core/log.ts';
import { openDb } from '../../src/db/connect.ts';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { openEdition } from '../../src/web/edition/index.ts';
import { openWeb } from '../../src/web/server.ts';
import { ADVICE, openChromium } from '../playground/chromium.ts';

/** `--all FOLDER`: every page on every screen, to look at; else the README's. */
const { values } = parseArgs({ options: { all: { type: 'string' } } });
const README = '.github/pictures';

interface Screen {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}
const DESKTOP = { width: 1_100, height: 860 };
const PHONE = { width: 390, height: 844 };

const SHOWN: [name: string, path: string, screen: Screen][] = [
  ['web-desktop', '/', { ...DESKTOP, colorScheme: 'light' }],
  ['web-paper-dark', '/papers/2607.22529', { ...DESKTOP, colorScheme: 'dark' }],
  ['web-phone', '/', { ...PHONE, colorScheme: 'light' }],
];

const config = readConfig({ PAPERROUND_DATA: 'unused' }, []);
const opened = await openDb({ memory: undefined });
// The day on which the newest of the papers that ship were read; a reader takes a second for each look.
let looks = 0;
const now = () => new Date(Date.parse('2026-07-27T16:00:00Z') + 1_000 * looks++);
try {
  await ingestSamples({ db: opened.db, sources: Object.values(sources) });
  const nobody = async () => {};
  const email = { subscribe: nobody, confirm: async () => 'done' as const, unsubscribe: async () => 'done' as const };
  const edition = openEdition({ db: opened.db, now, log: silent, publicUrl: 'https://papers.lab.org', isProxy: () => false, topics: config.topics, email });
  const web = await openWeb([], { host: '127.0.0.1', port: 0 }, silent, edition);
  const browser = await openChromium();
  try {
    const folder = values.all ?? README;
    await mkdir(folder, { recursive: true });
    for (const [name, path, { colorScheme, ...viewport }] of values.all ? everyScreen() : SHOWN) {
      const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 2 });
      await page.goto(`${web.url}${path}`);
      const png = inFewColours(await page.screenshot({ fullPage: false, animations: 'disabled' }));
      await writeFile(`${folder}/${name}.png`, png);
      console.log(`${folder}/${name}.png: ${Math.round(png.length / 1024)} KB`);
      await page.close();
    }
  } finally {
    await browser.close();
    await web.stop();
  }
} finally {
  await opened.close();
}

function everyScreen(): typeof SHOWN {
  const paths = { today: '/', paper: '/papers/2607.22529', search: '/search?q=attention', help: '/search', topics: '/topics', topic: '/topics/robotics', subscribe: '/subscribe', missing: '/nowhere', confirm: '/email/confirm?token=a' };
  return Object.entries(paths).flatMap(([name, path]) =>
    (['light', 'dark'] as const).flatMap((colorScheme) => [
      [`${name}-desktop-${colorScheme}`, path, { ...DESKTOP, colorScheme }] as (typeof SHOWN)[number],
      [`${name}-phone-${colorScheme}`, path, { ...PHONE, colorScheme }] as (typeof SHOWN)[number],
    ]),
  );
}

function inFewColours(png: Buffer): Buffer {
  const { error, status, stdout, stderr } = spawnSync('pngquant', ['--speed', '1', '--strip', '--nofs', '64', '-'], { input: png, maxBuffer: 1e8 });
  if (error) throw new Error(`pngquant can't be run (${error.message}). ${ADVICE}`);
  if (status !== 0) throw new Error(`pngquant failed: ${String(stderr)}`);
  return stdout;
}
