// Somebody looks papers up, finds the right one, and shows it to the channel.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage, type StageName } from './stage.ts';

const db = useDb();

async function begin(name: StageName) {
  await havePapers(db(), [
    ...Array.from({ length: 7 }, (_, i) => ({ arxivId: `2607.2000${i + 1}`, title: `Sparse attention ${i + 1}`, publishedOn: `2026-07-1${i}`, ...(i === 2 ? { githubUrl: 'https://github.com/a/b', stars: 7 } : {}) })),
    { arxivId: '2607.30001', title: '<!channel> @everyone *Hostile* attention', publishedOn: '2026-07-20' },
  ]);
  return openStage(name, db());
}

const titles = (words: string) => [...words.matchAll(/(?:Sparse attention \d|Hostile)/g)].map(([title]) => title);

describe.each(BOTH)('on %s', (name) => {
  test('pages go forth and back in the order that was asked for, for the asker alone', async () => {
    const stage = await begin(name);
    const first = (await stage.type('/paper attention newest', { who: 'Gus' })).toAsker[0]!;
    expect(first.words).toContain('Papers on “attention”, newest first');
    expect(titles(first.words)).toEqual(['Hostile', 'Sparse attention 7', 'Sparse attention 6', 'Sparse attention 5', 'Sparse attention 4'].flatMap((title, i) => (name === 'Discord' && i === 0 ? [title, title] : [title])));
    const next = await first.press('More papers', 'Gus');
    expect(next.toChannel).toEqual([]);
    expect([...new Set(titles(next.toAsker[0]!.words))]).toEqual(['Sparse attention 3', 'Sparse attention 2', 'Sparse attention 1']);
    expect(next.toAsker[0]!.buttons).not.toContain('More papers');
    expect((await next.toAsker[0]!.press('Back', 'Gus')).toAsker[0]!.words).toBe(first.words);
    const coded = (await next.toAsker[0]!.press('With code', 'Gus')).toAsker[0]!;
    expect(coded.words).toContain('Papers on “attention” with code, newest first');
    expect([...new Set(titles(coded.words))]).toEqual(['Sparse attention 3']);
  });

  test('a paper’s card is posted for all, with who did it, and everybody can press its buttons', async () => {
    const stage = await begin(name);
    await stage.type('/paper note 2607.20003 private thoughts');
    const list = (await stage.type('/paper attention has:code')).toAsker[0]!;
    const card = (await list.press('Details')).toAsker[0]!;
    expect(card.words).toContain('archiveprefix = {arXiv}');
    const posted = await card.press('Post to channel');
    expect(posted.toAsker).toEqual([]);
    const [seen] = posted.toChannel;
    expect(seen!.words).toMatch(/Sparse attention 3[^]*7 GitHub stars[^]*Posted by (?:ana|User 001)\./);
    expect(seen!.words).not.toContain('private thoughts');
    expect(seen!.buttons).not.toContain('Post to channel');
    expect((await seen!.press('Save', 'Gus')).toAsker[0]!.words).toContain('Saved: “Sparse attention 3”');
  });

  test('two people who press at once show it once, a hostile title calls nobody, and a repeated press is told so', async () => {
    const stage = await begin(name);
    const [ana, gus] = [(await stage.type('/paper hostile attention')).toAsker[0]!, (await stage.type('/paper hostile attention', { who: 'Gus' })).toAsker[0]!];
    const both = await Promise.all([ana.press('Post to channel', 'Ana'), gus.press('Post to channel', 'Gus')]);
    expect(both.flatMap(({ toChannel }) => toChannel)).toHaveLength(1);
    expect(both.flatMap(({ toAsker }) => toAsker.map(({ words }) => words)).join()).toContain('posted here a moment ago');
    expect((await ana.press('Post to channel')).toChannel).toEqual([]);
  });
});

