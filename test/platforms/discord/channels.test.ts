import { expect, test } from 'vitest';
import { CHANNEL, DIRECT, GUILD, OTHER_CHANNEL } from '../../support/discord-server.ts';
import { messageOf, startBot } from './bot.ts';

const papers = { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' };

test('a channel with every right passes', async () => {
  const { adapter } = await startBot();
  expect(await adapter.preflight(papers)).toEqual({ ok: true });
  expect(await adapter.preflight({ platform: 'discord', workspace: '', id: DIRECT })).toEqual({ ok: true });
});

test('a missing right is named, with where to give it', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'EmbedLinks');
  expect(await adapter.preflight(papers)).toEqual({
    ok: false,
    code: 'missing_permission',
    problem: 'Paperround lacks "Embed Links" in #papers.',
    fix: 'Give Paperround "Embed Links" in #papers: channel settings, Permissions.',
  });
});

test('several missing rights are named at once', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'SendMessages', 'CreatePublicThreads', 'SendMessagesInThreads');
  expect(await adapter.preflight(papers)).toMatchObject({
    fix: 'Give Paperround "Send Messages", "Create Public Threads" and "Send Messages in Threads" in #papers: channel settings, Permissions.',
  });
});

test('a channel that the bot can’t see, or that is gone, is said to be so', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'ViewChannel');
  expect(await adapter.preflight(papers)).toMatchObject({ ok: false, fix: 'Give Paperround "View Channel" in #papers: channel settings, Permissions.' });
  server.deleteChannel(CHANNEL);
  expect(await adapter.preflight(papers)).toMatchObject({ ok: false, code: '10003', fix: 'Invite Paperround to the server.' });
});

test('a thread needs the rights for threads alone', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  await adapter.post(messageOf({ key: 'reply', parent }));
  server.deny(CHANNEL, 'SendMessages', 'CreatePublicThreads');
  expect(await adapter.preflight({ ...papers, id: parent.id })).toEqual({ ok: true });
});

test('a forum takes no messages', async () => {
  const { server, adapter } = await startBot();
  server.world.add({ id: '200000000000000009', guild_id: GUILD, type: 15, name: 'forum' });
  expect(await adapter.preflight({ ...papers, id: '200000000000000009' })).toMatchObject({ ok: false, code: 'no_messages', problem: '#forum takes no messages.' });
});

test('a Discord that can’t be asked is no missing right', async () => {
  const { server, adapter } = await startBot();
  server.fail('GET /channels/*', { status: 400, code: 1 });
  expect(await adapter.preflight(papers)).toMatchObject({ ok: false, problem: 'Discord could not be asked: scripted.' });
});

test('a deleted or renamed channel is passed on', async () => {
  const { server, changes } = await startBot();
  server.rename(CHANNEL, 'reading');
  server.deleteChannel(OTHER_CHANNEL);
  await server.until(() => changes.length === 2, 'the changes were not passed on');
  expect(changes).toEqual([
    { channel: { ...papers, name: 'reading' }, change: { name: 'reading' } },
    { channel: { ...papers, id: OTHER_CHANNEL, name: 'random' }, change: { gone: 'channel_deleted' } },
  ]);
});

test('a change of rights alone is no news', async () => {
  const { server, changes } = await startBot();
  server.deny(CHANNEL, 'SendMessages');
  server.rename(CHANNEL, 'reading');
  await server.until(() => changes.length > 0, 'the change was not passed on');
  expect(changes.map(({ change }) => change)).toEqual([{ name: 'reading' }]);
});

test('when the bot is taken out of a server, all channels of it are gone', async () => {
  const { server, changes } = await startBot();
  server.gateway.dispatch('GUILD_DELETE', { id: GUILD, unavailable: true });
  server.expel();
  await server.until(() => changes.length === 2, 'the changes were not passed on');
  expect(changes.map(({ channel, change }) => [channel?.id, change])).toEqual([
    [CHANNEL, { gone: 'removed_from_server' }],
    [OTHER_CHANNEL, { gone: 'removed_from_server' }],
  ]);
});

test('the doctor is told who the bot is and where', async () => {
  const { adapter } = await startBot();
  expect(await adapter.check!()).toMatch(/^Discord: Paperround\S* in 1 server, intent Guilds/);
});
