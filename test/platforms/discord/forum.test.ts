// A forum: each roundup is a post with the forum's own tags, found again when its answer was lost.
import { expect, test } from 'vitest';
import type { OutboxMessage } from '../../../src/core/platform.ts';
import { NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../../src/core/errors.ts';
import { tagsFor } from '../../../src/platforms/discord/tags.ts';
import { GUILD, type DiscordServer } from '../../support/discord-server.ts';
import { messageOf, startBot, startServer } from './bot.ts';

const FORUM = '200000000000000015';
const POST = 'POST /channels/*/threads';
const SILENT = 4096;
const TAGS = [
  { id: '1', name: 'Question', moderated: false },
  { id: '2', name: 'NLP', moderated: false },
  { id: '3', name: 'Computer Vision', moderated: false },
  { id: '4', name: 'cs.CL', moderated: true },
  { id: '5', name: 'Papers', moderated: false },
];

function addForum(server: DiscordServer, more: object = {}): void {
  server.world.add({ id: FORUM, guild_id: GUILD, type: 15, name: 'reading', tags: TAGS, ...more });
}

function postOf(more: Partial<OutboxMessage> = {}): OutboxMessage {
  return messageOf({ channel: { platform: 'discord', workspace: GUILD, id: FORUM, forum: true }, post: { name: 'Trending papers, 27 July 2026', about: ['nlp', 'cs.CL'] }, ...more });
}

test.each([15, 16])('a roundup begins a post in a channel of type %i, with its tags, and its replies stand in it', async (type) => {
  const { server, adapter } = await startBot();
  addForum(server, { type });
  const first = await adapter.post(postOf());
  const thread = server.world.channels.get(first.id)!;
  expect(thread).toMatchObject({ parent_id: FORUM, name: 'Trending papers, 27 July 2026', applied: ['2'] });
  expect(first).toEqual({ id: thread.id, channel: thread.id, url: `https://discord.com/channels/${GUILD}/${thread.id}/${thread.id}` });
  const reply = await adapter.post(messageOf({ key: 'reply', channel: postOf().channel, parent: first, payload: { content: 'The abstracts.' } }));
  expect(reply.channel).toBe(thread.id);
  expect(server.messages(thread.id).map(({ content }) => content)).toEqual(['Two papers today.', 'The abstracts.']);
  expect(server.problems).toEqual([]);
});

test('a post without a sound, or a message, says so and nothing else', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const first = await adapter.post(postOf({ silent: true }));
  expect(server.messages(first.id)[0]!.flags).toBe(SILENT);
  await adapter.post(messageOf({ silent: true }));
  await adapter.post(messageOf({ key: 'loud' }));
  expect(server.requests.slice(-2).map(({ body }) => body.flags)).toEqual([SILENT, undefined]);
});

test('a name that is too long is cut, and an empty one is none', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const names = await Promise.all(['x'.repeat(300), ' '].map(async (name, i) => server.world.channels.get((await adapter.post(postOf({ key: `k${i}`, post: { name, about: [] } }))).id)!.name));
  expect(names).toEqual([`${'x'.repeat(99)}…`, 'Untitled']);
});

test('where each post must have a tag it gets a general one, unless one is of its subject', async () => {
  const { server, adapter } = await startBot();
  addForum(server, { needsTag: true });
  const first = await adapter.post(postOf({ post: { name: 'A', about: ['robotics'] } }));
  expect(server.world.channels.get(first.id)!.applied).toEqual(['5']);
  const second = await adapter.post(postOf({ key: 'b', post: { name: 'B', about: ['vision'] } }));
  expect(server.world.channels.get(second.id)!.applied).toEqual(['3']);
});

test('a forum that wants a tag and has none to use is told of before anything is posted', async () => {
  const { server, adapter } = await startBot();
  addForum(server, { needsTag: true, tags: [TAGS[3]] });
  const channel = postOf().channel;
  expect(await adapter.preflight(channel)).toMatchObject({ ok: false, code: 'no_tag', problem: '#reading takes no post without a tag, and has no tag that Paperround may use.' });
  await expect(adapter.post(postOf())).rejects.toSatisfy((error: NotAllowed) => error instanceof NotAllowed && error.code === '40067' && /Add a tag/.test(error.fix));
});

test('a forum needs no right to open threads, but those to begin posts and write in them', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const channel = postOf().channel;
  server.deny(FORUM, 'CreatePublicThreads');
  expect(await adapter.preflight(channel)).toEqual({ ok: true });
  server.deny(FORUM, 'SendMessages', 'SendMessagesInThreads');
  expect(await adapter.preflight(channel)).toMatchObject({ ok: false, fix: 'Give Paperround “Send Messages” and “Send Messages in Threads” in #reading: channel settings, Permissions.' });
  await expect(adapter.post(postOf())).rejects.toBeInstanceOf(NotAllowed);
});

