// A roundup waits for its sources, a little, and a quiet day is told of where a channel wants it.
import { beforeEach, describe, expect, test } from 'vitest';
import { latestList } from '../../src/core/announcements.ts';
import type { Doc } from '../../src/core/doc.ts';
import { pauseChannel, setQuietPosts, setSchedule } from '../../src/db/channels.ts';
import { reconcile } from '../../src/db/reconcile.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { finishRun, startRun } from '../../src/db/source-runs.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { unsettled } from '../../src/delivery/settled.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, paperPlatform, wordsIn } from '../support/factories.ts';

const db = useDb();
const NOTHING = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
const SOURCES = [{ source: 'huggingface' }, { source: 'arxiv', listDue: (at: Date) => latestList(at, []) }];
// Monday's list came out at midnight, UTC.
const today = (time: string) => new Date(`2026-07-27T${time}:00Z`);
const deps = () => ({ ...deliveryOf(db(), paperPlatform()), unsettled: (now: Date) => unsettled(db(), SOURCES, now) });
const ledger = async () => (await db().select().from(roundups).orderBy(roundups.id)).map(({ on, status, why }) => [on, status, why]);
const posts = async () => (await db().select().from(outbox).orderBy(outbox.id)).map((row) => wordsIn(row.payload.doc as Doc));

async function read(source: string, time: string, ids?: string | Error, day = '2026-07-27') {
  const at = new Date(`${day}T${time}:00Z`);
  const how = ids instanceof Error ? { error: ids.message } : ids ? { ids } : {};
  await finishRun(db(), await startRun(db(), source, at), { at, counts: NOTHING, ...how });
}

describe('a source has settled', () => {
  const waitsFor = (time: string) => unsettled(db(), SOURCES, today(time));

  test('when two reads in a row brought the same papers', async () => {
    await read('huggingface', '08:00', 'a');
    await read('huggingface', '08:30', 'b');
    expect(await waitsFor('09:00')).toBe('waiting for Hugging Face');
    await read('huggingface', '09:00', 'b');
    expect(await waitsFor('09:01')).toBeUndefined();
  });

  test('when the second read brought nothing at all: a feed that has not changed', async () => {
    await read('huggingface', '08:00', 'a');
    await read('huggingface', '08:30');
    expect(await waitsFor('09:00')).toBeUndefined();
  });

  test('when the day’s list was announced, after one read', async () => {
    await read('arxiv', '08:50', 'a');
    expect(await waitsFor('09:00')).toBe('waiting for arXiv');
    await havePapers(db(), [{ source: 'arxiv', listedOn: '2026-07-27' }], today('08:50'));
    expect(await waitsFor('09:00')).toBeUndefined();
  });

  test('not by two reads from before the list was due', async () => {
    await havePapers(db(), [{ source: 'arxiv', listedOn: '2026-07-24' }], today('00:00'));
    for (const time of ['23:00', '23:30']) await read('arxiv', time, 'friday', '2026-07-26');
    expect(await unsettled(db(), SOURCES, today('00:05'))).toBe('waiting for arXiv');
    // Nothing came: a holiday that nobody wrote down. Two reads say so.
    await read('arxiv', '00:10', 'friday');
    await read('arxiv', '00:15', 'friday');
    expect(await unsettled(db(), SOURCES, today('00:16'))).toBeUndefined();
  });

  test('is not asked of one that was never read, or has been failing for hours', async () => {
    expect(await waitsFor('09:00')).toBeUndefined();
    await read('huggingface', '06:00', 'a');
    await read('huggingface', '08:30', new Error('down'));
    expect(await waitsFor('09:00')).toBe('waiting for Hugging Face');
    expect(await waitsFor('11:00')).toBeUndefined();
  });
});

