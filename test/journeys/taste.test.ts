// A channel teaches its roundup what is for it, by pressing buttons under yesterday's.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();

describe.each(BOTH)('a channel on %s', (name) => {
  test('gets a paper like one that wasn’t for it further down, with the reason, and sees what was learnt', async () => {
    await havePapers(db(), [
      { title: 'Tactile grippers for laundry robots', abstract: 'Robots with tactile grippers fold laundry.', upvotes: 90 },
      ...['Protein folding', 'Quantum codes', 'Graph matching', 'Causal discovery'].map((title) => ({ title, abstract: `${title}, once more.`, upvotes: 1 })),
    ]);
    const stage = await openStage(name, db(), { at: '2026-07-27T12:00:00Z' });
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC daily');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const [thread] = stage.posts()[0]!.thread;
    const said = await thread!.press('Not for us', 'Gus');
    expect(said.toChannel).toEqual([]);
    expect(said.toAsker[0]!.words).toContain('Noted, not for this channel: “Tactile grippers for laundry robots”. Papers like it will stand lower');

    await havePapers(db(), [
      { title: 'Laundry robots with soft grippers', abstract: 'Robots fold laundry with grippers.', upvotes: 50 },
      { title: 'Sparse attention', abstract: 'Attention in long contexts.', upvotes: 40 },
    ], new Date('2026-07-28T18:00:00Z')); // prettier-ignore
    await stage.tickAt('2026-07-29T09:00:00Z');
    const words = stage.posts()[1]!.words;
    expect(words).toMatch(/1\. Sparse attention[^]*2\. Laundry robots with soft grippers/);
    expect(words).toMatch(/50 upvotes · [^\n]*like 1 that wasn’t for you/);

    const learnt = (await stage.type('/roundup taste', { who: 'Gus' })).toAsker[0]!;
    expect(learnt.words).toContain('Learnt from 1 paper that wasn’t for you in this channel.');
    expect(learnt.words).toMatch(/Less of[^]*grippers/);
    expect((await learnt.press('Switch off', 'Gus')).toAsker[0]!.words).toMatch(/can change this channel’s roundup/);
    expect((await learnt.press('Switch off')).toChannel[0]!.words).toContain('no longer counts in its roundup. Switched off by');
  });
});