test.each(BOTH)('on %s a card tells who asks in which of their channels the paper was posted, and nobody of any other', async (name) => {
  const stage = await begin(name);
  for (const place of ['papers', 'random', 'secret'] as const) await stage.type('/roundup subscribe everything at 9 daily UTC', { in: place });
  await stage.tickAt('2026-07-28T09:00:00Z');
  // On Slack Gus is in all but these two; on Discord he, as everybody, may look into all but the secret one.
  const { slack } = stage.world;
  for (const id of name === 'Slack' ? ['C2', 'C4'] : []) Object.assign(slack.channels.get(id)!, { members: ['U1'] });
  const read = async (who: 'Ana' | 'Gus') => (await stage.type('/paper 2607.20001', { in: 'lab', who })).toAsker[0]!.words;
  const gus = await read('Gus');
  expect(gus).toMatch(name === 'Slack' ? /\nPosted in #papers on 28 July 2026\.\n/ : /Posted in #(random|papers) on 28 July 2026 and #(random|papers) on 28 July 2026\./);
  expect(gus).not.toMatch(/secret|private channel/);
  if (name === 'Slack') expect(await read('Ana')).toMatch(/Posted in (?=.*#random)(?=.*a private channel)(?=.*#papers).* on 28 July 2026\./);
  const posted = await (await stage.type('/paper 2607.20001', { in: 'papers' })).toAsker[0]!.press('Post to channel');
  expect(posted.toChannel[0]!.words).toContain('Posted here on 28 July 2026.');
  expect(posted.toChannel[0]!.words).not.toMatch(/Also posted|#random/);
});

test('on Discord who may only read a channel can look papers up there, and not post them', async () => {
  const stage = await begin('Discord');
  const card = (await stage.type('/paper 2607.20001', { who: 'Gus' })).toAsker[0]!;
  stage.shutOut('papers');
  const said = await card.press('Post to channel', 'Gus');
  expect(said.toChannel).toEqual([]);
  expect(said.toAsker[0]!.words).toContain('You may not write in this channel, so nothing was posted.');
  const submitted = await stage.type('/paper submit 2607.20002', { who: 'Gus' });
  expect(submitted.toChannel).toEqual([]);
  expect(submitted.toAsker[0]!.words).toContain('You may not write in this channel, so the paper was not submitted.');
  expect((await stage.type('/paper 2607.20002', { who: 'Gus' })).toAsker[0]!.words).not.toContain('submitted by');
});

describe.each(BOTH)('a channel on %s', (name) => {
  test('is told each week what it read, after the roundup of its own hour, and its card leads back to where it was posted', async () => {
    const stage = await begin(name);
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC weekdays');
    expect((await stage.type('/roundup reading weekly', { who: 'Gus' })).toAsker[0]!.words).toMatch(/can change this channel’s roundup/);
    const set = (await stage.type('/roundup reading weekly')).toChannel[0]!;
    expect(set.words).toMatch(/What we read is posted here weekly, without names\. Set by (?:ana|User 001)\.[^]*Next: 27 July to 2 August 2026, on Mon,? 3 Aug,? 09:00 \(UTC\)/);
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect((await stage.type('/paper 2607.20001')).toAsker[0]!.words).toContain('Posted here on 28 July 2026.');
    await stage.type('/paper read 2607.20001', { who: 'Gus' });
    await stage.tickAt('2026-08-03T09:00:00Z');
    const last = stage.posts().at(-1)!;
    expect(last.words).toMatch(/What we read, 27 July to 2 August 2026[^]*Sparse attention 1\n?[^]*read by 1 person/);
    expect(last.words).not.toMatch(/\bgus\b|User 002/i);
    await stage.tickAt('2026-08-04T09:00:00Z');
    expect(stage.posts().filter(({ words }) => words.includes('What we read'))).toHaveLength(1);
    expect((await stage.type('/roundup history')).toAsker[0]!.words).toContain('2 August 2026, what we read that week');
  });
});
