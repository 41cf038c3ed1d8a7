// Channels and workspaces that are lost, and had again, with the whole bot: whatever order Slack's events come in.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBot, startWorld, type Bot, type World } from '../../support/bot.ts';
import { useDb } from '../../support/db.ts';
import { until, type Delivery } from '../../support/slack-server.ts';

const db = useDb();
let world: World;
let bot: Bot;

beforeEach(async () => {
  world = await startWorld();
  bot = await startBot(db(), world, ['slack over http']);
  await world.slack.slash('/roundup', 'subscribe attention');
});
afterEach(async () => {
  await bot.stop();
  await world.stop();
});

const words = ({ answers }: Delivery) => JSON.stringify(answers);
const nextRun = async () => /Next roundup: ([^"]*)/.exec(words(await world.slack.slash('/roundup', 'list')))?.[1];

/** An event's effect comes after its ack. */
async function expectNextRun(pattern: RegExp): Promise<void> {
  let seen = await nextRun();
  for (let tries = 0; !pattern.test(seen ?? '') && tries < 40; tries++) seen = await nextRun();
  expect(seen).toMatch(pattern);
}

const archived = (is: boolean) => Object.assign(world.slack.channels.get('C1')!, { is_archived: is });
const member = (is: boolean) => Object.assign(world.slack.channels.get('C1')!, { is_member: is });

describe('a channel', () => {
  test('that is archived is paused with Slack’s word for it, and goes on when it is unarchived', async () => {
    archived(true);
    await world.slack.event({ type: 'channel_archive', channel: 'C1', user: 'U1' });
    await expectNextRun(/paused, since[^(]*\(is_archived\)/);
    archived(false);
    await world.slack.event({ type: 'channel_unarchive', channel: 'C1', user: 'U1' });
    await expectNextRun(/^(?!.*paused)/);
  });

  test('is not paused by a late word of an archiving that was undone', async () => {
    await world.slack.event({ type: 'channel_unarchive', channel: 'C1', user: 'U1' });
    await world.slack.event({ type: 'channel_archive', channel: 'C1', user: 'U1' });
    await until(() => world.slack.requests.filter(({ method }) => method === 'conversations.info').length > 1, () => 'nobody looked');
    await bot.stop();
    bot = await startBot(db(), world, ['slack over http']);
    expect(await nextRun()).not.toContain('paused');
  });

  test('is paused on its word alone when Slack can’t be asked', async () => {
    world.slack.fail('conversations.info', { retryAfter: 30 });
    await world.slack.event({ type: 'channel_archive', channel: 'C1', user: 'U1' });
    await expectNextRun(/paused, since[^(]*\(is_archived\)/);
  });

  test('that the bot was taken out of goes on when it is invited again', async () => {
    member(false);
    await world.slack.event({ type: 'member_left_channel', channel: 'C1', user: 'UBOT' });
    await expectNextRun(/paused, since[^(]*\(not_in_channel\)/);
    member(true);
    await world.slack.event({ type: 'member_joined_channel', channel: 'C1', user: 'UBOT' });
    await expectNextRun(/^(?!.*paused)/);
  });

  test('that a person paused stays paused when it is unarchived', async () => {
    await world.slack.slash('/roundup', 'pause');
    await world.slack.event({ type: 'channel_unarchive', channel: 'C1', user: 'U1' });
    await bot.stop();
    bot = await startBot(db(), world, ['slack over http']);
    expect(await nextRun()).toContain('paused');
  });
});

describe('a workspace', () => {
  const TOKEN = 'xoxb-of-a-test';

  test.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', { tokens: { oauth: ['U1'], bot: ['UBOT'] } }],
  ])('%s pauses its channels', async (type, more) => {
    world.slack.revoked.add(TOKEN);
    await world.slack.event({ type, ...more });
    await expectNextRun(new RegExp(`paused, since[^(]*\\(${type}\\)`));
  });

  test('whose token still works is not paused by a late word of an older installation', async () => {
    await world.slack.event({ type: 'app_uninstalled' });
    await world.slack.event({ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } });
    await bot.stop();
    bot = await startBot(db(), world, ['slack over http']);
    expect(await nextRun()).not.toContain('paused');
  });

  test('loses nothing when one person takes back their own token', async () => {
    world.slack.revoked.add(TOKEN);
    await world.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    await bot.stop();
    world.slack.revoked.clear();
    bot = await startBot(db(), world, ['slack over http']);
    expect(await nextRun()).not.toContain('paused');
  });
});
