import { beforeEach, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.11111', title: 'Retrieval heads in long context', abstract: 'We look for retrieval heads.' },
    { title: 'Pruning what a retrieval head does not need', abstract: 'Over long contexts.', upvotes: 12 },
    { title: 'Attention over long context', abstract: 'It is cheap.' },
    { arxivId: '2607.22222', title: 'Xylophones', abstract: '' },
    ...Array.from({ length: 10 }, (_, i) => ({ title: `Laundry, part ${i}`, abstract: 'Robots fold shirts.' })),
  ]);
  rig = await openRig(db());
});

test.each(['2607.11111', 'https://huggingface.co/papers/2607.11111'])('papers like %s are listed, each with what both have', async (id) => {
  const answer = await rig.ask(`/paper similar ${id}`);
  expect(answer.audience).toBe('asker');
  expect(answer.doc.title).toBe('Papers like “Retrieval heads in long context”');
  const words = wordsIn(answer.doc);
  expect(words).toMatch(/1\. Pruning what a retrieval head does not need\nboth: retrieval heads?, long contexts?\n24 July 2026\n12 upvotes/);
  expect(words).toMatch(/2\. Attention over long context\nboth: long context\n/);
  expect(words).not.toContain('Laundry');
});

test('“More like this” on a paper’s card gives the same answer', async () => {
  const pressed = await rig.press(await rig.ask('/paper 2607.11111'), 'More like this');
  expect(wordsIn(pressed.doc)).toBe(await rig.read('/paper similar 2607.11111'));
  const details = await rig.press(pressed, 'Details');
  expect(wordsIn(details.doc)).toContain('Pruning what a retrieval head does not need');
});

test('a paper’s own summary is its line in a list, and named as a model’s on its card', async () => {
  await havePapers(db(), [{ arxivId: '2607.33333', title: 'Retrieval heads, again', abstract: 'We look for retrieval heads.', summary: 'Heads retrieve @everyone.' }]);
  expect(await rig.read('/paper similar 2607.11111')).toContain('Heads retrieve @everyone.');
  const card = await rig.read('/paper 2607.33333');
  expect(card).toContain('We look for retrieval heads.');
  expect(card).toContain('In short, by Hugging Face’s model: Heads retrieve @everyone.');
});

test('when nothing is like it, the answer says so and what to do', async () => {
  const answer = await rig.ask('/paper similar 2607.22222');
  expect(answer.doc.summary).toBe('No paper here is much like “Xylophones”.');
  expect(answer.doc.actions?.map(({ label }) => label)).toEqual(['Trending today']);
});

test('an id that is neither here nor can be asked for is answered in words; other words are a search', async () => {
  expect(await rig.read('/paper similar 2501.00001')).toContain('2501.00001 is not here yet');
  expect((await rig.ask('/paper similar retrieval heads')).doc.title).toBe('Papers on “similar retrieval heads”');
});
