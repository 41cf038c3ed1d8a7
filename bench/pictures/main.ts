// The README's pictures, drawn from the real payloads: `npm run pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import type { Doc } from '../../src/core/doc.ts';
import { draw } from '../../src/platforms/terminal/draw.ts';
import { openCamera } from './browser.ts';
import { readDiscord } from './discord-payload.ts';
import { discordAnswer, discordRoundup } from './discord-window.ts';
import type { Html } from '../../src/core/html.ts';
import { withPaperround, type Ask } from './payloads.ts';
import { readSlack } from './slack-blocks.ts';
import { slackAnswer, slackRoundup } from './slack-window.ts';
import { terminalWindow } from './terminal.ts';

const TO = '.github/pictures';
const ON = '2026-07-24';
const ASKED = '/paper attention';
const COLUMNS = 100;

const slackScene = { channel: 'papers', day: 'Friday, July 24th', time: '9:00 AM' };
const discordScene = { channel: 'papers', day: 'July 24, 2026', time: '9:00 AM' };

// First of all, so that what is missing shows at once.
const camera = await openCamera();
try {
  await mkdir(TO, { recursive: true });
  for (const [name, page] of Object.entries(await withPaperround(drawAll))) {
    const png = await camera.take(page);
    await writeFile(`${TO}/${name}.png`, png);
    console.log(`${TO}/${name}.png: ${Math.round(png.length / 1024)} KB`);
  }
} finally {
  await camera.stop();
}

async function drawAll(ask: Ask): Promise<Record<string, Html>> {
  const roundup = (...words: string[]) => ask('roundup', '--date', ON, '--platform', ...words);
  const [{ doc }] = (await roundup('terminal', '--limit', '4')) as [{ doc: Doc }];
  let button = 0;
  const lines = draw(doc, { width: COLUMNS, colour: true, links: true }, () => ++button);
  return {
    'slack-roundup': slackRoundup(readSlack(await roundup('slack')), slackScene),
    'slack-answer': slackAnswer(readSlack(await ask('preview', 'slack', ASKED)), slackScene),
    'discord-roundup': discordRoundup(readDiscord(await roundup('discord')), doc.title!, discordScene),
    'discord-answer': discordAnswer(readDiscord(await ask('preview', 'discord', ASKED)), { person: 'ada', command: ASKED }, discordScene),
    terminal: terminalWindow(`$ npx paperround roundup --date ${ON} --limit 4\n\n${lines}`, COLUMNS),
  };
}
