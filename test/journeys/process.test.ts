// The program itself, as it is started on a server: `paperround start` in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startWorld, type World } from '../support/bot.ts';
import { until } from '../support/slack-server.ts';
import { discordStage } from './discord-stage.ts';
import { slackStage } from './slack-stage.ts';

/** Nothing listens there: no test reaches the internet. */
const NOWHERE = 'http://127.0.0.2:50001';
const START_MS = 90_000;

interface Running {
  child: ChildProcess;
  /** What it said to people, and its log. */
  told: () => string;
  ended: Promise<{ code: number | null; signal: string | null }>;
}

function start(env: Record<string, string>): Running {
  const data = mkdtempSync(join(tmpdir(), 'paperround-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/paperround.ts', 'start'], {
    env: { PATH: process.env.PATH, PAPERROUND_DATA: data, HF_ENDPOINT: NOWHERE, ARXIV_API_URL: NOWHERE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(data, { recursive: true, force: true });
  });
  return { child, told: () => told, ended };
}

async function said({ told, child }: Running, words: string): Promise<void> {
  await until(() => told().includes(words) || child.exitCode !== null, () => `“${words}” was not said:\n${told()}`, START_MS);
  expect(told()).toContain(words);
}

async function aWorld(): Promise<World> {
  // The program has the true time.
  const world = await startWorld(new Date());
  onTestFinished(() => world.stop());
  return world;
}

test('`paperround start` answers on Slack and Discord, and a signal ends it in good order', async () => {
  const world = await aWorld();
  const running = start({
    ...{ SLACK_BOT_TOKEN: 'xoxb-of-a-test', SLACK_APP_TOKEN: 'xapp-of-a-test', SLACK_API_URL: world.slack.url },
    ...{ DISCORD_TOKEN: world.discord.token, DISCORD_API_URL: world.discord.url },
  });
  await said(running, '"ready"');
  expect(running.told()).toMatch(/Trending papers, \d+ \w+ 2026/);
  const [onSlack, onDiscord] = [slackStage(world.slack), discordStage(world.discord)];
  const answers = await Promise.all([onSlack.type('/paper attention'), onDiscord.type('/paper attention')]);
  for (const { toAsker } of answers) expect(toAsker[0]!.words).toMatch(/Papers on “attention”[^]*\n1\. .*\n[^]*\n5\. /);
  expect((await onDiscord.type('/roundup subscribe robotics')).toChannel[0]!.words).toContain('gets a roundup on robotics');

  running.child.kill('SIGTERM');
  expect(await running.ended).toEqual({ code: 0, signal: null });
  expect(running.told()).not.toContain('of-a-test');
}, 90_000);

test('a platform that can’t be reached doesn’t keep the other from answering', async () => {
  const world = await aWorld();
  const running = start({
    ...{ SLACK_BOT_TOKEN: 'xoxb-of-a-test', SLACK_APP_TOKEN: 'xapp-of-a-test', SLACK_API_URL: `${NOWHERE}/api/` },
    ...{ DISCORD_TOKEN: world.discord.token, DISCORD_API_URL: world.discord.url },
  });
  await said(running, '"ready"');
  expect(running.told()).toContain('slack could not be reached');
  expect((await discordStage(world.discord).type('/paper attention')).toAsker[0]!.words).toContain('Papers on “attention”');
  running.child.kill('SIGTERM');
  expect(await running.ended).toEqual({ code: 0, signal: null });
}, 90_000);
