// Slack's limits are a channel's: what one must wait for keeps no other waiting, nor anybody who asks something.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TryLater } from '../../../src/core/errors.ts';
import { startBot, startWorld, type Bot, type World } from '../../support/bot.ts';
import { useDb } from '../../support/db.ts';
import { havePapers } from '../../support/factories.ts';
import { until } from '../../support/slack-server.ts';
import { outboxMessage } from './rig.ts';

const db = useDb();
const CHANNELS = ['C1', 'C2', 'C3', 'C4'];
let world: World;
let bot: Bot;

beforeEach(async () => {
  world = await startWorld();
  for (const id of CHANNELS) world.slack.channels.set(id, { id, name: id.toLowerCase(), is_member: true });
  bot = await startBot(db(), world, ['slack over http']);
});
afterEach(async () => {
  await bot.stop();
  await world.stop();
});

const adapter = () => bot.app.adapters.get('slack')!;
const to = (id: string) => outboxMessage({ key: `to-${id}`, channel: { platform: 'slack', workspace: 'T1', id } });
const posts = () => world.slack.messages.filter(({ thread_ts: thread }) => !thread).map(({ channel }) => channel);

async function subscribeAll(): Promise<void> {
  await havePapers(db(), [{ title: 'Robots that iron' }]);
  for (const channel of CHANNELS) {
    await world.slack.slash('/roundup', 'subscribe robots', { channel });
    await world.slack.slash('/roundup', 'schedule 09:00 UTC daily', { channel });
  }
  world.clock.moveTo('2026-07-28T09:00:00Z');
}

test('a request that Slack puts off for an hour is told at once, and the next goes out', async () => {
  world.slack.fail('chat.postMessage', { retryAfter: 3_600 });
  await expect(adapter().post(to('C1'))).rejects.toMatchObject({ afterMs: 3_600_000 } satisfies Partial<TryLater>);
  await adapter().post(to('C2'));
  expect(posts()).toEqual(['C2']);
});

test('so do requests that are under way together with it', async () => {
  world.slack.fail('chat.postMessage', { retryAfter: 3_600 });
  const sent = await Promise.allSettled(CHANNELS.map((id) => adapter().post(to(id))));
  expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
});

test('a channel that is put off gets its roundup when Slack said, all others at once', async () => {
  await subscribeAll();
  world.slack.fail('chat.postMessage', { retryAfter: 600 });
  await bot.app.tick();
  const [putOff, ...more] = CHANNELS.filter((id) => !posts().includes(id));
  expect(more).toEqual([]);
  expect(posts()).toHaveLength(3);
  world.clock.forward(599_000);
  await bot.app.tick();
  expect(posts()).not.toContain(putOff);
  world.clock.forward(1_000);
  await bot.app.tick();
  expect(posts().sort()).toEqual(CHANNELS);
});

test('a person who asks is answered while every post is put off, or never answered', async () => {
  await subscribeAll();
  world.slack.fail('chat.postMessage', { retryAfter: 3_600 }, 2);
  world.slack.fail('chat.postMessage', 'hang', 2);
  const ticking = bot.app.tick();
  await until(() => posts().length === 2, () => 'nothing posted');
  // Who may change a channel is looked up at Slack.
  const { answers } = await world.slack.slash('/roundup', 'size 5');
  expect(JSON.stringify(answers)).toContain('5 papers');
  world.slack.hangUp();
  await ticking;
});
