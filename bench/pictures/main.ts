// The README's pictures, drawn from the real payloads: `npm run pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import type { Doc } from '../../src/core/doc.ts';
import { draw } from '../../src/platforms/terminal/draw.ts';
import { openCamera } from './browser.ts';
import { discordMessages } from './discord-payload.ts';
import { discordAnswer, discordRoundup } from './discord-window.ts';
import type { Html } from './html.ts';
import { withPaperround } from './payloads.ts';
import { slackMessages } from './slack-blocks.ts';
import { slackAnswer, slackRoundup } from './slack-window.ts';
import { terminalWindow } from './terminal.ts';

const TO = '.github/pictures';
const ON = '2026-07-24';
const ASKED = '/paper attention';
const COLUMNS = 100;

const slackScene = { channel: 'papers', day: 'Friday, July 24th', time: '9:00 AM' };
const discordScene = { channel: 'papers', day: 'July 24, 2026', time: '9:00 AM' };

const pages = await withPaperround(async (ask): Promise<Record<string, Html>> => {
  const [{ doc }] = (await ask('roundup', '--date', ON, '--platform', 'terminal', '--limit', '4')) as [{ doc: Doc }];
  let button = 0;
  const roundup = draw(doc, { width: COLUMNS, colour: true, links: true }, () => ++button);
  return {
    'slack-roundup': slackRoundup(slackMessages.parse(await ask('roundup', '--date', ON, '--platform', 'slack')), slackScene),
    'slack-answer': slackAnswer(slackMessages.parse(await ask('preview', 'slack', ASKED)), slackScene),
    'discord-roundup': discordRoundup(discordMessages.parse(await ask('roundup', '--date', ON, '--platform', 'discord')), doc.title!, discordScene),
    'discord-answer': discordAnswer(discordMessages.parse(await ask('preview', 'discord', ASKED)), { person: 'ada', command: ASKED }, discordScene),
    terminal: terminalWindow(`$ npx paperround roundup --limit 4\n\n${roundup}`, COLUMNS),
  };
});
const camera = await openCamera();
try {
  await mkdir(TO, { recursive: true });
  for (const [name, page] of Object.entries(pages)) {
    const png = await camera.take(page);
    await writeFile(`${TO}/${name}.png`, png);
    console.log(`${TO}/${name}.png: ${Math.round(png.length / 1024)} KB`);
  }
} finally {
  await camera.stop();
}
