// How a channel's roundup is laid out, whether it rings, and where it goes in a forum.
import { beforeEach, describe, expect, test } from 'vitest';
import { formOf } from '../../src/call.ts';
import type { ChannelRef } from '../../src/core/chat.ts';
import { filledText } from '../../src/core/form.ts';
import { readLine } from '../../src/commands/roundup/one-line.ts';
import { findChannel } from '../../src/db/channels.ts';
import { remember, shorten } from '../../src/db/facts.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, MONDAY, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [{ title: 'Sparse attention', upvotes: 9 }, { title: 'Robots that fold laundry', upvotes: 80 }]);
  rig = await openRig(db());
});

/** What is posted the next morning, each message's first line. */
async function posted(): Promise<(string | undefined)[]> {
  rig.clock.moveTo('2026-07-28T09:00:30Z');
  await rig.app.tick();
  return rig.platform.posted.map(({ payload }) => wordsIn(payload.doc as never).trim().split('\n')[0]);
}

describe('the layout', () => {
  test('is compact at first, and told with buttons for the others', async () => {
    await rig.ask('/roundup subscribe everything');
    const answer = await rig.ask('/roundup layout', { standing: 'guest' });
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toContain('This channel’s roundup is compact, one line a paper and the abstracts in a thread.');
    expect(answer.doc.actions!.map(({ label }) => label)).toEqual(['Full', 'One by one']);
  });

  test('is changed for the channel to see, listed, and taken back by one press', async () => {
    await rig.ask('/roundup subscribe everything');
    const answer = await rig.ask('/roundup layout each');
    expect(answer.audience).toBe('channel');
    expect(wordsIn(answer.doc)).toContain('This channel’s roundup is now one message a paper, so that each can be discussed. Set by Ana.');
    expect(await rig.read('/roundup list')).toContain('Layout: one message a paper');
    await rig.press(answer, 'Undo');
    expect(await rig.read('/roundup list')).toContain('Layout: compact');
  });

  test.each([
    ['compact', ['Trending papers, 28 July 2026', 'Robots that fold laundry']],
    ['full', ['Trending papers, 28 July 2026']],
    ['each', ['Trending papers, 28 July 2026', '1. Robots that fold laundry', '2. Sparse attention']],
  ])('%s shows in the next roundup', async (layout, [first, ...others]) => {
    await rig.ask('/roundup subscribe everything');
    await rig.ask(`/roundup layout ${layout}`);
    const lines = await posted();
    expect(lines[0]).toBe(first);
    expect(lines).toHaveLength(1 + others.length);
    if (layout === 'each') expect(lines.slice(1)).toEqual(others);
  });

  test('shows in the preview, which says where each paper will be a message of its own', async () => {
    await rig.ask('/roundup subscribe everything');
    await rig.ask('/roundup layout each');
    const words = await rig.read('/roundup preview');
    expect(words).toMatch(/1\. Robots that fold laundry[^]*What paper number[^]*each paper is a message of its own/);
    expect(rig.platform.posted).toEqual([]);
  });

  test('is for managers to change, and nothing else is one', async () => {
    await rig.ask('/roundup subscribe everything');
    expect(await rig.read('/roundup layout full', { standing: 'member' })).toContain('Only people who may manage channels');
    expect(await rig.read('/roundup layout tiny')).toContain('That is not how “layout” is used.');
    expect(await rig.read('/roundup list')).toContain('Layout: compact');
  });
});