describe('a roundup that is due', () => {
  beforeEach(async () => {
    await havePapers(db(), [{ title: 'Early paper' }], today('07:00'));
    await read('huggingface', '08:00', 'a');
    await read('huggingface', '08:55', 'b');
  });

  test('waits for its sources, is made when they have settled, and has what came in late', async () => {
    await aChannel(db());
    expect(await enqueueDue(deps(), today('09:00'))).toBe(0);
    expect(await ledger()).toEqual([['2026-07-27', 'waiting', 'waiting for Hugging Face']]);
    await havePapers(db(), [{ title: 'Late paper' }], today('09:04'));
    await read('huggingface', '09:04', 'c');
    expect(await enqueueDue(deps(), today('09:05'))).toBe(0);
    await read('huggingface', '09:09', 'c');
    expect(await enqueueDue(deps(), today('09:10'))).toBe(1);
    expect(await ledger()).toEqual([['2026-07-27', 'queued', null]]);
    const [parent] = await posts();
    expect(parent).toContain('Late paper');
    expect(parent).toContain('10 minutes late: it was waiting for Hugging Face.');
  });

  test('waits half an hour at the most; what comes later is in the next one', async () => {
    await aChannel(db());
    await enqueueDue(deps(), today('09:00'));
    expect(await enqueueDue(deps(), today('09:29'))).toBe(0);
    expect(await enqueueDue(deps(), today('09:30'))).toBe(1);
    await havePapers(db(), [{ title: 'Much too late', listedOn: '2026-07-27' }], today('09:40'));
    await read('huggingface', '09:40', 'd');
    await enqueueDue(deps(), today('09:41'));
    for (const time of ['08:00', '08:30']) await read('huggingface', time, 'd', '2026-07-28');
    expect(await enqueueDue(deps(), new Date('2026-07-28T09:00:00Z'))).toBe(1);
    const [first, , second] = await posts();
    expect(first).not.toContain('Much too late');
    expect(second).toContain('Much too late');
    expect(second).not.toContain('Early paper');
  });

  test('and was left waiting ends with the reason, when its channel is paused or moved to another day', async () => {
    const paused = await aChannel(db());
    const moved = await aChannel(db(), { ref: { platform: 'paper', workspace: 'W1', id: 'C2' } });
    await enqueueDue(deps(), today('09:00'));
    await pauseChannel(db(), paused, 'by Ana');
    await setSchedule(db(), moved, { zone: 'UTC', at: '09:00', days: [3] }, today('09:01'));
    await reconcile(db(), today('09:02'));
    expect(await ledger()).toEqual([
      ['2026-07-27', 'skipped', 'paused: by Ana'],
      ['2026-07-27', 'skipped', 'the schedule was changed'],
    ]);
  });

  test('whose hour is moved to later that day waits no more, and comes then', async () => {
    const channel = await aChannel(db());
    await enqueueDue(deps(), today('09:00'));
    await setSchedule(db(), channel, { zone: 'UTC', at: '11:00', days: [1, 2, 3, 4, 5, 6, 7] }, today('09:01'));
    await reconcile(db(), today('09:02'));
    for (const time of ['09:04', '10:04']) await read('huggingface', time, 'b');
    await enqueueDue(deps(), today('10:05'));
    expect(await posts()).toEqual([]);
    expect(await enqueueDue(deps(), today('11:00'))).toBe(1);
    expect(await ledger()).toEqual([['2026-07-27', 'queued', null]]);
  });
});

describe('a quiet day', () => {
  const quietly = () => ({ ...deliveryOf(db(), paperPlatform()), noListWhy: (on: string) => (on === '2026-08-01' ? 'arXiv announces nothing at the weekend' : undefined) });

  test('gets one line where a channel wants it, with the reason, and no post where it doesn’t', async () => {
    const wants = await aChannel(db());
    await setQuietPosts(db(), wants, true);
    await aChannel(db(), { ref: { platform: 'paper', workspace: 'W1', id: 'C2' } });
    for (const on of ['2026-07-31', '2026-08-01']) await enqueueDue(quietly(), new Date(`${on}T09:00:00Z`));
    expect(await posts()).toEqual([
      expect.stringContaining('No new papers for this channel on 31 July 2026: nothing new came in.'),
      expect.stringContaining('No new papers for this channel on 1 August 2026: arXiv announces nothing at the weekend.'),
    ]);
    expect((await ledger()).filter(([, status]) => status === 'skipped').map(([, , why]) => why)).toContain('a quiet day: arXiv announces nothing at the weekend');
  });
});
