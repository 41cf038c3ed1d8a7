import { expect, test } from 'vitest';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../../src/core/errors.ts';
import type { Fault } from '../../support/discord-faults.ts';
import { CHANNEL, DIRECT, GUILD, OTHER_CHANNEL, USER } from '../../support/discord-server.ts';
import { messageOf, startBot, startServer } from './bot.ts';

const POST = 'POST /channels/*/messages';
const THREAD = 'POST /channels/*/messages/*/threads';

test('a roundup goes into the channel, its replies into one thread below', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  expect(parent).toEqual({ id: server.messages(CHANNEL)[0]!.id, channel: CHANNEL, url: `https://discord.com/channels/${GUILD}/${CHANNEL}/${parent.id}` });
  for (const key of ['reply-1', 'reply-2']) {
    const receipt = await adapter.post(messageOf({ key, parent, payload: { content: key } }));
    expect(receipt.channel).toBe(parent.id);
  }
  expect(server.messages(CHANNEL)).toHaveLength(1);
  expect(server.messages(parent.id).map(({ content }) => content)).toEqual(['reply-1', 'reply-2']);
  expect(server.world.channels.get(parent.id)!.name).toBe('Roundup for 27 July 2026');
  expect(server.count(THREAD)).toBe(1);
  // The pace is the bot token's: nothing is asked that is known.
  expect(server.count(POST)).toBe(3);
  expect(server.problems).toEqual([]);
});

test('nobody is pinged, even by a payload that forgot to say so', async () => {
  const { server, adapter } = await startBot();
  await adapter.post(messageOf({ payload: { content: '@everyone' } }));
  expect(server.requests.at(-1)!.body).toMatchObject({ allowed_mentions: { parse: [] }, nonce: 'round-1-message-1', enforce_nonce: true });
});

test('a message that is sent again within Discord’s memory is there once', async () => {
  const { server, adapter } = await startBot();
  expect(await adapter.post(messageOf())).toEqual(await adapter.post(messageOf()));
  expect(server.messages(CHANNEL)).toHaveLength(1);
});

test('a message whose answer was lost is found, not sent twice', async () => {
  let now = new Date('2026-07-27T07:00:00Z');
  const server = await startServer({ now: () => now });
  const { adapter } = await startBot({}, { server });
  const message = messageOf({ firstTriedAt: now });
  server.fail(POST, 'reset after acting');
  await expect(adapter.post(message)).rejects.toThrow(OutcomeUnknown);
  now = new Date('2026-07-27T09:00:00Z');
  expect(await adapter.find!(message)).toMatchObject({ id: server.messages(CHANNEL)[0]!.id, channel: CHANNEL });
  expect(server.messages(CHANNEL)).toHaveLength(1);
});

test('a lost reply is found in its thread, and what others wrote is not taken for it', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  await adapter.post(messageOf({ key: 'reply-1', parent, payload: { content: 'First.' } }));
  const lost = messageOf({ key: 'reply-2', parent, payload: { content: 'Second.' }, firstTriedAt: new Date() });
  server.fail(POST, 'reset');
  await expect(adapter.post(lost)).rejects.toThrow(OutcomeUnknown);
  server.world.say(parent.id, { content: 'Second.' }).author = { id: '5' };
  expect(await adapter.find!(lost)).toBeUndefined();
  server.fail(POST, 'reset after acting');
  await expect(adapter.post(lost)).rejects.toThrow(OutcomeUnknown);
  expect(await adapter.find!(lost)).toMatchObject({ channel: parent.id });
});

test('a nonce tells equal messages apart where Discord gives it back', async () => {
  const { server, adapter } = await startBot();
  server.world.givesNonceBack = true;
  await adapter.post(messageOf({ key: 'one' }));
  expect(await adapter.find!(messageOf({ key: 'two', firstTriedAt: new Date() }))).toBeUndefined();
  expect(await adapter.find!(messageOf({ key: 'one', firstTriedAt: new Date() }))).toBeDefined();
});

test('the search goes on through a busy channel', async () => {
  const { server, adapter } = await startBot();
  const firstTriedAt = new Date();
  for (let i = 0; i < 250; i++) server.world.say(CHANNEL, { content: `chatter ${i}` }).author = { id: '5' };
  await adapter.post(messageOf());
  expect(await adapter.find!(messageOf({ firstTriedAt }))).toBeDefined();
  expect(server.count('GET /channels/*/messages')).toBe(3);
});

test('a channel that can’t be read is no proof that nothing was posted', async () => {
  const { server, adapter } = await startBot();
  server.deny(CHANNEL, 'ReadMessageHistory');
  await expect(adapter.find!(messageOf({ firstTriedAt: new Date() }))).rejects.toThrow(NotAllowed);
});

test.each<[string, Fault, new (...args: never[]) => Error]>([
  ['an unknown channel', { status: 404, code: 10003 }, ChannelGone],
  ['an unknown server', { status: 404, code: 10004 }, ChannelGone],
  ['a channel out of reach', { status: 403, code: 50001 }, NotAllowed],
  ['a missing permission', { status: 403, code: 50013 }, NotAllowed],
  ['a person who takes no messages', { status: 403, code: 50007 }, NotAllowed],
  ['a channel that takes no messages', { status: 400, code: 50008 }, NotAllowed],
  ['a locked thread', { status: 403, code: 160005 }, NotAllowed],
  ['a refused payload', { status: 400, code: 50035 }, PayloadRefused],
  ['any other refusal in Discord’s words', { status: 400, code: 50006 }, PayloadRefused],
  ['a rate limit', { retryAfter: 7 }, TryLater],
  ['an internal error', { status: 500 }, OutcomeUnknown],
  ['a bad gateway', { status: 502 }, OutcomeUnknown],
  ['a cut connection', 'reset', OutcomeUnknown],
  ['no answer', 'silence', OutcomeUnknown],
  ['half an answer', 'half an answer', OutcomeUnknown],
  ['a proxy’s page', 'html', OutcomeUnknown],
])('%s is told apart', async (_, fault, verdict) => {
  // Short only where the answer never comes: signing in takes its time, too.
  const { server, adapter } = await startBot({}, { postMs: fault === 'silence' || fault === 'half an answer' ? 1_000 : 5_000 });
  server.fail(POST, fault);
  await expect(adapter.post(messageOf())).rejects.toBeInstanceOf(verdict);
  expect(server.count(POST)).toBe(1);
});

