import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { openDb, type OpenDb } from '../../src/db/connect.ts';
import { remember } from '../../src/db/facts.ts';
import { countPapers } from '../../src/db/papers.ts';
import { keepRejections } from '../../src/db/rejections.ts';
import { writeRoundups, type Roundup } from '../../src/db/roundups.ts';
import { facts, leases, outbox, paperSnapshots, rejectedRecords, roundups, sourceRuns } from '../../src/db/schema.ts';
import { finishRun, lastCursor, startRun } from '../../src/db/source-runs.ts';
import { backUp, deleteOld, vacuum, writeWhole } from '../../src/db/upkeep.ts';
import { useDb } from '../support/db.ts';
import { aChannel, havePapers, MONDAY } from '../support/factories.ts';
import { templateFile } from '../support/template.ts';

const DAY = 86_400_000;
const KEEP = { snapshots: 60, outbox: 30, runs: 30, rejected: 30, roundups: 400 };
const NOTHING = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
const daysAgo = (days: number) => new Date(MONDAY.getTime() - days * DAY);

describe('deleting what is old', () => {
  const db = useDb();
  const sweep = () => deleteOld({ db: db() }, KEEP, MONDAY);

  test('takes snapshots, rejected rows, leases and texts of buttons that are past their time, and papers never', async () => {
    for (const age of [1_000, 61, 59]) await havePapers(db(), [{ upvotes: 3 }], daysAgo(age));
    for (const age of [31, 29]) await keepRejections(db(), 'jsonl', [{ line: age, why: 'not JSON', raw: `line ${age}` }], daysAgo(age));
    for (const age of [91, 89]) await remember(db(), `text:${age}`, 'a long question', daysAgo(age));
    await remember(db(), 'upkeep', 'long ago', daysAgo(500));
    await db().insert(leases).values(['over', 'held'].map((name) => ({ name, owner: 'a', until: daysAgo(name === 'over' ? 2 : 0) })));
    await sweep();

    expect(await countPapers(db())).toBe(3);
    expect(await db().$count(paperSnapshots)).toBe(1);
    expect((await db().select().from(rejectedRecords)).map(({ line }) => line)).toEqual([29]);
    expect((await db().select().from(facts)).map(({ key }) => key).sort()).toEqual(['text:89', 'upkeep']);
    expect((await db().select().from(leases)).map(({ name }) => name)).toEqual(['held']);
  });

  test('leaves the latest run that says where a source goes on, however old', async () => {
    const ran = async (age: number, more: { cursor?: Record<string, unknown>; error?: string }) =>
      finishRun(db(), await startRun(db(), 'arxiv', daysAgo(age)), { at: daysAgo(age), counts: NOTHING, ...more });
    await ran(90, { cursor: { page: 1 } });
    await ran(80, { cursor: { page: 2 } });
    await ran(70, { error: 'down' });
    await ran(1, { error: 'down' });
    await sweep();
    expect(await db().$count(sourceRuns)).toBe(2);
    expect(await lastCursor(db(), 'arxiv')).toEqual({ page: 2 });
  });

  test('takes delivered messages and finished roundups, never what still waits', async () => {
    const channel = await aChannel(db());
    const have = async (age: number, status: 'sent' | 'queued') => {
      const at = daysAgo(age);
      const slot = { channelId: channel.id, on: at.toISOString().slice(0, 10), kind: 'daily' as const, dueAt: at, title: `${age}, ${status}` };
      const made = { ...slot, status: 'queued' as const, why: null, papers: [], messages: [{ payload: {}, reply: false }], tryAt: at };
      const [{ id }] = (await writeRoundups(db(), [made], at)) as [Roundup];
      await db().update(outbox).set({ status }).where(eq(outbox.roundupId, id));
      await db().update(roundups).set({ status }).where(eq(roundups.id, id));
    };
    await have(500, 'sent');
    await have(499, 'queued');
    await have(40, 'sent');
    await have(20, 'sent');
    await sweep();
    expect((await db().select().from(roundups)).map(({ title }) => title).sort()).toEqual(['20, sent', '40, sent', '499, queued']);
    expect(await db().$count(outbox)).toBe(2);
  });
});

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-upkeep-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('of the embedded database is one file a day, of which the newest are kept, and opens as it was', async () => {
    const opened = await openDb({ memory: new Blob([readFileSync(templateFile())]) });
    await havePapers(opened.db, [{}]);
    await vacuum(opened);
    for (const age of [3, 2, 1, 0]) await backUp(opened, folder, 2, daysAgo(age));
    await opened.close();
    expect(readdirSync(folder).sort()).toEqual(['paperround-2026-07-26.tar.gz', 'paperround-2026-07-27.tar.gz']);

    const copy = await openDb({ memory: new Blob([readFileSync(join(folder, 'paperround-2026-07-27.tar.gz'))]) });
    expect(await countPapers(copy.db)).toBe(1);
    await copy.close();
  });

  test('is not made where none are wanted, nor of Postgres', async () => {
    const elsewhere = join(folder, 'none');
    const none = { kind: 'postgres', dump: undefined } as OpenDb;
    expect(await backUp(none, elsewhere, 7, MONDAY)).toBeUndefined();
    expect(await backUp({ ...none, dump: () => Promise.reject(new Error('not asked')) }, elsewhere, 0, MONDAY)).toBeUndefined();
    expect(existsSync(elsewhere)).toBe(false);
  });

  test('that can’t be written whole leaves the earlier file and no half of a new one', async () => {
    const file = join(folder, 'mine.tar.gz');
    await writeWhole(file, new Blob(['good']));
    const broken = { arrayBuffer: () => Promise.reject(new Error('no space left on device')) } as unknown as Blob;
    await expect(writeWhole(file, broken)).rejects.toThrow('no space left');
    expect(readFileSync(file, 'utf8')).toBe('good');
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});