test.each([false, true])('a post whose answer was lost is found again, closed meanwhile: %s', async (closed) => {
  let now = new Date('2026-07-27T07:00:00Z');
  const server = await startServer({ now: () => now });
  const { adapter } = await startBot({}, { server });
  addForum(server);
  const message = postOf({ firstTriedAt: now });
  server.fail(POST, 'reset after acting');
  await expect(adapter.post(message)).rejects.toThrow(OutcomeUnknown);
  now = new Date('2026-07-27T09:00:00Z');
  const [thread] = [...server.world.channels.values()].filter(({ parent_id: parent }) => parent === FORUM);
  Object.assign(thread!, { archived: closed, name: closed ? 'Renamed by somebody' : thread!.name });
  expect(await adapter.find!(message)).toMatchObject({ id: thread!.id, channel: thread!.id });
});

test('no other post is taken for it: neither another paper’s, nor an older one, nor somebody else’s', async () => {
  let now = new Date('2026-07-27T07:00:00Z');
  const server = await startServer({ now: () => now });
  const { adapter } = await startBot({}, { server });
  addForum(server);
  await adapter.post(postOf({ key: 'yesterday' }));
  now = new Date('2026-07-27T09:00:00Z');
  await adapter.post(postOf({ key: 'other', payload: { content: 'Another paper.' } }));
  const theirs = server.world.add({ id: server.world.nextId(), guild_id: GUILD, parent_id: FORUM, type: 11, name: 'Trending papers, 27 July 2026', owner: '5' });
  server.world.say(theirs.id, { content: 'Two papers today.', embeds: [{ title: 'Attention', description: 'Is all you need.' }] }, theirs.id);
  expect(await adapter.find!(postOf({ firstTriedAt: now }))).toBeUndefined();
});

test('a look at the forum that fails is no proof that nothing was posted', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const message = postOf({ firstTriedAt: new Date() });
  server.fail('GET /guilds/*/threads/active', 'html');
  await expect(adapter.find!(message)).rejects.toBeInstanceOf(TryLater);
  server.deny(FORUM, 'ReadMessageHistory');
  await expect(adapter.find!(message)).rejects.toBeInstanceOf(NotAllowed);
});

test('tags that can’t be read for now have posted nothing', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  server.fail('GET /channels/*', { status: 500 });
  await expect(adapter.post(postOf())).rejects.toBeInstanceOf(TryLater);
  expect(server.count(POST)).toBe(0);
});

test('replies to a post that is closed open it again; to one that is locked or gone they are given up, and the forum goes on', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const parent = await adapter.post(postOf());
  const thread = server.world.channels.get(parent.id)!;
  const reply = (key: string) => messageOf({ key, channel: postOf().channel, parent, firstTriedAt: new Date() });
  thread.archived = true;
  expect((await adapter.post(reply('reply-1'))).channel).toBe(parent.id);
  Object.assign(thread, { archived: true, locked: true });
  await expect(adapter.post(reply('reply-2'))).rejects.toBeInstanceOf(PayloadRefused);
  server.deleteChannel(parent.id);
  await expect(adapter.post(reply('reply-3'))).rejects.toBeInstanceOf(PayloadRefused);
  expect(await adapter.find!(reply('reply-3'))).toBeUndefined();
});

test('a lost reply is found in its post', async () => {
  const { server, adapter } = await startBot();
  addForum(server);
  const parent = await adapter.post(postOf());
  const reply = messageOf({ key: 'reply', channel: postOf().channel, parent, payload: { content: 'The abstracts.' }, firstTriedAt: new Date() });
  server.fail('POST /channels/*/messages', 'reset after acting');
  await expect(adapter.post(reply)).rejects.toThrow(OutcomeUnknown);
  expect(await adapter.find!(reply)).toMatchObject({ channel: parent.id });
});

test('a forum that is deleted, or takes its rights away, is lost', async () => {
  const { server, changes } = await startBot();
  addForum(server);
  server.gateway.dispatch('CHANNEL_CREATE', { id: FORUM, guild_id: GUILD, type: 15, name: 'reading', permission_overwrites: [] });
  server.deny(FORUM, 'SendMessages');
  server.deleteChannel(FORUM);
  await server.until(() => changes.length === 2, 'the changes were not passed on');
  expect(changes.map(({ change }) => change)).toEqual([{ gone: 'missing_permission' }, { gone: 'channel_deleted' }]);
});

test.each([
  [['nlp', 'cs.CL'], ['2']],
  [['Computer Vision and Pattern Recognition'], ['3']],
  [['vision', 'NLP'], ['3', '2']],
  [['"nlp" or question'], ['1', '2']],
  [['robots -question -"computer vision"'], []],
  [['cs.CL'], []],
  [[], []],
])('what is about %j goes under the tags %j', (about, ids) => {
  expect(tagsFor(about, TAGS, false).sort()).toEqual([...ids].sort());
});

test('five tags at most, the most telling first', () => {
  const tags = 'abcdefg'.split('').map((name) => ({ id: name, name, moderated: false }));
  expect(tagsFor(['g', 'f', 'e', 'd', 'c', 'b', 'a'], tags, false)).toEqual(['g', 'f', 'e', 'd', 'c']);
});