test('a rate limit says when to come back', async () => {
  const { server, adapter } = await startBot();
  server.fail(POST, { retryAfter: 7 });
  const error = await adapter.post(messageOf()).catch((thrown: unknown) => thrown);
  expect((error as TryLater).afterMs).toBeGreaterThanOrEqual(7_000);
  expect((error as TryLater).afterMs).toBeLessThan(8_000);
});

test('a refused token pauses no channel, and the process ends so that a person sees it', async () => {
  const { server, adapter, lost } = await startBot();
  server.fail(POST, { status: 401 }, 2);
  for (let i = 0; i < 2; i++) await expect(adapter.post(messageOf())).rejects.toBeInstanceOf(TryLater);
  expect(lost[0]).toContain('set a new DISCORD_TOKEN');
});

test('the token is in no log line and in no error', async () => {
  const { server, adapter, logged } = await startBot();
  server.fail(POST, { status: 403, code: 50013 });
  server.fail('POST /interactions/*/*/callback', { status: 400, code: 50035 });
  server.send('paper', { query: 'attention' });
  await server.until(() => logged.some(({ level }) => level === 'error'), 'nothing was logged');
  const error = await adapter.post(messageOf()).catch((thrown: unknown) => thrown);
  expect(JSON.stringify([logged, error, String((error as Error).stack)])).not.toContain(server.token);
});

test('a Discord that isn’t there was certainly not reached', async () => {
  const { server, adapter } = await startBot();
  await server.stop();
  // The first may still go out on the connection that was cut.
  await expect(adapter.post(messageOf())).rejects.toThrow();
  await expect(adapter.post(messageOf())).rejects.toBeInstanceOf(TryLater);
});

test('a thread that could not be opened for now delivered nothing', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  server.fail(THREAD, 'reset after acting');
  const reply = messageOf({ key: 'reply', parent });
  await expect(adapter.post(reply)).rejects.toBeInstanceOf(TryLater);
  expect(await adapter.post(reply)).toMatchObject({ channel: parent.id });
});

test.each(['CreatePublicThreads', 'SendMessagesInThreads'] as const)('without the right %s a reply goes under its parent', async (right) => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  server.deny(CHANNEL, right);
  const receipt = await adapter.post(messageOf({ key: 'reply', parent }));
  expect(receipt.channel).toBe(CHANNEL);
  expect(server.messages(CHANNEL)[1]!.message_reference).toEqual({ message_id: parent.id, fail_if_not_exists: false });
  expect(server.problems).toEqual([]);
});

test('a direct message has no threads, so a reply goes under its parent', async () => {
  const { server, adapter } = await startBot();
  const channel = { platform: 'discord', workspace: `@${USER}`, id: DIRECT, person: USER };
  const parent = await adapter.post(messageOf({ channel }));
  expect(parent.url).toBe(`https://discord.com/channels/@me/${DIRECT}/${parent.id}`);
  await adapter.post(messageOf({ key: 'reply', channel, parent }));
  expect(server.messages(DIRECT)[1]!.message_reference!.message_id).toBe(parent.id);
  expect(server.count(THREAD)).toBe(0);
});

test('a roundup that goes into a thread has its replies there', async () => {
  const { server, adapter } = await startBot();
  const above = await adapter.post(messageOf());
  const { channel: thread } = await adapter.post(messageOf({ key: 'makes-the-thread', parent: above }));
  const channel = { platform: 'discord', workspace: GUILD, id: thread };
  const parent = await adapter.post(messageOf({ key: 'in-it', channel }));
  const reply = await adapter.post(messageOf({ key: 'reply', channel, parent }));
  expect(reply.channel).toBe(thread);
  expect(server.messages(thread)).toHaveLength(3);
  expect(server.messages(thread)[2]!.message_reference).toBeUndefined();
});

test('an archived thread is opened again; a locked one is left alone', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  await adapter.post(messageOf({ key: 'reply-1', parent }));
  const thread = server.world.channels.get(parent.id)!;
  thread.archived = true;
  expect((await adapter.post(messageOf({ key: 'reply-2', parent }))).channel).toBe(parent.id);
  Object.assign(thread, { archived: true, locked: true });
  expect((await adapter.post(messageOf({ key: 'reply-3', parent }))).channel).toBe(CHANNEL);
});

test('a thread that keeps vanishing says nothing of the channel', async () => {
  const { server, adapter } = await startBot();
  const parent = await adapter.post(messageOf());
  server.fail(POST, { status: 404, code: 10003 }, 2);
  await expect(adapter.post(messageOf({ key: 'reply', parent }))).rejects.toBeInstanceOf(TryLater);
});

test('replies to a roundup in another channel that is gone say so', async () => {
  const { server, adapter } = await startBot();
  const channel = { platform: 'discord', workspace: GUILD, id: OTHER_CHANNEL };
  const parent = await adapter.post(messageOf({ channel }));
  server.deleteChannel(OTHER_CHANNEL);
  await expect(adapter.post(messageOf({ key: 'reply', channel, parent }))).rejects.toBeInstanceOf(ChannelGone);
});
