import { expect, test } from 'vitest';
import { NotAllowed } from '../../../src/core/errors.ts';
import { CHANNEL, DIRECT, GUILD, OTHER_CHANNEL, USER } from '../../support/discord-server.ts';
import { GRANTED, guildJson } from '../../support/discord-world.ts';
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
    problem: 'Paperround can’t post roundups in #papers yet.',
    fix: 'Give Paperround “Embed Links” in #papers: channel settings, Permissions.',
  });
});

test('several missing rights are named at once', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'SendMessages', 'CreatePublicThreads', 'SendMessagesInThreads');
  expect(await adapter.preflight(papers)).toMatchObject({
    fix: 'Give Paperround “Send Messages”, “Create Public Threads” and “Send Messages in Threads” in #papers: channel settings, Permissions.',
  });
});

test('a channel that the bot can’t see, or that is gone, is said to be so', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'ViewChannel');
  expect(await adapter.preflight(papers)).toMatchObject({ ok: false, fix: 'Give Paperround “View Channel” in #papers: channel settings, Permissions.' });
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

test('a category takes no roundup', async () => {
  const { server, adapter } = await startBot();
  server.world.add({ id: '200000000000000009', guild_id: GUILD, type: 4, name: 'topics' });
  expect(await adapter.preflight({ ...papers, id: '200000000000000009' })).toMatchObject({ ok: false, code: 'no_messages', problem: '#topics takes no messages.' });
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

test('a channel whose rights are taken is lost, and back when they are given again', async () => {
  const { server, changes } = await startBot();
  server.deny(CHANNEL, 'SendMessages');
  server.deny(CHANNEL);
  await server.until(() => changes.length === 2, 'the changes were not passed on');
  expect(changes).toEqual([
    { channel: papers, change: { gone: 'missing_permission' } },
    { channel: papers, change: { back: true } },
  ]);
});

test('a right that a roundup can do without loses no channel', async () => {
  const { server, changes } = await startBot();
  server.deny(CHANNEL, 'CreatePublicThreads');
  server.rename(CHANNEL, 'reading');
  await server.until(() => changes.length > 0, 'the change was not passed on');
  expect(changes.map(({ change }) => change)).toEqual([{ name: 'reading' }]);
});

test('rights that are taken in the whole server count in every channel', async () => {
  const { server, changes } = await startBot();
  server.grant('ViewChannel', 'SendMessages');
  await server.until(() => changes.length === 3, 'the changes were not passed on');
  expect(changes.map(({ channel, workspace, change }) => [channel?.id ?? workspace, change])).toEqual([
    [CHANNEL, { gone: 'missing_permission' }],
    [OTHER_CHANNEL, { gone: 'missing_permission' }],
    [GUILD, { back: true }],
  ]);
  server.grant(...GRANTED);
  await server.until(() => changes.length === 4, 'the change was not passed on');
  expect(changes[3]).toEqual({ workspace: GUILD, change: { back: true } });
});

test('when the bot is taken out of a server it is lost, and back when it is let in again', async () => {
  const { server, changes } = await startBot();
  server.gateway.dispatch('GUILD_DELETE', { id: GUILD, unavailable: true });
  server.gateway.dispatch('GUILD_CREATE', guildJson(server.world));
  server.expel();
  server.invite();
  await server.until(() => changes.length === 2, 'the changes were not passed on');
  expect(changes).toEqual([
    { workspace: GUILD, change: { gone: 'removed_from_server' } },
    { workspace: GUILD, change: { back: true } },
  ]);
});

test('a server that the bot was in all the time is no news at a start', async () => {
  const { server, changes } = await startBot();
  server.rename(CHANNEL, 'reading');
  await server.until(() => changes.length > 0, 'the change was not passed on');
  expect(changes.map(({ change }) => change)).toEqual([{ name: 'reading' }]);
});

test('what a person may do in a channel is asked from Discord, wherever they are', async () => {
  const { server, adapter } = await startBot();
  const channel = { platform: 'discord', workspace: GUILD, id: CHANNEL };
  expect(await adapter.standing!(channel, USER)).toBe('member');
  server.world.managers.add(USER);
  expect(await adapter.standing!(channel, USER)).toBe('manager');
  server.fail('GET /guilds/*/members/*', { status: 404, code: 10007 });
  expect(await adapter.standing!(channel, USER)).toBe('guest');
  expect(await adapter.standing!({ ...channel, id: '1' }, USER)).toBe('guest');
});

test('a person is told something in direct messages', async () => {
  const { server, adapter } = await startBot();
  expect(await adapter.tell!({ workspace: GUILD, person: USER }, { content: 'I can’t post in #papers.' })).toBe(DIRECT);
  expect(server.messages(DIRECT).map(({ content }) => content)).toEqual(['I can’t post in #papers.']);
  expect(server.problems).toEqual([]);
  server.fail('POST /channels/*/messages', { status: 403, code: 50007 });
  await expect(adapter.tell!({ workspace: GUILD, person: USER }, { content: 'Again.' })).rejects.toBeInstanceOf(NotAllowed);
});

test('the doctor is told who the bot is and where', async () => {
  const { adapter } = await startBot();
  expect(await adapter.check!()).toMatch(/^Discord: Paperround\S* in 1 server, intent Guilds/);
});
