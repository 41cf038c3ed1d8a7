// “Look up paper” in the menu of a message, through the real discord.js.
import { expect, test } from 'vitest';
import { say } from '../../../src/core/doc.ts';
import { CHANNEL, DIRECT, GUILD, USER } from '../../support/discord-server.ts';
import { startBot } from './bot.ts';

async function open() {
  const asked: { text: string; who: object }[] = [];
  const bot = await startBot({
    papersIn: async (text, who) => {
      asked.push({ text, who });
      return [say('The first paper.'), say('The second one.')];
    },
  });
  return { ...bot, asked };
}

test('what a message links to is shown to the asker alone, and the message’s words come without any intent', async () => {
  const { server, asked } = await open();
  const seen = await server.lookUp({ content: 'see https://arxiv.org/abs/2607.01234' });
  expect(seen.ephemeral.map(({ content }) => content)).toEqual(['The first paper.', 'The second one.']);
  expect(seen.public).toEqual([]);
  expect(server.messages(CHANNEL)).toEqual([]);
  expect(asked).toMatchObject([{ text: 'see https://arxiv.org/abs/2607.01234', who: { channel: { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' }, person: { id: USER, name: 'User 001' } } }]);
  expect(server.gateway.identified).toEqual([{ intents: 1, shard: [0, 1] }]);
  expect(server.problems).toEqual([]);
});

test('previews and forwarded messages are read, too', async () => {
  const { server, asked } = await open();
  const embeds = [{ url: 'https://a.example/1', title: 'T1', description: '[x](<https://a.example/2>)', fields: [{ name: 'n', value: 'v1' }] }];
  await server.lookUp({ embeds, message_reference: { type: 1, channel_id: CHANNEL, message_id: '1' }, message_snapshots: [{ message: { type: 0, content: 'forwarded 2607.01234', embeds: [{ url: 'https://a.example/3' }], attachments: [], timestamp: '2026-07-27T09:00:00Z', edited_timestamp: null, flags: 0, components: [], mentions: [], mention_roles: [] } }] });
  expect(asked[0]!.text.split('\n')).toEqual(['https://a.example/1', 'T1', '[x](<https://a.example/2>)', 'v1', 'forwarded 2607.01234', 'https://a.example/3']);
});

test('it works in direct messages with the bot, and in threads that the bot doesn’t know', async () => {
  const { server, asked } = await open();
  await server.lookUp({ content: 'one' }, { channel: DIRECT });
  server.world.add({ id: '200000000000000009', guild_id: GUILD, parent_id: CHANNEL, type: 11, name: 'a thread' });
  await server.lookUp({ content: 'two' }, { channel: '200000000000000009' });
  expect(asked.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(server.problems).toEqual([]);
});

test('one that Discord delivers twice is answered once', async () => {
  const { server, asked } = await open();
  const twice = { id: server.world.nextId() };
  await server.lookUp({ content: 'one' }, twice);
  server.lookUp({ content: 'one' }, twice).catch(() => {});
  await server.slash('paper', { query: 'next' });
  expect(asked).toHaveLength(1);
});
