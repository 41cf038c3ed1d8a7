import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Doc } from '../../src/core/doc.ts';
import { pauseChannel, setSchedule } from '../../src/db/channels.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { followTopic } from '../../src/db/topics.ts';
import { enqueueDue, enqueueFor } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, wordsIn } from '../support/factories.ts';

const db = useDb();
const deps = () => deliveryOf(db(), paperPlatform());
const queued = async () => (await db().select().from(outbox).orderBy(outbox.id)).map((row) => wordsIn(row.payload.doc as Doc));
const slots = async () => (await db().select().from(roundups).orderBy(roundups.id)).map(({ on, kind, status, why }) => ({ on, kind, status, why }));
const hours = (n: number) => new Date(MONDAY.getTime() + n * 3_600_000);

describe('a due channel', () => {
  test('gets a ranked roundup and, in its thread, the abstracts', async () => {
    await havePapers(db(), [
      { title: 'Quiet paper', upvotes: 2 },
      { title: 'Loud paper', upvotes: 120 },
    ]);
    await aChannel(db());
    expect(await enqueueDue(deps(), MONDAY)).toBe(1);
    const [parent, thread] = await queued();
    expect(parent).toMatch(/Trending papers, 27 July 2026\n1\. Loud paper\n120 upvotes.*\n.*2\. Quiet paper/s);
    expect(thread).toContain('What paper number');
    expect(await slots()).toEqual([{ on: '2026-07-27', kind: 'daily', status: 'queued', why: null }]);
  });

  test('gets one roundup a day though it is asked for again and again', async () => {
    await havePapers(db(), [{}]);
    await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    await enqueueDue(deps(), MONDAY);
    await enqueueDue(deps(), hours(1));
    expect(await slots()).toHaveLength(1);
  });

  test('gets one roundup a day though its hour is moved to later that day', async () => {
    await havePapers(db(), [{}, {}, {}, {}, {}, {}]);
    const channel = await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    await setSchedule(db(), channel, { zone: 'UTC', at: '11:00', days: [1, 2, 3, 4, 5, 6, 7] }, hours(1));
    await enqueueDue(deps(), hours(3));
    expect((await slots()).map(({ on }) => on)).toEqual(['2026-07-27']);
    await enqueueDue(deps(), hours(27));
    expect((await slots()).map(({ on }) => on)).toEqual(['2026-07-27', '2026-07-28']);
  });

  test('is never shown a paper twice', async () => {
    await havePapers(db(), [{ title: 'Old news', upvotes: 99 }]);
    await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    await havePapers(db(), [{ title: 'Fresh news', upvotes: 1, listedOn: '2026-07-28' }], hours(20));
    await enqueueDue(deps(), hours(24));
    const [, , second] = await queued();
    expect(second).toContain('Fresh news');
    expect(second).not.toContain('Old news');
  });

  test('is given papers of the whole week, not of today alone', async () => {
    await havePapers(db(), [{ title: 'From Wednesday', listedOn: '2026-07-22' }, { title: 'Too old', listedOn: '2026-07-10' }]);
    await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    expect((await queued())[0]).toContain('From Wednesday');
    expect((await queued()).join()).not.toContain('Too old');
  });

  test('gets only what its topics ask for, and is told which one', async () => {
    await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'A survey of attention' }, { title: 'Robots that fold laundry' }]);
    const channel = await aChannel(db());
    await followTopic(db(), channel, 'attention -survey', 'ana', MONDAY);
    await enqueueDue(deps(), MONDAY);
    const [parent] = await queued();
    expect(parent).toContain('Sparse attention');
    expect(parent).toContain('matches attention -survey');
    expect(parent).not.toMatch(/survey of|Robots/);
  });

  test('gets no empty post: the day is skipped, with the reason', async () => {
    await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    expect(await queued()).toEqual([]);
    expect(await slots()).toEqual([{ on: '2026-07-27', kind: 'daily', status: 'skipped', why: 'a quiet day: nothing new came in' }]);
  });

  test('gets nothing while it is paused', async () => {
    await havePapers(db(), [{}]);
    await pauseChannel(db(), await aChannel(db()), 'by Ana');
    expect(await enqueueDue(deps(), MONDAY)).toBe(0);
  });

  test('that can’t be served doesn’t keep the next from its roundup', async () => {
    await havePapers(db(), [{}]);
    const broken = await aChannel(db(), { ref: { platform: 'paper', workspace: 'W1', id: 'C0' } });
    await db().insert((await import('../../src/db/schema.ts')).topics).values({ query: '"broken' });
    await followTopic(db(), broken, '"broken', 'ana', MONDAY);
    await aChannel(db());
    await enqueueDue(deps(), MONDAY);
    const all = await slots();
    expect(all.map(({ status }) => status)).toEqual(['skipped', 'queued']);
    expect(all[0]!.why).toContain('A quote is not closed');
  });
});

describe('after a time in which the bot was down', () => {
  test('a roundup that is hours late is posted and says so', async () => {
    await havePapers(db(), [{}]);
    await aChannel(db());
    await enqueueDue(deps(), hours(3));
    expect((await queued())[0]).toContain('3 hours late: the bot was not running at the time.');
  });

  test('one that is later than the grace time is skipped, with the reason', async () => {
    await havePapers(db(), [{}]);
    await aChannel(db());
    await enqueueDue(deps(), hours(7));
    expect(await slots()).toEqual([{ on: '2026-07-27', kind: 'daily', status: 'skipped', why: 'missed: the bot was not running until 7 hours after it was due' }]);
  });

  test('many missed days give one post, of today', async () => {
    await havePapers(db(), [{ listedOn: '2026-07-30' }], new Date('2026-07-31T00:00:00Z'));
    await aChannel(db());
    await enqueueDue(deps(), new Date('2026-07-31T09:20:00Z'));
    await enqueueDue(deps(), new Date('2026-07-31T09:21:00Z'));
    expect((await slots()).filter(({ status }) => status === 'queued').map(({ on }) => on)).toEqual(['2026-07-31']);
  });
});

test('an extra roundup comes beside the daily one, and the footnotes say what is wrong with the sources', async () => {
  await havePapers(db(), [{}, {}]);
  const channel = await aChannel(db(), { size: 1 });
  const noted = { ...deps(), sourceNotes: async () => ['arXiv could not be read since 06:10.'] };
  await enqueueDue(noted, MONDAY);
  await enqueueFor(noted, channel, { on: '2026-07-27', kind: 'extra', dueAt: MONDAY }, MONDAY);
  expect((await slots()).map(({ kind }) => kind)).toEqual(['daily', 'extra']);
  expect((await queued())[0]).toContain('arXiv could not be read since 06:10.');
  const rows = await db().select().from(outbox).where(eq(outbox.position, 1));
  expect(rows.every((row) => row.parentId !== null)).toBe(true);
});
