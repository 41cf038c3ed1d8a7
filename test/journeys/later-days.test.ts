// The days after a post: its votes grow where they stand, and the next roundup says what is rising.
import { describe, expect, test } from 'vitest';
import type { PaperRecord } from '../../src/core/source.ts';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { ALL, openStage, type Post } from './stage.ts';

const db = useDb();

const GRIPPERS: Partial<PaperRecord> = { arxivId: '2607.10001', title: 'Grippers that feel *cloth*', listedOn: '2026-07-27', upvotes: 31 };

/** What stands in a post, without the counts. */
const bones = ({ words, buttons, notice, thread }: Post) => [words.replace(/\d+ upvotes(, \d+ when posted)?/g, 'VOTES'), buttons, notice, thread.map((one) => [one.words, one.buttons])];

describe.each(ALL)('on %s', (name) => {
  test('Tuesday’s post shows Wednesday’s votes, and Wednesday’s roundup says “Rising since Tuesday”', async () => {
    await havePapers(db(), [GRIPPERS, { title: 'A paper that stays where it is', upvotes: 12 }], new Date('2026-07-27T10:00:00Z'));
    const stage = await openStage(name, db(), { at: '2026-07-27T12:00:00Z' });
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC daily');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const tuesday = stage.posts()[0]!;
    expect(tuesday.words).toMatch(/1\. Grippers that feel \*cloth\*\n31 upvotes · [^]*2\. A paper that stays where it is\n12 upvotes · /);
    const before = bones(tuesday);

    await havePapers(db(), [{ ...GRIPPERS, upvotes: 212 }, { title: 'Fresh news', listedOn: '2026-07-29' }], new Date('2026-07-28T20:00:00Z'));
    await stage.tickAt('2026-07-28T20:30:00Z');
    expect(stage.posts()).toHaveLength(1);
    const edited = stage.posts()[0]!;
    expect(edited.words).toMatch(/1\. Grippers that feel \*cloth\*\n212 upvotes, 31 when posted · [^]*2\. A paper that stays where it is\n12 upvotes · /);
    expect(bones(edited)).toEqual(before);

    await stage.tickAt('2026-07-29T09:00:00Z');
    const wednesday = stage.posts()[1]!;
    expect(wednesday.words).toContain('1. Fresh news');
    expect(wednesday.words).toContain('Rising since Tuesday: Grippers that feel *cloth* · 31 → 212 upvotes · Tuesday’s post');
    const why = await stage.type('/roundup why 2607.10001');
    expect(why.toAsker[0]!.words).toContain('Named here again, as rising, on 29 July 2026: 31 → 212 upvotes.');
    // The buttons of a post that was edited go on working.
    expect((await stage.posts()[0]!.thread[0]!.press('Save')).toAsker[0]!.words).toContain('Saved: “Grippers that feel *cloth*”.');
  });

  test('a post that somebody deleted, or whose channel is lost, is left alone without a word', async () => {
    await havePapers(db(), [GRIPPERS], new Date('2026-07-27T10:00:00Z'));
    const stage = await openStage(name, db(), { at: '2026-07-27T12:00:00Z' });
    for (const place of ['papers', 'random'] as const) {
      await stage.type('/roundup subscribe everything', { in: place });
      await stage.type('/roundup schedule 09:00 UTC daily', { in: place });
    }
    await stage.tickAt('2026-07-28T09:00:00Z');
    stage.deletePosts('papers');
    stage.vanish('random');
    await havePapers(db(), [{ ...GRIPPERS, upvotes: 212 }], new Date('2026-07-28T12:00:00Z'));
    for (const at of ['13:30', '21:45']) await stage.tickAt(`2026-07-28T${at}:00Z`);
    // Each was tried once.
    const { slack, discord } = stage.world;
    expect(slack.requests.filter(({ method }) => method === 'chat.update').length + discord.count('PATCH /channels/*/messages/*')).toBe(2);
    expect(stage.posts()).toEqual([]);
    expect((await stage.type('/roundup status')).toAsker[0]!.words).not.toMatch(/paused|failed|in doubt/i);
  });
});
