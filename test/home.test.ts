// What a person's home says, and that all of it fits Slack's.
import { expect, test } from 'vitest';
import { makeHome } from '../src/home.ts';
import type { IsIn } from '../src/core/chat.ts';
import { pauseChannel } from '../src/db/channels.ts';
import { loseChannel } from '../src/db/lost-channels.ts';
import { writeRoundups } from '../src/db/roundups.ts';
import { savePaper } from '../src/db/saves.ts';
import { channels, channelTopics, outbox, topics } from '../src/db/schema.ts';
import { homeView } from '../src/platforms/slack/views.ts';
import { openRig } from './support/app.ts';
import { useDb } from './support/db.ts';
import { aChannel, aPerson, havePapers, MONDAY, wordsIn } from './support/factories.ts';
import { slackViewProblems } from './support/slack-contract.ts';

const db = useDb();
const everywhere: IsIn = async (ids) => ids;

async function homeOf(isIn: IsIn = everywhere) {
  const { app } = await openRig(db());
  return makeHome({ workspace: 'W1', person: aPerson(), isIn }, 'paper', app.deps);
}

const ref = (n: number) => ({ platform: 'paper', workspace: 'W1', id: `C${n}`, name: `room-${String(n).padStart(2, '0')}` });

test('channels that need a person come first, each with what is wrong; an ended roundup is none', async () => {
  const [lost, doubtful, failed, paused, ended] = (await Promise.all([1, 2, 3, 4, 5, 0].map((n) => aChannel(db(), { ref: ref(n) })))) as [Awaited<ReturnType<typeof aChannel>>, ...Awaited<ReturnType<typeof aChannel>>[]];
  await loseChannel(db(), lost, 'not_in_channel', 'not_in_channel: Type /invite @Paperround in the channel.');
  const slot = { on: '2026-07-27', kind: 'daily' as const, dueAt: MONDAY, title: 'Papers', papers: [], tryAt: MONDAY };
  const messages = [{ payload: {}, reply: false }, { payload: {}, reply: true }];
  await writeRoundups(db(), [{ ...slot, channelId: doubtful!.id, status: 'queued', why: null, messages }], MONDAY);
  await db().update(outbox).set({ status: 'in_doubt' });
  await writeRoundups(db(), [{ ...slot, channelId: failed!.id, status: 'skipped', why: 'no source answered', messages: [] }], MONDAY);
  await db().execute(`update roundups set status = 'failed' where status = 'skipped'`);
  await pauseChannel(db(), paused!, 'by Ana');
  await pauseChannel(db(), ended!, 'unsubscribed');

  const doc = await homeOf();
  const words = wordsIn(doc);
  expect(words.match(/^#room-\d+$/gm)).toEqual(['#room-01', '#room-02', '#room-03', '#room-00', '#room-04']);
  expect(words).toContain('Paused, as Paperround lost this channel: Paperround is not in the channel (not_in_channel). Type /invite @Paperround in the channel. A roundup of everything');
  expect(words).toContain('Nobody knows whether 2 messages got through. A roundup');
  expect(words).toContain('The latest roundup failed: no source answered.');
  expect(words).toContain('#room-04\nnothing posted lately\nPaused by Ana. A roundup of everything that trends');
  const labels = doc.blocks.map((block) => (block.kind === 'item' ? (block.actions ?? []).map(({ label }) => label) : []));
  expect(labels.slice(0, 5)).toEqual([
    ['Change', 'Check and resume', 'Preview', 'Topics', 'Status'],
    ['Change', 'Pause', 'Preview', 'Topics', 'Status'],
    ['Change', 'Pause', 'Preview', 'Topics', 'Status'],
    ['Change', 'Pause', 'Preview', 'Topics'],
    ['Change', 'Resume', 'Preview', 'Topics'],
  ]);
});

test('the last post is told', async () => {
  const channel = await aChannel(db(), { ref: ref(1) });
  for (const [on, at] of [['2026-07-24', '2026-07-24T09:00:10Z'], ['2026-07-27', '2026-07-27T09:00:10Z']] as const) {
    await writeRoundups(db(), [{ channelId: channel.id, on, kind: 'daily', dueAt: MONDAY, title: 'Papers', status: 'queued', why: null, messages: [{ payload: {}, reply: false }], papers: [], tryAt: MONDAY }], MONDAY);
    await db().update(outbox).set({ status: 'sent', sentAt: new Date(at) });
  }
  expect(wordsIn(await homeOf())).toContain('last post: Mon 27 Jul, 09:00 (UTC)');
});

test('somebody in dozens of channels, with the longest names and topics, has a Home that Slack takes', async () => {
  await havePapers(db(), Array.from({ length: 7 }, (_, n) => ({ arxivId: `2607.0000${n}`, title: `${'<!everyone> '.repeat(60)}${n}` })));
  const long = await db().insert(topics).values(Array.from({ length: 20 }, (_, n) => ({ query: `${'long '.repeat(40)}${n}` }))).returning({ id: topics.id });
  for (let n = 1; n <= 30; n++) {
    const { id: channelId } = await aChannel(db(), { ref: { ...ref(n), name: `${'n'.repeat(76)}-${n}` } });
    await db().insert(channelTopics).values(long.map(({ id }) => ({ channelId, topicId: id, addedBy: 'ana', addedAt: MONDAY })));
  }
  await db().update(channels).set({ pausedCode: 'is_archived', pausedWhy: `is_archived: ${'advice '.repeat(100)}` });
  for (let paper = 1; paper <= 7; paper++) await savePaper(db(), { channel: ref(1), person: aPerson() }, paper, MONDAY);
  const doc = await homeOf();
  expect(doc.blocks.filter((block) => block.kind === 'item')).toHaveLength(25);
  expect(wordsIn(doc)).toMatch(/And 10 channels more: #n+-21, .* and #n+-30\. \/roundup list there shows its roundup\./);
  expect(wordsIn(doc)).toMatch(/A roundup on long .*… and 15 more: daily at 09:00/);
  const view = homeView(doc);
  expect(slackViewProblems({ ...view })).toEqual([]);
  // All of it, down to the last row of buttons.
  expect(JSON.stringify(view.blocks.at(-1))).toContain('All saved papers');
});

test('who is in none of the channels is told how to begin', async () => {
  await aChannel(db(), { ref: ref(1) });
  const words = wordsIn(await homeOf(async () => []));
  expect(words).toContain('None of your channels gets a roundup yet.');
  expect(words).not.toContain('room-01');
});
