// The README's pictures of a mail, in light and dark, drawn by Chromium from what is sent: `npm run pictures:mail`.
import { writeFile } from 'node:fs/promises';
import { raw } from '../../src/core/html.ts';
import { letterOf, type Body } from '../../src/platforms/email/letter.ts';
import { openCamera } from './browser.ts';
import { withPaperround } from './payloads.ts';

const TO = '.github/pictures';
const FOOT = { address: 'you@lab.org', home: 'https://papers.lab.org/', unsubscribe: 'https://papers.lab.org/email/unsubscribe' };

const camera = await openCamera();
try {
  const [body] = (await withPaperround((ask) => ask('roundup', '--date', '2026-07-24', '--platform', 'email', '--limit', '5'))) as [Body];
  const { html } = letterOf(body, FOOT);
  for (const scheme of ['light', 'dark'] as const) {
    const png = await camera.take(raw(html), { part: 'table.page', width: 680, scheme });
    await writeFile(`${TO}/mail-${scheme}.png`, png);
    console.log(`${TO}/mail-${scheme}.png: ${Math.round(png.length / 1024)} KB`);
  }
} finally {
  await camera.stop();
}
