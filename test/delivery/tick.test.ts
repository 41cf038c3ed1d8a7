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
    expect(all[0]!.why).toContain('a quote is not closed');
  });
});

describe('after a time in which the bot was down', () => {
  test('a roundup that is hours late is posted and says so', async () => {
    await havePapers(db(), [{}]);
    await aChannel(db());
    await enqueueDue(deps(), hours(3));
    expect((await queued())[0]).toContain('3 hours late: Paperround was not running at the time.');
  });

  test('one that is later than the grace time is skipped, with the reason', async () => {
    await havePapers(db(), [{}]);
    await aChannel(db());
    await enqueueDue(deps(), hours(7));
    expect(await slots()).toEqual([{ on: '2026-07-27', kind: 'daily', status: 'skipped', why: 'Paperround was not running until 7 hours after it was due' }]);
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

describe('many channels', () => {
  const channels = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => aChannel(db(), { ref: { platform: 'paper', workspace: 'W1', id: `C${i}` } })));

  test('are served once, by several processes at the same time', async () => {
    await havePapers(db(), [{}, {}]);
    await channels(250);
    const served = await Promise.all([enqueueDue(deps(), MONDAY), enqueueDue(deps(), MONDAY), enqueueDue(deps(), MONDAY)]);
    expect(served.reduce((a, b) => a + b)).toBe(250);
    expect((await slots()).map(({ status }) => status)).toEqual(Array.from({ length: 250 }, () => 'queued'));
    expect(await db().$count(outbox)).toBe(500);
  });

  test('of which one can’t be written down, whatever it is: it ends with the reason, the others have theirs', async () => {
    await havePapers(db(), [{ title: 'A fine paper' }]);
    const [first] = await channels(3);
    // A text that no database takes.
    const render = (doc: Doc) => [{ doc, bad: doc.summary.includes(' on fine') ? 'a\u0000b' : '' }];
    await followTopic(db(), first!, 'fine', 'ana', MONDAY);
    await enqueueDue(deliveryOf(db(), paperPlatform({ render })), MONDAY);
    const all = await slots();
    expect(all.map(({ status }) => status).sort()).toEqual(['queued', 'queued', 'skipped']);
    expect(all.find(({ status }) => status === 'skipped')!.why).toContain('could not be written');
    // And the day after it is asked again.
    await enqueueDue(deps(), hours(24));
    expect(await slots()).toHaveLength(6);
  });

  test('that are due at the same minute are spread over some seconds, each the same way every day', async () => {
    await havePapers(db(), [{}, {}]);
    await channels(40);
    const spreading = { ...deliveryOf(db(), paperPlatform({ spread: true })), spreadMs: 10_000 };
    const offsets = async (since: Date) => {
      const rows = await db().select({ channel: outbox.channelId, at: outbox.tryAt, position: outbox.position }).from(outbox);
      return new Map(rows.filter(({ at, position }) => position === 0 && at >= since).map(({ channel, at }) => [channel, at.getTime() - since.getTime()]));
    };
    await enqueueDue(spreading, MONDAY);
    const today = await offsets(MONDAY);
    expect(new Set(today.values()).size).toBe(40);
    expect(Math.max(...today.values())).toBeLessThan(10_000);
    await havePapers(db(), [{ listedOn: '2026-07-28' }], hours(20));
    await enqueueDue(spreading, hours(24));
    expect(await offsets(hours(24))).toEqual(today);
  });
});

test('each missed day is in the ledger, with the reason', async () => {
  await havePapers(db(), [{ listedOn: '2026-07-30' }], new Date('2026-07-31T00:00:00Z'));
  await aChannel(db());
  await enqueueDue(deps(), new Date('2026-07-31T09:20:00Z'));
  expect((await slots()).map(({ on, status, why }) => [on, status, why])).toEqual([
    ['2026-07-27', 'skipped', 'Paperround was not running until 4 days after it was due'],
    ['2026-07-28', 'skipped', 'Paperround was not running until 3 days after it was due'],
    ['2026-07-29', 'skipped', 'Paperround was not running until 2 days after it was due'],
    ['2026-07-30', 'skipped', 'Paperround was not running until 24 hours after it was due'],
    ['2026-07-31', 'queued', null],
  ]);
});