describe('in one line', () => {
  test.each([
    ['nlp at 9 top 5 full', { topic: 'nlp', when: 'at 9', size: 5, layout: 'full' }],
    ['nlp layout each', { topic: 'nlp', when: '', layout: 'each' }],
    ['compact top 3', { topic: '', when: '', size: 3, layout: 'compact' }],
    ['nlp in this forum', { topic: 'nlp', when: '', place: 'forum' }],
    ['nlp at 9 in this post', { topic: 'nlp', when: 'at 9', place: 'post' }],
  ])('%s is a topic and settings', (line, read) => expect(readLine(line)).toEqual(read));

  test.each(['learning in full', 'nlp full', 'compact', '"layout full"', 'trust in a forum'])('%s is all topic', (line) => expect(readLine(line)).toEqual({ topic: line, when: '' }));

  test('it is said back, and Undo brings the old one back', async () => {
    await rig.ask('/roundup subscribe nlp at 9 UTC top 5 each');
    const answer = await rig.ask('/roundup subscribe vision at 10 top 4 full');
    expect(wordsIn(answer.doc)).toContain('at most 4 papers, in full.');
    expect(wordsIn((await rig.press(answer, 'Undo')).doc)).toContain('at most 5 papers, one message a paper, as before.');
    expect((await findChannel(db(), PLACE))!.layout).toBe('each');
  });

  test('what an earlier version kept to undo, without a layout, can still be undone', async () => {
    await rig.ask('/roundup subscribe nlp');
    const { id, layout: _, ...left } = (await findChannel(db(), PLACE))!;
    const kept = { id: 'abcd0123', left: { ...left }, topic: (await db().query.channelTopics.findFirst())!.topicId };
    await remember(db(), `undo:${id}`, JSON.stringify(kept), MONDAY);
    expect(await rig.read('/roundup undo')).toContain('this channel has no roundup, as before.');
  });
});

describe('without a sound', () => {
  test('roundups come when it is switched on, and the channel hears who did', async () => {
    await rig.ask('/roundup subscribe everything');
    expect(await rig.read('/roundup silent on')).toContain('Roundups now come here without a sound');
    expect(await rig.read('/roundup list')).toContain('Posted without a sound.');
    await posted();
    expect(rig.platform.posted.map(({ silent }) => silent)).toEqual([true, true]);
    expect(await rig.read('/roundup silent off')).toContain('as any other message');
  });

  test('is honestly refused where there is no such thing', async () => {
    await rig.ask('/roundup subscribe everything');
    rig.platform.can.silent = false;
    const answer = await rig.ask('/roundup silent on');
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toContain('Messages can’t be silent here, so nothing was changed');
    expect((await findChannel(db(), PLACE))!.silent).toBe(false);
  });
});

