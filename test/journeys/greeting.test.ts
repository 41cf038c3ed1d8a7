// The first minute: who lets the bot in is told what it does, alone, and nothing is posted before someone asks.
import { expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { openStage } from './stage.ts';

const db = useDb();

const words = (payload: object) => JSON.stringify(payload);
const buttons = (payload: { blocks?: unknown }) => (payload.blocks as { elements?: { type: string; value: string; text: { text: string } }[] }[]).flatMap(({ elements = [] }) => elements.filter(({ type }) => type === 'button'));

test.each(['Slack', 'Slack over HTTP'] as const)('on %s the person who invites the bot sees three lines and two buttons, once', async (name) => {
  await havePapers(db(), [{ title: 'Sparse attention' }]);
  const stage = await openStage(name, db());
  const { slack } = stage.world;
  const joined = { type: 'member_joined_channel', user: 'UBOT', channel: 'C1', channel_type: 'C', inviter: 'U1' };
  await slack.event({ ...joined, user: 'U2' });
  await slack.event(joined);
  // The bot is idle again when a later call is answered.
  const settled = async () => stage.type('/roundup help');
  await settled();
  await expect.poll(() => slack.ephemerals.length).toBe(1);
  const [greeting] = slack.ephemerals;
  expect(greeting).toMatchObject({ channel: 'C1', user: 'U1' });
  expect(words(greeting!)).toContain('Nothing is posted before someone subscribes.');
  const [preview, subscribe] = buttons(greeting!);
  expect([preview!.text.text, subscribe!.text.text]).toEqual(['Preview today’s roundup', 'Subscribe this channel']);
  expect(slack.messages).toEqual([]);

  expect(words((await slack.press({ ...preview })).answers)).toContain('Sparse attention');
  expect(words((await slack.press({ ...subscribe })).answers)).toContain('This channel gets a roundup of everything that trends');

  // Put out and let in again: it has a roundup, and was greeted.
  await slack.event(joined);
  await slack.event({ ...joined, channel: 'C2', inviter: undefined });
  await slack.event({ ...joined, channel: 'C3' });
  await expect.poll(() => slack.ephemerals.map(({ channel }) => channel)).toEqual(['C1', 'C3']);
});

test('on Discord the first /roundup in a channel is answered behind the three lines, once, and not in one that has its roundup', async () => {
  const stage = await openStage('Discord', db());
  const [greeting, answer, ...more] = (await stage.type('/roundup list', { who: 'Gus' })).toAsker;
  expect(greeting!.words).toContain('Nothing is posted before someone subscribes.');
  expect(greeting!.buttons).toEqual(['Preview today’s roundup', 'Subscribe this channel']);
  expect(answer!.words).toContain('This channel has no roundup yet.');
  expect(more).toEqual([]);
  expect((await stage.type('/roundup list', { who: 'Gus' })).toAsker).toHaveLength(1);

  const subscribed = await stage.type('/roundup subscribe everything', { in: 'random' });
  expect(subscribed.toAsker).toEqual([]);
  expect((await stage.type('/roundup list', { in: 'random' })).toAsker).toHaveLength(1);
  expect((await greeting!.press('Subscribe this channel')).toChannel[0]!.words).toContain('This channel gets a roundup');
});
