// Somebody gets a digest of their own, sets it up in front of everybody, and nobody learns of it.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage, type Said, type Stage } from './stage.ts';

const db = useDb();

const PAPERS = [
  { arxivId: '2607.10001', title: 'Laundry robots with tactile grippers', abstract: 'Robots fold laundry.', authors: ['Ada Lovelace'], upvotes: 40 },
  { arxivId: '2607.10002', title: 'Sparse attention', abstract: 'Attention in long contexts.', authors: ['Alan Turing'], upvotes: 90 },
];

/** Nothing for the channel; the words for the asker. */
function hidden({ toAsker, toChannel }: Said): string {
  expect(toChannel).toEqual([]);
  return toAsker.map(({ words }) => words).join('\n');
}

async function begin(name: (typeof BOTH)[number]): Promise<Stage> {
  await havePapers(db(), PAPERS);
  const stage = await openStage(name, db(), { at: '2026-07-27T19:00:00Z' });
  // Discord greets a channel once.
  for (const place of ['papers', 'random'] as const) await stage.type('/roundup list', { who: 'Gus', in: place });
  return stage;
}

describe.each(BOTH)('a digest of one’s own on %s', (name) => {
  test('is set up in a public channel, comes in the morning, learns from a press, and is turned off', async () => {
    const stage = await begin(name);
    // Gus may manage nothing, and needs not.
    const line = '/roundup me subscribe robots or author:"Ada Lovelace" at 8 daily UTC top 5';
    const said = await stage.type(line, { in: 'random' });
    expect(hidden(said)).toMatch(/You get a digest on .*robots.*: daily at 08:00, UTC, at most 5 papers\./);
    expect(hidden(said)).toContain('It comes as a direct message, and nobody else sees it. Next one: Tue 28 Jul, 08:00 (UTC).');
    expect(hidden(await stage.type('/roundup list', { in: 'random' }))).toContain('This channel has no roundup yet.');
    for (const who of ['Gus', 'Ana'] as const) expect(hidden(await stage.type('/roundup status', { in: 'random', who }))).not.toContain('robots');
    expect(hidden(await stage.type('/roundup me list', { in: 'papers', who: 'Gus' }))).toContain('You have no digest yet.');

    const before = stage.posts('direct').length;
    await stage.tickAt('2026-07-28T08:00:00Z');
    const [digest, ...more] = stage.posts('direct').slice(before);
    expect(digest!.notice).toMatch(/1 trending paper on .*robots.* for 28 July 2026, first “Laundry robots/);
    expect(digest!.words).toContain('Laundry robots with tactile grippers');
    expect(digest!.words).not.toContain('Sparse attention');
    for (const place of ['papers', 'random', 'lab', 'secret'] as const) expect(stage.posts(place)).toEqual([]);

    const abstracts = [...digest!.thread, ...more].find(({ buttons }) => buttons.some((label) => label.endsWith('Not for us')))!;
    expect(hidden(await abstracts.press('Not for us'))).toContain('Noted, not for you: “Laundry robots with tactile grippers”. Papers like it will stand lower in your digest');
    expect(hidden(await abstracts.press('Save'))).toContain('Saved: “Laundry robots');
    expect(hidden(await stage.type('/roundup me taste', { in: 'lab' }))).toMatch(/Learnt from 1 paper that wasn’t for you in your digest\./);
    expect(hidden(await stage.type('/paper saved here', { in: 'random' }))).toContain('Nobody has saved a paper in this channel yet.');
    expect(hidden(await stage.type('/paper 2607.10001', { in: 'random', who: 'Gus' }))).not.toMatch(/saved by|liked by/);

    const own = await digest!.press('Your digest');
    expect(hidden(own)).toContain('You follow 1 topic');
    expect(hidden(await own.toAsker[0]!.press('Turn off'))).toContain('You get no more digests.');
    const after = stage.posts('direct').length;
    await havePapers(db(), [{ title: 'More robots', listedOn: '2026-07-28' }], new Date('2026-07-28T18:00:00Z'));
    await stage.tickAt('2026-07-29T08:00:00Z');
    expect(stage.posts('direct')).toHaveLength(after);
  });

  test('that is said in direct messages is the same one', async () => {
    const stage = await begin(name);
    await stage.type('/roundup me subscribe robots at 8 daily UTC', { in: 'papers' });
    expect(hidden(await stage.type('/roundup subscribe attention', { in: 'direct' }))).toContain('Added attention. You now get a digest on attention and robots: daily at 08:00');
    const before = stage.posts('direct').length;
    await stage.tickAt('2026-07-28T08:00:00Z');
    const posts = stage.posts('direct').slice(before).filter(({ words }) => words.includes('Trending papers'));
    expect(posts).toHaveLength(1);
    expect(posts[0]!.words).toMatch(/Sparse attention[^]*Laundry robots/);
  });

  test('whose answer is lost is looked for in the direct messages, and comes once', async () => {
    const stage = await begin(name);
    await stage.type('/roundup me subscribe robots at 8 daily UTC', { in: 'papers' });
    const before = stage.posts('direct').length;
    stage.loseNextAnswer();
    await stage.tickAt('2026-07-28T08:00:00Z');
    await stage.tickAt('2026-07-28T08:03:00Z');
    await stage.tickAt('2026-07-28T08:10:00Z');
    expect(stage.posts('direct').slice(before).filter(({ words }) => words.includes('Trending papers'))).toHaveLength(1);
    expect(hidden(await stage.type('/roundup me status', { in: 'random' }))).toMatch(/Latest digest[^]*28 July 2026 · posted/);
  });

  test('that the person takes no more is paused, and they are told at their next command, once', async () => {
    const stage = await begin(name);
    await stage.type('/roundup me subscribe robots at 8 daily UTC', { in: 'papers' });
    stage.refuseDirect();
    await stage.tickAt('2026-07-28T08:00:00Z');
    await stage.tickAt('2026-07-28T08:02:00Z');
    expect(hidden(await stage.type('/paper attention', { in: 'random', who: 'Gus' }))).not.toContain('digest');
    expect(hidden(await stage.type('/paper attention', { in: 'random' }))).toMatch(/Your own digest has stopped: .*Then go on with \/roundup me resume\./);
    expect(hidden(await stage.type('/paper attention', { in: 'random' }))).not.toContain('has stopped');
    expect(hidden(await stage.type('/roundup me resume', { in: 'random' }))).toContain('Your digest goes on. Next one: Wed 29 Jul, 08:00 (UTC).');
  });
});

