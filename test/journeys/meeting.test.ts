// Somebody in a meeting looks a paper up, and nobody else is bothered.
import { describe, expect, test } from 'vitest';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { ALL, BOTH, openStage } from './stage.ts';

const db = useDb();
const at = '2026-07-28T10:00:00Z';

describe.each(ALL)('somebody in a meeting on %s', (name) => {
  test('looks papers up for themselves, leafs through them, and opens one', async () => {
    await ingestSamples({ db: db(), sources: Object.values(sources) });
    const stage = await openStage(name, db(), { at });

    const first = await stage.type('/paper attention', { who: 'Gus' });
    expect(first.toChannel).toEqual([]);
    const titles = ranked(first.toAsker[0]!.words);
    expect(titles.map((title) => title.slice(0, 3))).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
    expect(first.toAsker[0]!.words).toMatch(/attention/i);

    const second = await first.toAsker[0]!.press('More papers', 'Gus');
    expect(second.toChannel).toEqual([]);
    const next = ranked(second.toAsker[0]!.words);
    expect(next.map((title) => title.slice(0, 3))).toEqual(['6. ', '7. ', '8. ', '9. ', '10.']);
    expect(next.map(bare)).not.toEqual(expect.arrayContaining([bare(titles[0]!)]));

    const details = await first.toAsker[0]!.press('Details', 'Gus');
    expect(details.toChannel).toEqual([]);
    expect(details.toAsker[0]!.words).toContain(bare(titles[0]!));
    expect(details.toAsker[0]!.words).toContain('PDF');
    expect(details.toAsker[0]!.buttons).toEqual(['Save', 'Upvote', 'More like this', 'Not for us', 'Post to channel']);
    expect((await details.toAsker[0]!.press('Save', 'Gus')).toAsker[0]!.words).toContain('Saved: “');
    expect(stage.posts()).toEqual([]);
  });
});

describe.each(BOTH)('somebody in a hurry on %s', (name) => {
  test('shows a paper by its id or its link, and what trends', async () => {
    await havePapers(db(), [
      { arxivId: '2607.11111', title: 'Know before you fix', authors: ['A. Lin', 'B. Chen', 'C. Gu', 'D. Shi', 'E. Pan', 'F. Ge', 'G. Li', 'H. Xu'], publishedOn: '2026-07-13', upvotes: 23, githubUrl: 'https://github.com/a/b', stars: 1 },
      ...Array.from({ length: 12 }, (_, i) => ({ title: `Also new ${i + 1}` })),
    ]);
    const stage = await openStage(name, db(), { at });
    for (const said of ['2607.11111', 'arXiv:2607.11111v2', 'https://arxiv.org/pdf/2607.11111v2', 'https://huggingface.co/papers/2607.11111']) {
      const { toAsker, toChannel } = await stage.type(`/paper ${said}`);
      expect(toAsker[0]!.words, said).toMatch(/^Know before you fix[^]*A\. Lin, .* and 2 others · arXiv 2607\.11111 of 13 July 2026/);
      expect(toAsker[0]!.words, said).toContain('arXiv · PDF · Hugging Face · Code');
      expect(toAsker[0]!.words, said).toContain('23 upvotes on Hugging Face · 1 GitHub star');
      expect(toChannel, said).toEqual([]);
    }
    const week = await stage.type('/paper trending week');
    expect(week.toAsker[0]!.words).toMatch(/^Trending this week/);
    expect(ranked(week.toAsker[0]!.words)[0]).toBe('1. Know before you fix');
    expect(ranked((await week.toAsker[0]!.press('Trending this month')).toAsker[0]!.words)).toHaveLength(10);
  });
});

test('Discord suggests titles and topics while somebody types', async () => {
  await havePapers(db(), [{ title: 'Know before you fix' }, { title: 'Something else' }]);
  const { world } = await openStage('Discord', db(), { at });
  expect(await world.discord.autocomplete('paper', { query: 'know before' }, 'query')).toEqual([{ name: 'Know before you fix', value: expect.stringMatching(/^2607\.\d+$/) as string }]);
  expect(await world.discord.autocomplete('roundup subscribe', { topic: 'robo' }, 'topic')).toContainEqual({ name: 'robotics', value: 'robotics' });
});

test('what Slack makes of quotes, signs and links is read as it was typed', async () => {
  await havePapers(db(), [{ arxivId: '2607.22222', title: 'Video generation at length' }, { title: 'Generation of a video' }, { title: 'Vision & language' }]);
  const stage = await openStage('Slack', db(), { at });
  const read = async (typed: string) => (await stage.type(`/paper ${typed}`)).toAsker[0]!.words;
  expect(await read('“video generation”')).toContain('1. Video generation at length');
  expect(await read('“video generation”')).not.toContain('Generation of a video');
  expect(await read('vision &amp; language')).toMatch(/^Papers on “vision & language”\n1\. Vision & language/);
  expect(await read('<https://arxiv.org/abs/2607.22222|arxiv.org/abs/2607.22222>')).toMatch(/^Video generation at length/);
});

function ranked(words: string): string[] {
  return words.match(/^\d+\. .+$/gm) ?? [];
}

function bare(title: string): string {
  return title.replace(/^\d+\. /, '');
}
