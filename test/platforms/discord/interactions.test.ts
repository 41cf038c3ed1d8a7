import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Answer } from '../../../src/core/chat.ts';
import { say, type Doc } from '../../../src/core/doc.ts';
import { CHANNEL, DIRECT, GUILD, USER } from '../../support/discord-server.ts';
import { channelJson } from '../../support/discord-world.ts';
import { memoryOf, messageOf, startBot, startServer } from './bot.ts';

const long: Doc = {
  summary: 'Thirty papers.',
  blocks: Array.from({ length: 30 }, (_, i) => ({ kind: 'item' as const, title: `Paper ${i}`, body: 'About it.' })),
};

test('a slash command is answered to the asker alone', async () => {
  const { server, calls } = await startBot();
  const seen = await server.slash('paper', { query: 'attention' });
  expect(seen.ephemeral.map(({ content }) => content)).toEqual(['Here it is.']);
  expect(seen.public).toEqual([]);
  expect(server.messages(CHANNEL)).toEqual([]);
  expect(calls).toMatchObject([{ command: 'paper', text: 'attention', channel: { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' }, person: { id: USER, name: 'User 001' } }]);
  expect(server.problems).toEqual([]);
});

test('Discord hears of it before any work begins', async () => {
  const deferred: (number | undefined)[] = [];
  const { server } = await startBot({
    handle: async (): Promise<Answer> => {
      deferred.push(server.count('POST /interactions/*/*/callback'));
      return { doc: say('Done.'), audience: 'asker' };
    },
  });
  await server.slash('paper', { query: 'attention' });
  expect(deferred).toEqual([1]);
});

test('a long answer goes on in messages that only the asker sees', async () => {
  const { server } = await startBot({ handle: async () => ({ doc: long, audience: 'asker' }) });
  const seen = await server.slash('paper', { query: 'attention' });
  expect(seen.ephemeral.flatMap(({ embeds }) => embeds.map(({ title }) => title))).toEqual(long.blocks.map((_, i) => `Paper ${i}`));
  expect(seen.ephemeral.length).toBeGreaterThan(1);
  expect(seen.public).toEqual([]);
  expect(server.problems).toEqual([]);
});

test('an answer for the channel follows publicly', async () => {
  const { server } = await startBot({ handle: async () => ({ doc: long, audience: 'channel' }) });
  const seen = await server.slash('roundup subscribe', { topic: 'attention' });
  expect(seen.ephemeral).toEqual([]);
  expect(seen.public.flatMap(({ embeds }) => embeds)).toHaveLength(30);
  expect(server.messages(CHANNEL)).toEqual(seen.public);
  expect(server.problems).toEqual([]);
});

test('the asker is told when the public answer is refused', async () => {
  const { server, logged } = await startBot({ handle: async () => ({ doc: say('Subscribed.'), audience: 'channel' }) });
  server.fail('POST /webhooks/*/*', { status: 403, code: 50013 });
  const seen = await server.slash('roundup subscribe', { topic: 'attention' });
  expect(seen.ephemeral[0]!.content).toContain('could not be posted');
  expect(logged).toContainEqual(expect.objectContaining({ level: 'error', text: 'discord interaction not answered' }));
});

test('a mistake in a public command is told to the asker alone', async () => {
  const { server } = await startBot({ handle: async () => ({ doc: say('There is no topic “attentoin”.'), audience: 'asker' }) });
  const seen = await server.slash('roundup subscribe', { topic: 'attentoin' });
  expect(seen.ephemeral[0]!.content).toBe('There is no topic “attentoin”.');
  expect(seen.public).toEqual([]);
});

test('a button runs the command that it was made from', async () => {
  const doc: Doc = { summary: 'A paper.', blocks: [], actions: [{ label: 'Save', says: 'Save: A', call: { name: 'paper', text: 'save 2607.01234' } }] };
  const { server, calls } = await startBot({ handle: async () => ({ doc, audience: 'asker' }) });
  const { ephemeral } = await server.slash('paper', { query: 'attention' });
  await server.press(ephemeral[0]!.components[0]!.components![0]!.custom_id!);
  expect(calls.map(({ command, text }) => `/${command} ${text}`)).toEqual(['/paper attention', '/paper save 2607.01234']);
  expect(server.problems).toEqual([]);
});

const papers: Doc = {
  summary: 'Two papers.',
  blocks: [1, 2].map((id) => ({
    kind: 'item' as const,
    title: `${id}. Paper ${id}`,
    facts: [`${id} upvotes`],
    actions: [{ label: 'Save', says: `Save: Paper ${id}`, call: { name: 'paper', text: `save id:${id}` } }],
    open: { label: 'Details', says: `Details of Paper ${id}`, call: { name: 'paper', text: `id:${id}` } },
  })),
};

test('a paper that is chosen from a list is answered to who chose it; letting go of it asks for nothing', async () => {
  const { server, calls } = await startBot({ handle: async () => ({ doc: papers, audience: 'asker' }) });
  const { ephemeral } = await server.slash('paper', { query: 'attention' });
  const options = ephemeral[0]!.components[0]!.components![0]!.options!;
  expect(options.map(({ label, description }) => [label, description])).toEqual([['1. Paper 1', '1 upvotes'], ['2. Paper 2', '2 upvotes']]);
  const seen = await server.pick(options[1]!.value);
  expect(seen.ephemeral).toHaveLength(1);
  expect(seen.public).toEqual([]);
  await server.pick(options[1]!.value, {}, { letGo: true });
  expect(calls.map(({ command, text }) => `/${command} ${text}`)).toEqual(['/paper attention', '/paper id:2']);
  expect(server.problems).toEqual([]);
});

test('the buttons of messages that an earlier version posted still do what they say', async () => {
  const { server, calls } = await startBot();
  const row = (...buttons: [label: string, custom_id: string][]) => ({ type: 1, components: buttons.map(([label, custom_id]) => ({ type: 2, style: 2, label, custom_id })) });
  server.world.say(CHANNEL, { content: 'Abstracts.', components: [row(['1 · Save', '0:paper save id:7'], ['1 · Not for us', '1:paper not-for-us id:7'], ['1 · Details', '2:paper id:7']), row(['Help', '3:paper help'])] });
  for (const id of ['0:paper save id:7', '1:paper not-for-us id:7', '2:paper id:7', '3:paper help']) await server.press(id);
  expect(calls.map(({ command, text }) => `/${command} ${text}`)).toEqual(['/paper save id:7', '/paper not-for-us id:7', '/paper id:7', '/paper help']);
});

test('a command in a forum’s post says which forum that is; one in any other thread names no forum', async () => {
  const { server, calls } = await startBot();
  const forum = { id: '200000000000000015', guild_id: GUILD, type: 15, name: 'reading' };
  const post = { id: '200000000000000016', guild_id: GUILD, type: 11, name: 'Which papers?', parent_id: forum.id };
  const thread = { id: '200000000000000017', guild_id: GUILD, type: 11, name: 'A thread', parent_id: CHANNEL };
  for (const [event, place] of [['CHANNEL_CREATE', forum], ['THREAD_CREATE', post], ['THREAD_CREATE', thread]] as const) server.gateway.dispatch(event, channelJson(server.world.add(place)));
  await server.slash('roundup subscribe', { topic: 'nlp' }, { channel: post.id });
  await server.slash('roundup subscribe', { topic: 'nlp' }, { channel: thread.id });
  const place = { platform: 'discord', workspace: GUILD };
  expect(calls.map(({ channel }) => channel)).toEqual([
    { ...place, id: post.id, name: 'Which papers?', parent: forum.id, postOf: { ...place, id: forum.id, name: 'reading', forum: true } },
    { ...place, id: thread.id, name: 'A thread', parent: CHANNEL },
  ]);
});

test.each([
  ['a member', ['SendMessages'], CHANNEL, 'member'],
  ['one who manages channels', ['ManageChannels'], CHANNEL, 'manager'],
  ['one who manages the server', ['ManageGuild'], CHANNEL, 'manager'],
  ['an administrator', ['Administrator'], CHANNEL, 'admin'],
  ['anyone in their own direct messages', [], DIRECT, 'admin'],
] as const)('%s is known for what they may do', async (_, permissions, channel, standing) => {
  const { server, calls } = await startBot();
  await server.slash('roundup list', {}, { permissions: [...permissions], channel });
  expect(await calls[0]!.person.profile()).toEqual({ standing });
  expect(calls[0]!.channel.workspace).toBe(channel === DIRECT ? `@${USER}` : GUILD);
});

test('direct messages belong to the person alone, and a channel is private unless everybody of the server may look', async () => {
  const server = await startServer();
  const [secret, thread, hidden] = ['200000000000000004', '200000000000000005', '200000000000000006'];
  server.world.add({ id: secret, guild_id: GUILD, type: 0, name: 'secret', private: true });
  server.world.add({ id: thread, guild_id: GUILD, type: 11, name: 'open thread', parent_id: CHANNEL });
  server.world.add({ id: hidden, guild_id: GUILD, type: 12, name: 'private thread', parent_id: CHANNEL });
  const { calls } = await startBot({}, { server });
  for (const channel of [CHANNEL, secret, thread, hidden, DIRECT]) await server.slash('roundup list', {}, { channel });
  expect(calls.map(({ channel }) => channel)).toEqual([
    { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' },
    { platform: 'discord', workspace: GUILD, id: secret, name: 'secret', private: true },
    { platform: 'discord', workspace: GUILD, id: thread, name: 'open thread', parent: CHANNEL },
    // A place of its own, of which its channel learns nothing.
    { platform: 'discord', workspace: GUILD, id: hidden, name: 'private thread', private: true },
    { platform: 'discord', workspace: `@${USER}`, id: DIRECT, person: USER },
  ]);
  expect(calls.map(({ person }) => person.home)).toEqual(calls.map(() => `@${USER}`));
});

test('a verb of a group is said with both words', async () => {
  const { server, calls } = await startBot({ complete: async ({ text, option }) => [{ label: text, value: `${text} (${option})` }] });
  await server.slash('roundup me subscribe', { topic: 'attention at 9' });
  await server.slash('roundup me list');
  expect(calls.map(({ text }) => text)).toEqual(['me subscribe attention at 9', 'me list']);
  expect(await server.autocomplete('roundup me subscribe', { topic: 'att' }, 'topic')).toEqual([{ name: 'me subscribe att', value: 'me subscribe att (topic)' }]);
});

test('suggestions come as the words are typed', async () => {
  const asked: object[] = [];
  const { server } = await startBot({
    complete: async ({ command, text, option }) => {
      asked.push({ command, text, option });
      const odd = [{ label: 'too long', value: 'x'.repeat(101) }, { label: '\u200b\u202e ', value: 'nothing to read' }, { label: `\u202e@everyone ${'👩‍🔬'.repeat(30)}`, value: '2607.01234' }];
      return [...odd, ...Array.from({ length: 40 }, (_, i) => ({ label: `attention ${i}`, value: `a${i}` }))];
    },
  });
  const [cut, ...others] = await server.autocomplete('paper', { query: 'att' }, 'query');
  expect(others).toHaveLength(24);
  // Between two graphemes, and without what would turn the line around; a value is whole or left out.
  expect(cut).toEqual({ name: `@everyone ${'👩‍🔬'.repeat(17)}…`, value: '2607.01234' });
  expect(await server.autocomplete('roundup subscribe', { topic: 'att' }, 'topic')).toContainEqual({ name: 'attention 0', value: 'a0' });
  expect(asked).toEqual([
    { command: 'paper', text: 'att', option: 'query' },
    { command: 'roundup', text: 'subscribe att', option: 'topic' },
  ]);
  expect(server.problems).toEqual([]);
});

test('late suggestions are none, given within Discord’s time', async () => {
  const { server } = await startBot({ complete: () => new Promise(() => {}) });
  expect(await server.autocomplete('paper', { query: 'att' }, 'query')).toEqual([]);
});

test('an answer waits for no roundup', async () => {
  let release = () => {};
  let busy = Promise.resolve();
  const takeTurns = async () => {
    await busy;
    return new Date();
  };
  const { server, adapter } = await startBot({ takeTurns });
  busy = new Promise((resolve) => (release = resolve));
  const posts = Array.from({ length: 20 }, (_, i) => adapter.post(messageOf({ key: `post-${i}` })));
  expect((await server.slash('paper', { query: 'attention' })).ephemeral).toHaveLength(1);
  expect(server.messages(CHANNEL)).toEqual([]);
  release();
  await Promise.all(posts);
  expect(server.messages(CHANNEL)).toHaveLength(20);
});

test('an interaction that is delivered twice runs once', async () => {
  const { server, calls } = await startBot();
  const twice = { id: server.world.nextId() };
  await server.slash('paper', { query: 'attention' }, twice);
  server.send('paper', { query: 'attention' }, twice);
  await server.slash('paper', { query: 'another' });
  expect(calls.map(({ text }) => text)).toEqual(['attention', 'another']);
});

test.each([10062, 40060])('an interaction that is over (%i) is logged and does no harm', async (code) => {
  const { server, logged, calls } = await startBot();
  server.fail('POST /interactions/*/*/callback', { status: 404, code });
  server.send('paper', { query: 'attention' });
  await server.until(() => logged.some(({ text }) => text === 'discord interaction too late'), 'nothing was logged');
  await server.slash('paper', { query: 'again' });
  expect(calls.map(({ text }) => text)).toEqual(['again']);
});

test('commands are registered once, and again when they change', async () => {
  const server = await startServer();
  const memory = memoryOf();
  await (await startBot({ memory }, { server })).adapter.stop();
  await (await startBot({ memory }, { server })).adapter.stop();
  expect(server.count('PUT /applications/*/commands')).toBe(1);
  expect(server.commands()).toMatchObject([{ name: 'paper' }, { name: 'roundup' }, { name: 'Look up paper' }]);
  await memory.set('discord-commands:900000000000000001', 'of an older version');
  await startBot({ memory }, { server });
  expect(server.count('PUT /applications/*/commands')).toBe(2);
});

test('a registration that fails is tried at the next start, and the bot answers all the same', async () => {
  const server = await startServer();
  const memory = memoryOf();
  server.fail('PUT /applications/*/commands', { status: 400, code: 50035 });
  const first = await startBot({ memory }, { server });
  expect(first.logged).toContainEqual(expect.objectContaining({ text: 'discord commands not registered' }));
  await first.adapter.stop();
  const second = await startBot({ memory }, { server });
  await second.server.slash('paper', { query: 'attention' });
  expect(second.calls).toHaveLength(1);
});

test('stopping waits for the answer that is under way', async () => {
  let finish = () => {};
  const { server, adapter, calls } = await startBot({
    handle: () => new Promise((resolve) => (finish = () => resolve({ doc: say('At last.'), audience: 'asker' }))),
  });
  const seen = server.slash('paper', { query: 'attention' });
  await server.until(() => calls.length === 1, 'the command did not arrive');
  const stopped = adapter.stop();
  expect(await Promise.race([stopped.then(() => 'stopped'), pause(50, 'waiting')])).toBe('waiting');
  finish();
  await stopped;
  expect((await seen).ephemeral[0]!.content).toBe('At last.');
});

test('a cut connection is taken up again without another login', async () => {
  const { server } = await startBot();
  server.gateway.drop();
  await server.until(() => server.gateway.resumed() === 1, 'the session was not resumed');
  expect((await server.slash('paper', { query: 'attention' })).ephemeral).toHaveLength(1);
  expect(server.gateway.identified).toEqual([{ intents: 1, shard: [0, 1] }]);
});

test('a refused token is an error in the settings, and is not logged', async () => {
  const server = await startServer();
  const wrong = { DISCORD_TOKEN: 'a-wrong-token', DISCORD_API_URL: server.url };
  await expect(startBot({ env: wrong }, { server })).rejects.toThrow(/DISCORD_TOKEN: Discord refuses it/);
});
