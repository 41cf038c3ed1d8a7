import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, ChannelRef } from '../../src/core/chat.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
const labels = ({ doc }: Answer) => (doc.actions ?? []).map(({ label }) => label);

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.11111', title: 'Attention is all you need again', abstract: 'We revisit transformers.', upvotes: 42, categories: ['cs.CL'], githubUrl: 'https://github.com/a/b', stars: 7 },
    ...Array.from({ length: 7 }, (_, i) => ({ title: `Linear attention, part ${i + 1}`, abstract: 'Attention without the cost.' })),
    { title: 'Trending topics in NLP', abstract: 'What people talk about.' },
    { arxivId: '2607.22222', title: 'Robots that fold laundry', abstract: 'They fold.', upvotes: 45 },
  ]);
  rig = await openRig(db());
});

describe('looking papers up', () => {
  test('answers the asker with the best papers, and with the next ones at a press', async () => {
    const answer = await rig.ask('/paper attention');
    expect(answer.audience).toBe('asker');
    expect(answer.doc.summary).toMatch(/^5 papers for “attention”, first “/);
    expect(answer.doc.blocks.filter(({ kind }) => kind === 'item')).toHaveLength(5);
    const next = await rig.press(answer, 'More papers');
    expect(wordsIn(next.doc)).toMatch(/\n6\. .*attention/i);
    expect(labels(next)).toEqual(['Back', 'Newest', 'Most voted', 'With code', 'Post to channel']);
    expect(wordsIn((await rig.press(next, 'Back')).doc)).toBe(wordsIn(answer.doc));
  });

  test('goes through all pages of a question that is too long for a button', async () => {
    const question = `attention ${'without the cost of transformers in long contexts '.repeat(3)}`;
    const answer = await rig.ask(`/paper ${question}`);
    const next = await rig.press(answer, 'More papers');
    expect(wordsIn(next.doc)).toContain('6. ');
  });

  test.each(['2607.11111', 'arXiv:2607.11111v2', 'https://arxiv.org/abs/2607.11111', 'https://huggingface.co/papers/2607.11111', '<https://arxiv.org/pdf/2607.11111v1.pdf>'])(
    '%s shows the one paper, whole',
    async (id) => {
      const words = await rig.read(`/paper ${id}`);
      expect(words).toContain('Attention is all you need again');
      expect(words).toContain('We revisit transformers.');
      expect(words).toContain('Ada Lovelace and Alan Turing');
      expect(words).toContain('arXiv · PDF · Hugging Face · Code');
      expect(words).toContain('42 upvotes on Hugging Face · 7 GitHub stars');
    },
  );

  test('keeps to the conditions that are asked for', async () => {
    const words = await rig.read('/paper attention cat:cs.CL');
    expect(words).toContain('Attention is all you need again');
    expect(words).not.toContain('Linear attention');
    expect(await rig.read('/paper attention -linear')).not.toContain('Linear attention');
  });

  test('says so when no paper meets the conditions, and shows those with the words', async () => {
    const words = await rig.read('/paper attention cat:cs.DB');
    expect(words).toContain('No paper meets all of this; these have some of the words.');
    expect(words).toContain('Attention is all you need again');
  });

  test('says when nothing is found, and offers what is near', async () => {
    const words = await rig.read('/paper zzxxqq');
    expect(words).toContain('Nothing here matches “zzxxqq”.');
    expect(words).toContain('Robots that fold laundry');
  });

  test('an id that is not here and can’t be asked for now is answered in words', async () => {
    expect(await rig.read('/paper 2501.00001')).toContain('2501.00001 is not here yet, and arXiv can’t be asked right now.');
  });
});

describe('verbs and searches', () => {
  test('a first word is a verb only if the rest can be its arguments', async () => {
    expect((await rig.ask('/paper trending')).doc.title).toBe('Trending today');
    expect((await rig.ask('/paper trending week')).doc.title).toBe('Trending this week');
    expect((await rig.ask('/paper trending topics in NLP')).doc.title).toBe('Papers on “trending topics in NLP”');
    expect((await rig.ask('/paper save the whales')).doc.summary).toMatch(/save the whales/);
    expect((await rig.ask('/paper help desk robots')).doc.title).toBe('Papers on “help desk robots”');
  });

  test('nothing at all shows help, which names every verb', async () => {
    const help = await rig.read('/paper');
    for (const verb of ['/paper QUERY', '/paper trending [WINDOW]', '/paper submit PAPER', '/paper save PAPER', '/paper vote VALUE PAPER', '/paper similar PAPER']) expect(help).toContain(verb);
  });

  test('trending begins with what most people voted for', async () => {
    expect(await rig.read('/paper trending month')).toMatch(/1\. Robots that fold laundry\n45 upvotes/);
  });
});

