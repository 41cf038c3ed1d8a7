// What was read, told by itself when the week or month is over: once, on the channel's own schedule.
import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../../src/core/chat.ts';
import type { Doc } from '../../src/core/doc.ts';
import { findChannel, pauseChannel, resumeChannel, setReading, setSchedule, type Channel } from '../../src/db/channels.ts';
import { readPaper } from '../../src/db/marks.ts';
import { findPaper } from '../../src/db/papers.ts';
import { savePaper } from '../../src/db/saves.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, aPerson, deliveryOf, havePapers, paperPlatform, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
const WEEKDAYS = [1, 2, 3, 4, 5];
let channel: Channel;
let papers: number[];

/** A channel in Berlin that was set to weekly on Monday, 20 July 2026. */
beforeEach(async () => {
  await havePapers(db(), [{ arxivId: '2607.10001', title: 'Sparse attention', listedOn: '2020-01-01' }, { arxivId: '2607.10002', title: 'Robots', listedOn: '2020-01-01' }]);
  papers = await Promise.all(['2607.10001', '2607.10002'].map(async (id) => (await findPaper(db(), id))!.id));
  channel = await aChannel(db(), { zone: 'Europe/Berlin', days: WEEKDAYS }, new Date('2026-07-20T06:00:00Z'));
  await setReading(db(), channel, 'weekly', '2026-07-20');
});

const tick = (at: string) => enqueueDue(deliveryOf(db(), paperPlatform()), new Date(at));
const person = (id: string, place = PLACE): Pick<Call, 'channel' | 'person'> => ({ channel: place, person: aPerson('member', { id }) });
const readings = async () =>
  (await db().select().from(roundups).orderBy(asc(roundups.id))).filter(({ kind }) => kind !== 'daily').map(({ on, kind, status, why, dueAt }) => ({ on, kind, status, why, dueAt: dueAt.toISOString() }));
const posted = async () => {
  const rows = await db().select({ payload: outbox.payload, kind: roundups.kind }).from(outbox).innerJoin(roundups, eq(roundups.id, outbox.roundupId)).orderBy(asc(outbox.id));
  return rows.filter(({ kind }) => kind !== 'daily').map(({ payload }) => wordsIn(payload.doc as Doc));
};
/** Ticks at nine in Berlin on each of these days. */
async function days(...ons: string[]): Promise<void> {
  for (const on of ons) await tick(`${on}T07:00:30Z`);
}

