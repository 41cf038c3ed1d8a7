// Somebody hands a paper in that nobody here knows.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();
const atom = (file: string) => readFileSync(new URL(`../fixtures/arxiv/${file}`, import.meta.url), 'utf8');

/** arXiv: down until `answer` is set. */
function anArxiv() {
  const asked: URL[] = [];
  const arxiv = {
    answer: undefined as string | undefined,
    asked,
    fetch: async (input: string | URL | Request): Promise<Response> => {
      asked.push(new URL(input instanceof Request ? input.url : input));
      if (arxiv.answer === undefined) throw new TypeError('fetch failed');
      return new Response(arxiv.answer, { headers: { 'content-type': 'application/atom+xml' } });
    },
  };
  return arxiv;
}

describe.each(BOTH)('a paper handed in on %s', (name) => {
  test('is asked from arXiv, shown to the channel, and named with its finder in the next roundup', async () => {
    const arxiv = anArxiv();
    const stage = await openStage(name, db(), { fetch: arxiv.fetch });
    await havePapers(db(), [{ title: 'Something that trends', upvotes: 90 }]);
    await stage.type('/roundup subscribe everything');

    const down = await stage.type('/paper submit 2104.12255', { who: 'Gus' });
    expect(down.toChannel).toEqual([]);
    expect(down.toAsker[0]!.words).toContain('2104.12255 is not here yet, and arXiv can’t be asked right now. Try again in a few minutes.');

    stage.world.clock.forward(300_000);
    arxiv.answer = atom('200.id_2104.12255v1_s0_m100.xml');
    const card = await stage.type('/paper submit https://arxiv.org/abs/2104.12255', { who: 'Gus' });
    expect(arxiv.asked.at(-1)!.searchParams.get('id_list')).toBe('2104.12255');
    expect(card.toChannel[0]!.words).toContain('What is the funniest number in cryptography?');
    expect(card.toChannel[0]!.words).toMatch(/Quan Thoi Minh Nguyen · arXiv 2104\.12255 of 20 April 2021/);
    expect(card.toChannel[0]!.words).toMatch(/submitted by (gus|User 002)/);

    // The second time it is here.
    const times = arxiv.asked.length;
    expect((await stage.type('/paper 2104.12255')).toAsker[0]!.words).toContain('What is the funniest number');
    expect(arxiv.asked).toHaveLength(times);

    await stage.tickAt(`2026-07-28T${stage.nine}`);
    expect(stage.posts()[0]!.words).toMatch(/\d\. 0\n.*submitted by (gus|User 002) · /);
    expect(stage.posts()[0]!.words).toContain('Something that trends');
  });

  test('of which arXiv knows nothing, or which is no paper at all, is said so to the one who did', async () => {
    const arxiv = anArxiv();
    arxiv.answer = atom('200.id_0000.0000_s0_m100.xml');
    const stage = await openStage(name, db(), { fetch: arxiv.fetch });
    const unknown = await stage.type('/paper submit 2607.99999');
    expect(unknown.toChannel).toEqual([]);
    expect(unknown.toAsker[0]!.words).toContain('arXiv has no paper 2607.99999.');
    const page = await stage.type('/paper submit https://example.org/a-page');
    expect(page.toChannel).toEqual([]);
    expect(page.toAsker[0]!.words).toContain('is not an arXiv id or a link to a paper');
  });
});
