import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PaperRecord } from '../../src/core/source.ts';
import { openDb, rowsOf } from '../../src/db/connect.ts';
import { countPapers, findPaper, getPapers, newestListing, saveRecords } from '../../src/db/papers.ts';
import { channels, dismissals, notes, paperRecords, papers, paperSnapshots, reads, roundupPapers, roundups, saves, searchDocs, searchTerms, votes } from '../../src/db/schema.ts';
import { openTestDb, useDb } from '../support/db.ts';

const db = useDb();
const now = new Date('2026-07-14T12:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

function record(more: Partial<PaperRecord> = {}): PaperRecord {
  return { source: 'huggingface', id: '2607.01234', arxivId: '2607.01234', title: 'Attention, Again', abstract: 'We attend.', authors: ['Ann'], categories: [], ...more };
}

const fromArxiv = (more: Partial<PaperRecord> = {}) => record({ source: 'arxiv', version: 1, ...more });
const fromPage = (title: string) => record({ source: 'page', id: title.toLowerCase(), arxivId: undefined, title, listedOn: '2026-07-14' });
const fromFile = (id: string, more: Partial<PaperRecord> = {}) => record({ source: 'jsonl', id, arxivId: undefined, ...more });

const save = (...records: PaperRecord[]) => saveRecords(db(), records, now);
const counts = (inserted: number, updated: number, unchanged: number) => ({ inserted, updated, unchanged });

describe('records become papers', () => {
  test('whole, and come back as they were told', async () => {
    expect(await save(fromArxiv({ title: 'On $\\mu$ “quotes” \\ and ‘"’', authors: ['Ann "A" One', "Bob O'Two", 'Zoë {x,y}'], categories: ['cs.CL', 'cs.AI'], publishedOn: '2026-07-10', withdrawn: false }))).toEqual(counts(1, 0, 0));
    expect(await findPaper(db(), '2607.01234')).toEqual({
      ...{ id: 1, ref: '2607.01234', arxivId: '2607.01234', version: 1, title: 'On $\\mu$ “quotes” \\ and ‘"’', abstract: 'We attend.', summary: null },
      ...{ authors: ['Ann "A" One', "Bob O'Two", 'Zoë {x,y}'], categories: ['cs.CL', 'cs.AI'], publishedOn: '2026-07-10', sources: ['arxiv'] },
      ...{ firstSeenAt: new Date('2026-07-11T00:00:00Z'), listedAt: new Date('2026-07-11T00:00:00Z'), withdrawn: false },
      ...{ url: null, githubUrl: null, projectUrl: null, organization: null, revisedOn: null, doi: null, journalRef: null, upvotes: null, stars: null },
    });
  });

  test('and the same again writes nothing', async () => {
    await save(record({ upvotes: 3 }), fromFile('x'));
    const before = await db().select().from(papers).orderBy(asc(papers.id));
    expect(await saveRecords(db(), [record({ upvotes: 3 }), fromFile('x')], later(1))).toEqual(counts(0, 0, 2));
    expect(await db().select().from(papers).orderBy(asc(papers.id))).toEqual(before);
  });

  test('once, when several sources and several rows of one batch tell of one', async () => {
    const batch = [record({ upvotes: 1 }), fromArxiv(), record({ upvotes: 2 }), record({ upvotes: 2 }), fromFile('arXiv:2607.01234v1', { arxivId: '2607.01234' })];
    expect(await save(...batch)).toEqual(counts(1, 3, 1));
    expect(await countPapers(db())).toBe(1);
    expect(await findPaper(db(), '2607.01234')).toMatchObject({ upvotes: 2, sources: ['arxiv', 'huggingface', 'jsonl'], ref: 'arXiv:2607.01234v1' });
    expect((await db().select().from(paperRecords)).length).toBe(3);
  });

  test('in thousands, over many batches', async () => {
    const many = Array.from({ length: 1234 }, (_, at) => fromFile(`doc ${at}`, { title: `Title ${at % 7}` }));
    expect(await save(...many, ...many)).toEqual(counts(1234, 0, 1234));
    expect(await countPapers(db())).toBe(1234);
    const indexed = await db().$count(searchDocs);
    expect(indexed).toBe(1234);
  });

  test('and those of equal title in a file stay apart', async () => {
    expect(await save(fromFile('a'), fromFile('b'), record())).toEqual(counts(3, 0, 0));
  });

  test('whose words of a better source win in either order, with the search index following', async () => {
    await save(record({ title: 'Lost sim4times' }));
    await save(fromArxiv({ title: 'Kept $\\sim4\\times$ marmalade' }));
    await save(record({ title: 'Lost sim4times', upvotes: 5 }));
    expect(await findPaper(db(), '2607.01234')).toMatchObject({ title: 'Kept $\\sim4\\times$ marmalade', upvotes: 5 });
    const stems = await db().select().from(searchTerms);
    expect(stems.find(({ stem }) => stem.startsWith('marmalad'))?.counts.some((papers) => papers > 0)).toBe(true);
    expect(stems.find(({ stem }) => stem.startsWith('lost'))?.counts.some((papers) => papers > 0)).toBeFalsy();
  });

  test('and an answer that is older than what is known changes nothing', async () => {
    await save(record({ upvotes: 84 }));
    expect(await saveRecords(db(), [record({ upvotes: 38 })], later(-24))).toEqual(counts(0, 0, 1));
    expect(await findPaper(db(), '2607.01234')).toMatchObject({ upvotes: 84 });
  });
});

describe('a paper', () => {
  test('is found by every form of its id, and given back under the one it came with', async () => {
    await save(fromFile('https://arxiv.org/abs/2607.01234v2', { arxivId: '2607.01234', version: 2 }), fromFile('doc 17'));
    for (const id of ['2607.01234', 'arXiv:2607.01234', 'https://arxiv.org/pdf/2607.01234v1.pdf', 'https://arxiv.org/abs/2607.01234v2']) {
      expect(await findPaper(db(), id)).toMatchObject({ ref: 'https://arxiv.org/abs/2607.01234v2' });
    }
    expect(await findPaper(db(), 'doc 17')).toMatchObject({ ref: 'doc 17' });
    expect(await findPaper(db(), 'doc 18')).toBeUndefined();
  });

  test('is withdrawn when its source says so, and back when it says so', async () => {
    await save(fromArxiv({ withdrawn: false }));
    await save(fromArxiv({ version: 2, withdrawn: true }));
    expect(await findPaper(db(), '2607.01234')).toMatchObject({ withdrawn: true, version: 2 });
    await save(fromArxiv({ version: 3, withdrawn: false }));
    expect(await findPaper(db(), '2607.01234')).toMatchObject({ withdrawn: false, version: 3 });
  });

  test('comes in the order that is asked for', async () => {
    await save(fromFile('a'), fromFile('b'), fromFile('c'));
    expect((await getPapers(db(), [3, 1, 99, 2])).map(({ ref }) => ref)).toEqual(['c', 'a', 'b']);
    expect(await getPapers(db(), [])).toEqual([]);
  });
});

test('votes and stars are kept over time, a row for each change', async () => {
  await save(record({ upvotes: 3, stars: 10 }), fromArxiv());
  await saveRecords(db(), [record({ upvotes: 3, stars: 10, organization: 'Lab' })], later(1));
  await saveRecords(db(), [record({ upvotes: 8, stars: 10 })], later(2));
  await saveRecords(db(), [record({ upvotes: 8 })], later(3));
  await saveRecords(db(), [record({ upvotes: 8, stars: 11 })], later(4));
  const rows = await db().select().from(paperSnapshots).orderBy(asc(paperSnapshots.takenAt));
  expect(rows.map(({ source, takenAt, upvotes, stars }) => [source, takenAt, upvotes, stars])).toEqual([
    ['huggingface', now, 3, 10],
    ['huggingface', later(2), 8, 10],
    ['huggingface', later(4), 8, 11],
  ]);
});

describe('the newest day', () => {
  test('is that of the sources that list papers by the day', async () => {
    expect(await newestListing(db())).toBeUndefined();
    await save(record({ listedOn: '2026-07-10' }), fromFile('x', { listedOn: '2026-07-13' }));
    expect(await newestListing(db())).toBe('2026-07-10');
  });

  test('of a paper that stands in two days’ lists is the later one', async () => {
    await save(record({ listedOn: '2026-07-13' }));
    await save(record({ listedOn: '2026-07-10' }));
    expect(await newestListing(db())).toBe('2026-07-13');
  });
});

describe('a paper of a page', () => {
  test.each(['before', 'after', 'in one batch with'])('becomes one with the arXiv paper of its title when it comes %s it', async (order) => {
    const [page, known] = [fromPage('Attention: again!'), record({ title: 'Attention, Again', listedOn: '2026-07-01' })];
    const results = order === 'before' ? [await save(page), await save(known)] : order === 'after' ? [await save(known), await save(page)] : [await save(known, page)];
    expect(results.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(1);
    expect(await countPapers(db())).toBe(1);
    expect(await findPaper(db(), 'attention: again!')).toMatchObject({ ref: '2607.01234', title: 'Attention, Again', sources: ['huggingface', 'page'], listedAt: now, firstSeenAt: new Date('2026-07-02T00:00:00Z') });
    expect(await save(page, known)).toEqual(counts(0, 0, 2));
    expect(await db().$count(searchDocs)).toBe(1);
  });

  test('becomes one with it when a new version takes its title', async () => {
    await save(fromPage('The New Name'), fromArxiv({ title: 'The Old Name' }));
    expect(await countPapers(db())).toBe(2);
    await save(fromArxiv({ title: 'The New Name', version: 2 }));
    expect(await countPapers(db())).toBe(1);
  });

  test('stays by itself when several papers have its title, or only papers of a file', async () => {
    await save(fromPage('Rejoinder'), record({ title: 'Rejoinder' }), record({ id: '2607.05555', arxivId: '2607.05555', title: 'Rejoinder.' }));
    expect(await countPapers(db())).toBe(3);
    await save(fromPage('Only in a File'), fromFile('x', { title: 'Only in a file' }));
    expect(await countPapers(db())).toBe(5);
  });

  test('takes along where it was shown, saved and voted for, without a row twice', async () => {
    await save(fromPage('Attention, again'));
    const page = (await findPaper(db(), 'attention, again'))!.id;
    await save(fromFile('other'));
    const place = { workspace: 'w', channel: 'c' };
    const [channel] = await db().insert(channels).values({ ...{ platform: 'slack', workspace: 'w', externalId: 'c', zone: 'UTC', at: '09:00', days: [1], size: 5 }, nextDueAt: now, nextDueOn: '2026-07-14', createdBy: 'u', createdAt: now }).returning();
    const [one, two] = await db().insert(roundups).values((['daily', 'extra'] as const).map((kind) => ({ channelId: channel!.id, on: '2026-07-14', kind, title: 't', status: 'sent' as const, dueAt: now, createdAt: now }))).returning();
    const shown = (roundupId: number, paperId: number) => ({ roundupId, channelId: channel!.id, paperId, position: 1, why: 'because' });
    await db().insert(roundupPapers).values([shown(one!.id, page)]);
    await db().insert(saves).values([{ person: 'ann', paperId: page, savedAt: now, ...place }]);
    await db().insert(votes).values([{ person: 'ann', paperId: page, value: 1, votedAt: now, ...place }]);
    await db().insert(dismissals).values([{ person: 'ann', paperId: page, dismissedAt: now, ...place }]);
    await db().insert(notes).values([{ person: 'ann', paperId: page, workspace: place.workspace, text: 'ask Kim', notedAt: now }]);
    await db().insert(reads).values([{ person: 'ann', paperId: page, readAt: now, ...place }]);

    // The arXiv paper is known under another name first, and has rows of its own that the two share.
    await save(fromArxiv({ title: 'Something else' }));
    const kept = (await findPaper(db(), '2607.01234'))!.id;
    await db().insert(roundupPapers).values([shown(one!.id, kept), shown(two!.id, kept)]);
    await db().insert(saves).values([{ person: 'ann', paperId: kept, savedAt: now, ...place }, { person: 'bob', paperId: kept, savedAt: now, ...place }]);
    await save(fromArxiv({ title: 'Attention, Again', version: 2 }));

    expect(await getPapers(db(), [page])).toEqual([]);
    expect((await db().select().from(roundupPapers)).map(({ roundupId, paperId }) => [roundupId, paperId]).sort()).toEqual([[one!.id, kept], [two!.id, kept]]);
    expect((await db().select().from(saves)).map(({ person, paperId }) => [person, paperId]).sort()).toEqual([['ann', kept], ['bob', kept]]);
    expect((await db().select().from(votes)).map(({ person, paperId }) => [person, paperId])).toEqual([['ann', kept]]);
    expect((await db().select().from(dismissals)).map(({ person, paperId }) => [person, paperId])).toEqual([['ann', kept]]);
    for (const table of [notes, reads]) expect((await db().select().from(table)).map(({ person, paperId }) => [person, paperId])).toEqual([['ann', kept]]);
    expect((await db().select().from(paperRecords).where(eq(paperRecords.paperId, kept))).map(({ source }) => source).sort()).toEqual(['arxiv', 'page']);
    expect(await db().select().from(searchDocs).where(eq(searchDocs.paperId, page))).toEqual([]);
  });
});

describe('hostile records', () => {
  test('are data and nothing else', async () => {
    const title = `'); drop table papers; -- \${x} $1 \\u0000 {{}} <script> @everyone`;
    await save(fromFile(`'"\\{},\n`.trim(), { title, authors: ['{"a":1}', "','", '\\'], categories: ['a"b,c{}', ''], url: 'https://x.org/?a=\'"' }));
    expect(await findPaper(db(), `'"\\{},`)).toMatchObject({ title, authors: ['{"a":1}', "','", '\\'], categories: ['a"b,c{}', ''] });
  });

  test('may be as long as any on arXiv, and longer', async () => {
    await save(fromArxiv({ title: 'Long '.repeat(20_000), abstract: 'word '.repeat(100_000), authors: Array.from({ length: 5000 }, (_, at) => `Author ${at}`) }));
    expect((await findPaper(db(), '2607.01234'))!.authors.length).toBe(5000);
  });
});

describe('two writers at once', () => {
  const records = Array.from({ length: 900 }, (_, at) => record({ id: `2607.${10_000 + at}`, arxivId: `2607.${10_000 + at}`, title: `Title ${at}`, upvotes: at }));
  const pages = records.slice(0, 50).map(({ title }) => fromPage(title));

  test('save the same papers without failing or doubling one', async () => {
    const opened = await openTestDb();
    // Real Postgres: from two pools of connections. The embedded database has one session anyway.
    const second = opened.url ? await openDb({ url: opened.url }) : undefined;
    const [one, two] = [opened.db, second?.db ?? opened.db];
    const saved = await Promise.all([
      saveRecords(one, [...pages, ...records], now),
      saveRecords(two, [...records].reverse(), now),
      saveRecords(two, [...records.slice(300), ...pages], now),
    ]);
    expect(saved.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(900);
    expect(await countPapers(one)).toBe(900);
    expect(await rowsOf(one, sql`select 1 from paper_records group by source, source_id having count(*) > 1`)).toEqual([]);
    await second?.close();
    await opened.close();
  });
});