describe('in a forum’s post', () => {
  const forum: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'F1', name: 'reading-room', forum: true };
  const post: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'P1', name: 'Which papers?', parent: 'F1', postOf: forum };
  const inPost = { channel: post };
  const press = (answer: Awaited<ReturnType<Rig['ask']>>, label: string) => rig.ask(`/roundup ${answer.doc.actions!.find((one) => one.label === label)!.call.text}`, inPost);

  test('who subscribes is asked which is meant, and nothing is subscribed yet', async () => {
    const answer = await rig.ask('/roundup subscribe attention at 10 UTC top 3', inPost);
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toContain('This is a post in the forum “reading-room”.');
    expect(await rig.read('/roundup list', inPost)).toContain('no roundup yet');

    const subscribed = await press(answer, 'The whole forum');
    expect(subscribed.audience).toBe('channel');
    expect(wordsIn(subscribed.doc)).toMatch(/This forum gets a roundup on attention: weekdays at 10:00, UTC, at most 3 papers\.[^]*a post of its own/);
    expect(await findChannel(db(), forum)).toMatchObject({ forum: true, name: 'reading-room', size: 3 });
    expect(await findChannel(db(), post)).toBeUndefined();
  });

  test('every command in any of its posts is then about the forum', async () => {
    await rig.ask('/roundup subscribe attention in this forum', inPost);
    const other = { channel: { ...post, id: 'P2' } };
    expect(await rig.read('/roundup list', other)).toContain('This forum follows 1 topic');
    expect(await rig.read('/roundup subscribe nlp', other)).toContain('Added nlp. This forum now gets');
    expect(await rig.read('/roundup layout each', other)).toContain('one message a paper');
    expect(await findChannel(db(), forum)).toMatchObject({ layout: 'each' });
  });

  test('the post alone can be meant', async () => {
    const answer = await rig.ask('/roundup subscribe attention', inPost);
    expect(wordsIn((await press(answer, 'This post')).doc)).toContain('This channel gets a roundup on attention');
    expect(await findChannel(db(), post)).toMatchObject({ forum: false });
    expect(await rig.read('/roundup subscribe nlp', inPost)).toContain('Added nlp. This channel now gets');
  });

  test('words that are too long for a button are kept behind it', async () => {
    const line = '"retrieval augmented generation" or "long context language models" -survey -cat:cs.CV at 9:30 mon,wed Europe/Berlin top 7 full';
    const answer = await rig.ask(`/roundup subscribe ${line}`, inPost);
    for (const { call } of answer.doc.actions!) expect(call.text.length).toBeLessThanOrEqual(80);
    expect(wordsIn((await press(answer, 'The whole forum')).doc)).toMatch(/"retrieval augmented generation".* Mondays, Wednesdays at 09:30, Europe\/Berlin, at most 7 papers, in full\./);
  });

  test('a form asks which is meant, as long as nobody has said, and reads it back', async () => {
    const formIn = async () => (await formOf({ command: 'roundup', text: 'subscribe', channel: post, person: aPerson() }, rig.app.deps))!;
    const form = await formIn();
    expect(form.fields.at(-1)).toMatchObject({ name: 'place', label: 'Where', value: 'in this forum' });
    const text = filledText('subscribe', [['attention'], ['09:00'], ['UTC'], ['mondays'], ['top 5'], ['layout full'], ['in this forum']]);
    expect(wordsIn((await rig.ask(`/roundup ${text}`, inPost)).doc)).toContain('This forum gets a roundup on attention: Mondays at 09:00, UTC, at most 5 papers, in full.');
    const again = await formIn();
    expect(again.fields.map(({ name }) => name)).not.toContain('place');
    expect(again.fields.at(-1)).toMatchObject({ name: 'layout', value: 'layout full' });
  });

  test('a form with a topic too long for it keeps hour, days, size, layout and place', async () => {
    const name = await shorten(db(), '"retrieval augmented generation" or "long context language models" -survey', MONDAY);
    const text = filledText('subscribe', [[`=${name}`], ['10:30'], ['UTC'], ['mondays'], ['top 4'], ['layout each'], ['in this forum']]);
    expect(wordsIn((await rig.ask(`/roundup ${text}`, inPost)).doc)).toMatch(/"retrieval augmented generation".* -survey: Mondays at 10:30, UTC, at most 4 papers, one message a paper\./);
    const there = filledText('subscribe', [[`=${name}`], ['10:30'], ['UTC'], ['mondays'], ['top 4']]);
    expect(wordsIn((await rig.ask(`/roundup ${there}`)).doc)).toContain('-survey: Mondays at 10:30, UTC, at most 4 papers.');
  });

  test('the forum’s own rights are looked at, and only who may manage can subscribe', async () => {
    const asked: string[] = [];
    rig.platform.adapter.preflight = async ({ id }) => (asked.push(id), { ok: true });
    await rig.ask('/roundup subscribe attention in this forum', inPost);
    await rig.ask('/roundup now', inPost);
    expect(asked).toEqual(['F1', 'F1']);
    expect(await rig.read('/roundup subscribe attention', { ...inPost, standing: 'member' })).toContain('Only people who may manage channels');
  });

  test('elsewhere there is no forum to mean', async () => {
    expect(await rig.read('/roundup subscribe nlp in this forum')).toContain('This is no post of a forum.');
    expect(await findChannel(db(), PLACE)).toBeUndefined();
  });

  test('its roundup is a post, under what it is about', async () => {
    await rig.ask('/roundup subscribe attention at 9 UTC daily in this forum', inPost);
    await posted();
    expect(rig.platform.posted.map(({ channel, post: begun, parent }) => [channel.id, begun?.name, parent?.id])).toEqual([
      ['F1', 'Trending papers, 28 July 2026', undefined],
      ['F1', undefined, 'm1'],
    ]);
    expect(rig.platform.posted[0]!.post!.about[0]).toBe('attention');
  });
});