describe('a channel that wants to hear each week what it read', () => {
  test('is told with the first roundup of the next week, of that week alone, without names', async () => {
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-19T21:59:00Z'));
    await readPaper(db(), person('bea'), papers[1]!, new Date('2026-07-20T10:00:00Z'));
    await savePaper(db(), person('kim'), papers[1]!, new Date('2026-07-26T21:59:00Z'));
    await savePaper(db(), person('kim'), papers[0]!, new Date('2026-07-26T22:00:00Z'));
    await readPaper(db(), person('bea', { ...PLACE, id: 'C2' }), papers[0]!, new Date('2026-07-22T10:00:00Z'));
    await days('2026-07-21', '2026-07-24');
    expect(await readings()).toEqual([]);
    await days('2026-07-27', '2026-07-28');
    expect(await readings()).toEqual([{ on: '2026-07-26', kind: 'weekly', status: 'queued', why: null, dueAt: '2026-07-27T07:00:00.000Z' }]);
    const [words] = await posted();
    expect(words).toMatch(/^What we read, 20 July to 26 July 2026\n/);
    expect(words).toMatch(/1\. Robots\nread by 1 person\nsaved by 1 person\n/);
    expect(words).not.toMatch(/Sparse|bea|kim/);
  });

  test('is told nothing of a week in which nothing was read, and the ledger says why', async () => {
    await days('2026-07-27');
    expect(await readings()).toMatchObject([{ on: '2026-07-26', status: 'skipped', why: 'nobody read or saved a paper here in that week' }]);
    expect(await posted()).toEqual([]);
  });

  test('is told once though two processes tick, and again and again', async () => {
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
    await Promise.all([tick('2026-07-27T07:00:30Z'), tick('2026-07-27T07:00:30Z')]);
    await setSchedule(db(), (await findChannel(db(), PLACE))!, { zone: 'Europe/Berlin', at: '12:00', days: WEEKDAYS }, new Date('2026-07-27T08:00:00Z'));
    await tick('2026-07-27T10:00:30Z');
    await days('2026-07-28');
    expect(await posted()).toHaveLength(1);
  });

  test('is told on the next day that has a roundup when that of the first was missed', async () => {
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
    await days('2026-07-24');
    await tick('2026-07-27T20:00:00Z');
    expect(await readings()).toEqual([]);
    await days('2026-07-28');
    expect(await readings()).toMatchObject([{ on: '2026-07-26', kind: 'weekly', status: 'queued' }]);
  });

  test('is told of the last of several weeks without roundups, and the ledger has the others', async () => {
    for (const at of ['2026-07-22', '2026-07-29', '2026-08-05']) await readPaper(db(), person(`p${at}`), papers[0]!, new Date(`${at}T10:00:00Z`));
    await days('2026-07-24', '2026-08-12');
    expect(await readings()).toMatchObject([
      { on: '2026-07-26', status: 'skipped', why: 'no roundup came in the week after it' },
      { on: '2026-08-02', status: 'skipped' },
      { on: '2026-08-09', status: 'queued' },
    ]);
    expect(await posted()).toHaveLength(1);
    await days('2026-08-13', '2026-08-17');
    expect((await readings()).map(({ on, status }) => [on, status])).toEqual([['2026-07-26', 'skipped'], ['2026-08-02', 'skipped'], ['2026-08-09', 'queued'], ['2026-08-16', 'skipped']]);
  });

  test('is told nothing while it is paused, and the last week when it goes on', async () => {
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
    await pauseChannel(db(), channel, 'by Ana');
    await days('2026-07-27');
    expect(await readings()).toEqual([]);
    await resumeChannel(db(), (await findChannel(db(), PLACE))!, new Date('2026-07-29T12:00:00Z'));
    await days('2026-07-30');
    expect(await readings()).toMatchObject([{ on: '2026-07-26', status: 'queued', dueAt: '2026-07-30T07:00:00.000Z' }]);
  });

  test('begins with the week in which it was set, and ends when it is switched off', async () => {
    await setReading(db(), channel, 'weekly', '2026-07-27');
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
    await readPaper(db(), person('kim'), papers[0]!, new Date('2026-07-29T10:00:00Z'));
    await days('2026-07-27');
    expect(await readings()).toEqual([]);
    await setReading(db(), channel, null, '');
    await days('2026-08-03');
    expect(await readings()).toEqual([]);
  });

  test('on one day a week is told on that day, across the change of the clocks', async () => {
    await setSchedule(db(), channel, { zone: 'Europe/Berlin', at: '02:30', days: [7] }, new Date('2026-10-12T06:00:00Z'));
    await setReading(db(), channel, 'weekly', '2026-10-13');
    // An hour that is part of the week only because it comes twice.
    await readPaper(db(), person('bea'), papers[0]!, new Date('2026-10-18T20:00:00Z'));
    await readPaper(db(), person('kim'), papers[0]!, new Date('2026-10-25T22:30:00Z'));
    for (const at of ['2026-10-18T00:31:00Z', '2026-10-25T00:31:00Z', '2026-10-25T01:31:00Z', '2026-11-01T01:31:00Z']) await tick(at);
    expect((await readings()).map(({ on, status }) => [on, status])).toEqual([['2026-10-18', 'queued'], ['2026-10-25', 'queued']]);
  });
});

test('a channel that wants it monthly is told with the first roundup of the next month', async () => {
  await setReading(db(), channel, 'monthly', '2026-07-20');
  await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
  // The first of August is a Saturday.
  await days('2026-07-27', '2026-07-31', '2026-08-03', '2026-08-04');
  expect(await readings()).toMatchObject([{ on: '2026-07-31', kind: 'monthly', status: 'queued', dueAt: '2026-08-03T07:00:00.000Z' }]);
  expect((await posted())[0]).toMatch(/^What we read, July 2026\n1\. Sparse attention\nread by 1 person/);
});

test('one channel’s reading that can’t be rendered costs it nothing else, and the others get theirs', async () => {
  const other = await aChannel(db(), { ref: { ...PLACE, id: 'C2' }, zone: 'Europe/Berlin', days: WEEKDAYS }, new Date('2026-07-20T06:00:00Z'));
  await setReading(db(), other, 'weekly', '2026-07-20');
  await readPaper(db(), person('bea'), papers[0]!, new Date('2026-07-22T10:00:00Z'));
  await readPaper(db(), person('bea', { ...PLACE, id: 'C2' }), papers[1]!, new Date('2026-07-22T10:00:00Z'));
  const platform = paperPlatform();
  const broken = { ...platform, render: (doc: Doc) => (wordsIn(doc).includes('Sparse') ? fail() : platform.render(doc)) };
  await enqueueDue(deliveryOf(db(), broken), new Date('2026-07-27T07:00:30Z'));
  expect((await readings()).map(({ status, why }) => [status, why])).toEqual(expect.arrayContaining([['skipped', 'could not be made: no ink'], ['queued', null]]));
});

function fail(): never {
  throw new Error('no ink');
}
