import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { countPapers, findPaper, newestListing } from '../../src/db/papers.ts';
import { paperSnapshots, sourceRuns } from '../../src/db/schema.ts';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { useDb } from '../support/db.ts';

const db = useDb();
const all = Object.values(sources);

test('the papers that ship with the project come in whole, as of their days, and only once', async () => {
  expect(await ingestSamples({ db: db(), sources: all })).toEqual({ inserted: 301, updated: 14, unchanged: 0 });
  expect(await countPapers(db())).toBe(301);
  expect(await newestListing(db())).toBe('2026-07-27');
  expect(await findPaper(db(), '2607.09024')).toMatchObject({ upvotes: 84, firstSeenAt: new Date('2026-07-14T18:00:00Z') });
  expect(await findPaper(db(), 'pointer networks')).toMatchObject({ title: 'Pointer Networks', sources: ['page'] });
  expect(await ingestSamples({ db: db(), sources: all })).toEqual({ inserted: 0, updated: 0, unchanged: 315 });
});

test('one shipped day has its votes twice, so that they have a velocity', async () => {
  await ingestSamples({ db: db(), sources: all });
  const paper = (await findPaper(db(), '2607.09024'))!;
  const snapshots = await db().select().from(paperSnapshots).where(eq(paperSnapshots.paperId, paper.id)).orderBy(asc(paperSnapshots.takenAt));
  expect(snapshots.map(({ takenAt }) => takenAt.toISOString().slice(0, 10))).toEqual(['2026-07-14', '2026-07-27']);
  expect(snapshots[0]!.upvotes).toBeLessThan(snapshots[1]!.upvotes!);
});

test('they leave no trace of a source having been asked', async () => {
  await ingestSamples({ db: db(), sources: all });
  expect(await db().select().from(sourceRuns)).toEqual([]);
});

test('they do not undo what was read since', async () => {
  const fresh = { source: 'huggingface', id: '2607.09024', arxivId: '2607.09024', title: 'Renamed', abstract: '', authors: [], categories: [], upvotes: 500 };
  const { saveRecords } = await import('../../src/db/papers.ts');
  await saveRecords(db(), [fresh], new Date('2026-11-01T00:00:00Z'));
  await ingestSamples({ db: db(), sources: all });
  expect(await findPaper(db(), '2607.09024')).toMatchObject({ title: 'Renamed', upvotes: 500 });
});
