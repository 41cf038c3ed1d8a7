// The README's pictures of a mail, in light and dark, drawn by Chromium from what is sent: `npm run pictures:mail`.
import { writeFile } from 'node:fs/promises';
import { letterOf, type Body } from '../../../src/platforms/email/letter.ts';
import { openCamera } from './camera.ts';
import { printed } from './roundup.ts';

const TO = '.github/pictures';
const FOOT = { address: 'you@lab.org', home: 'https://papers.lab.org/', unsubscribe: 'https://papers.lab.org/email/unsubscribe' };

const camera = await openCamera();
try {
  const [body] = (await printed(['roundup', '--date', '2026-07-24', '--platform', 'email', '--limit', '5'])) as [Body];
  await camera.page.setViewportSize({ width: 680, height: 900 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await camera.page.emulateMedia({ colorScheme });
    await camera.page.setContent(letterOf(body, FOOT).html);
    const png = await camera.take('table.page');
    await writeFile(`${TO}/mail-${colorScheme}.png`, png);
    console.log(`${TO}/mail-${colorScheme}.png: ${Math.round(png.length / 1024)} KB`);
  }
} finally {
  await camera.stop();
}