describe.each(BOTH)('a private channel on %s', (name) => {
  test('shows nobody else what is saved, voted for, handed in and followed there', async () => {
    const stage = await begin(name);
    await havePapers(db(), [{ arxivId: '1706.03762', title: 'An old secret', listedOn: '2026-01-01' }]);
    const outside = ['/paper 2607.10002', '/paper 1706.03762', '/paper trending', '/paper saved here', '/paper read-list month', '/roundup list', '/roundup preview', '/roundup taste'];
    const read = async (place: 'papers' | 'direct') => Promise.all(outside.map(async (line) => hidden(await stage.type(line, { in: place, who: 'Ana' }))));
    const before = [await read('papers'), await read('direct')];
    for (const line of ['/paper save 2607.10002', '/paper vote down 2607.10002', '/paper submit 1706.03762', '/paper read 2607.10001', '/paper not-for-us 2607.10001', '/roundup subscribe secret']) await stage.type(line, { in: 'secret' });
    expect([await read('papers'), await read('direct')]).toEqual(before);
    // Inside it counts.
    expect(hidden(await stage.type('/paper 2607.10002', { in: 'secret' }))).toMatch(/saved by 1 person in this channel · -1 votes? in this channel/);
    expect(hidden(await stage.type('/paper 1706.03762', { in: 'secret' }))).toContain('submitted by');
    await stage.type('/roundup subscribe everything at 9 daily UTC', { in: 'papers' });
    await stage.type('/roundup schedule 9:00 daily UTC', { in: 'secret' });
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.posts('papers')[0]!.words).not.toMatch(/An old secret|liked by|submitted by/);
    expect(stage.posts('secret')[0]!.words).toMatch(/An old secret[^]*submitted by/);
  });
});
