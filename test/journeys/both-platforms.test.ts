// One bot on Slack and on Discord at once; trouble with one is no trouble for the other.
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { discord, slack } from '../../src/platforms/index.ts';
import { useDb } from '../support/db.ts';
import { makeBot, startBot, startWorld, tickAt, type World } from '../support/bot.ts';
import { havePapers } from '../support/factories.ts';
import { discordStage } from './discord-stage.ts';
import { slackStage } from './slack-stage.ts';

const db = useDb();

beforeEach(() => havePapers(db(), [{ title: 'Robots that fold laundry' }]));

async function bothStages() {
  const world: World = await startWorld();
  onTestFinished(() => world.stop());
  return { world, onSlack: slackStage(world.slack), onDiscord: discordStage(world.discord) };
}

test('one bot serves both, each with its own schedule', async () => {
  const { world, onSlack, onDiscord } = await bothStages();
  const bot = await startBot(db(), world, ['slack over http', 'discord']);
  onTestFinished(() => bot.stop());
  const [there, here] = await Promise.all([onSlack.type('/paper robots'), onDiscord.type('/paper robots')]);
  for (const { toAsker } of [there, here]) expect(toAsker[0]!.words).toContain('Robots that fold laundry');

  await onSlack.type('/roundup subscribe robots');
  await onDiscord.type('/roundup subscribe robots');
  await tickAt(db(), world, [bot], `2026-07-28T${onSlack.nine}`);
  expect([onSlack.posts(), onDiscord.posts()]).toMatchObject([[{ thread: [{}] }], []]);
  await tickAt(db(), world, [bot], `2026-07-28T${onDiscord.nine}`);
  expect([onSlack.posts(), onDiscord.posts()]).toMatchObject([[{ thread: [{}] }], [{ thread: [{}] }]]);
  expect(bot.errors).toEqual([]);
});

test.each(['slack', 'discord'] as const)('while %s can’t be reached the other works, and what was due comes when it can', async (down) => {
  const { world, onSlack, onDiscord } = await bothStages();
  const first = await startBot(db(), world, ['slack', 'discord']);
  for (const one of [onSlack, onDiscord]) {
    await one.type('/roundup subscribe robots');
    await one.type('/roundup schedule 09:00 UTC daily');
  }
  await first.stop();

  const bot = await makeBot(db(), world, ['slack', 'discord']);
  onTestFinished(() => bot.stop());
  const [gone, there] = down === 'slack' ? ([slack, discord] as const) : ([discord, slack] as const);
  const [silent, talking] = down === 'slack' ? ([onSlack, onDiscord] as const) : ([onDiscord, onSlack] as const);
  world.slack.fail('auth.test', { status: 503 }, down === 'slack' ? 2 : 0);
  world.discord.fail('GET /gateway/bot', { status: 503 }, down === 'discord' ? 1 : 0);
  await expect(bot.app.connect(gone)).rejects.toThrow();
  await bot.app.connect(there);

  await tickAt(db(), world, [bot], '2026-07-28T09:00:00Z');
  expect(talking.posts()).toMatchObject([{ thread: [{}] }]);
  expect(silent.posts()).toEqual([]);
  expect((await talking.type('/paper robots')).toAsker[0]!.words).toContain('Robots that fold laundry');

  await bot.app.connect(gone);
  await tickAt(db(), world, [bot], '2026-07-28T09:05:00Z');
  expect(silent.posts()).toMatchObject([{ thread: [{}] }]);
  expect(talking.posts()).toHaveLength(1);
  expect(bot.errors).toEqual([]);
});