describe('what a team does with papers', () => {
  test('saves and votes count in what trends here, and nowhere else', async () => {
    const answer = await rig.ask('/paper 2607.11111');
    expect(wordsIn((await rig.press(answer, 'Save')).doc)).toContain('Saved: “Attention is all you need again”.');
    await rig.press(answer, 'Upvote');
    expect(await rig.read('/paper trending')).toMatch(/1\. Attention is all you need again\n42 upvotes\n7 GitHub stars\nliked by 1 of your team/);
    const elsewhere = { channel: { platform: 'paper', workspace: 'W2', id: 'C9' } };
    expect(await rig.read('/paper trending', elsewhere)).not.toContain('liked by');
  });

  test('an upvote from the button raises a paper in all of this workspace, in what trends and in roundups, and nowhere else', async () => {
    const first = async (line: string, channel: ChannelRef) => /1\. (.+)/.exec(await rig.read(line, { channel }))![1];
    const [here, beside, elsewhere] = [['W1', 'C1'], ['W1', 'C2'], ['W2', 'C1']].map(([workspace, id]) => ({ platform: 'paper', workspace: workspace!, id: id! })) as [ChannelRef, ChannelRef, ChannelRef];
    const pressed = await rig.press(await rig.ask('/paper 2607.11111', { channel: here }), 'Upvote');
    for (const line of ['/paper trending', '/roundup preview']) {
      for (const place of [here, beside]) expect(await first(line, place), line).toBe('Attention is all you need again');
      expect(await first(line, elsewhere), line).toBe('Robots that fold laundry');
      expect(await rig.read(line, { channel: beside })).toContain('liked by 1 of your team');
    }
    await rig.press(pressed, 'Undo');
    expect(await first('/paper trending', beside)).toBe('Robots that fold laundry');
  });

  test('a vote against lowers a paper, in this workspace alone, and outweighs another’s vote for it', async () => {
    const bob = { person: { id: 'bob', profile: async () => ({ standing: 'member' as const }) } };
    const elsewhere = { channel: { platform: 'paper', workspace: 'W2', id: 'C9' } };
    await rig.ask('/paper vote down 2607.22222', bob);
    expect(await rig.read('/paper trending')).toMatch(/1\. Attention is all you need again/);
    expect(await rig.read('/paper trending', elsewhere)).toMatch(/1\. Robots that fold laundry/);
    await rig.ask('/paper vote up 2607.22222');
    expect(await rig.read('/paper trending')).toMatch(/1\. Robots that fold laundry\n45 upvotes\n[^l]/);
  });

  test('each can be taken back', async () => {
    const saved = await rig.press(await rig.ask('/paper 2607.11111'), 'Save');
    await rig.press(saved, 'Undo');
    expect(await rig.read('/paper 2607.11111')).not.toContain('saved by');
  });

  test('a submitted paper is shown to the channel with the name of who did, for this workspace alone', async () => {
    const answer = await rig.ask('/paper submit https://arxiv.org/abs/2607.11111');
    expect(answer.audience).toBe('channel');
    expect(wordsIn(answer.doc)).toContain('submitted by Ana');
    expect(await rig.read('/paper 2607.11111', { channel: { platform: 'paper', workspace: 'W2', id: 'C9' } })).not.toContain('Ana');
  });

  test('only ids and links can be submitted', async () => {
    expect(await rig.read('/paper submit https://example.com/paper1')).toContain('is not an arXiv id or a link to a paper');
  });
});

test('an error nobody expected is answered with a reference, and tells nothing of its inside', async () => {
  rig.app.deps.db = { select: () => { throw new Error('secret inside'); } } as never; // prettier-ignore
  const answer = await rig.ask('/roundup list');
  expect(wordsIn(answer.doc)).toMatch(/reference: [0-9a-f]{8}/);
  expect(wordsIn(answer.doc)).not.toContain('secret');
  expect(answer.audience).toBe('asker');
});
