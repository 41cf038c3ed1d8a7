import { describe, expect, test } from 'vitest';
import { mergeRecord, sightingTime, type MergedPaper } from '../../src/core/merge.ts';
import type { PaperRecord } from '../../src/core/source.ts';

const now = new Date('2026-07-14T12:00:00Z');

function record(source: string, more: Partial<PaperRecord> = {}): PaperRecord {
  return { source, id: '2607.01234', arxivId: '2607.01234', title: `by ${source}`, abstract: `told by ${source}`, authors: [], categories: [], ...more };
}

function merge(...records: PaperRecord[]): MergedPaper {
  return records.reduce<MergedPaper | undefined>((paper, one) => mergeRecord(paper, one, { at: now, first: true }), undefined)!;
}

describe('the words of a paper', () => {
  const order = ['page', 'huggingface', 'jsonl', 'arxiv'];

  test.each(order.slice(1).map((better, at) => [better, order[at]!]))('are taken from %s rather than %s, in either order', (better, worse) => {
    expect(merge(record(worse), record(better)).title).toBe(`by ${better}`);
    expect(merge(record(better), record(worse)).title).toBe(`by ${better}`);
    expect(merge(record(better), record(worse)).textSource).toBe(better);
  });

  test('follow a new version, and not an old one that comes late', () => {
    const paper = merge(record('arxiv', { version: 1, title: 'one' }), record('arxiv', { version: 3, title: 'three' }), record('arxiv', { version: 2, title: 'two' }));
    expect(paper).toMatchObject({ title: 'three', version: 3 });
  });

  test('have the day of the newest version, whichever came last', () => {
    const paper = merge(record('arxiv', { version: 3, revisedOn: '2026-08-04', doi: '10.1000/3' }), record('arxiv', { version: 2, revisedOn: '2026-07-30' }), record('huggingface'));
    expect(paper).toMatchObject({ version: 3, revisedOn: '2026-08-04', doi: '10.1000/3', journalRef: null });
  });

  test('have their gaps filled by lesser sources', () => {
    const paper = merge(record('arxiv', { abstract: '' }), record('huggingface', { authors: ['Ann'], publishedOn: '2026-07-10', projectUrl: 'https://x.org' }));
    expect(paper).toMatchObject({ title: 'by arxiv', abstract: 'told by huggingface', authors: ['Ann'], publishedOn: '2026-07-10', projectUrl: 'https://x.org' });
  });
});

test('votes are the newest that a source that counts them has said, and no count is no zero', () => {
  expect(merge(record('arxiv')).upvotes).toBeNull();
  expect(merge(record('huggingface', { upvotes: 12 }), record('arxiv'), record('huggingface', { upvotes: 9 })).upvotes).toBe(9);
});

test('a summary is kept while others tell of the paper, until its source says another', () => {
  const told = merge(record('huggingface', { summary: 'In short.' }), record('arxiv', { version: 2 }));
  expect(told).toMatchObject({ title: 'by arxiv', summary: 'In short.' });
  expect(merge(record('arxiv'), record('huggingface', { summary: 'In short.' }), record('huggingface')).summary).toBe('In short.');
  expect(merge(record('huggingface', { summary: 'In short.' }), record('huggingface', { summary: 'Shorter.' })).summary).toBe('Shorter.');
  expect(merge(record('arxiv')).summary).toBeNull();
});

test('a paper is withdrawn on anyone’s word, and back only on the word of a source that knows as well', () => {
  const withdrawn = record('arxiv', { withdrawn: true });
  expect(merge(record('huggingface', { withdrawn: false }), withdrawn).withdrawn).toBe(true);
  expect(merge(withdrawn, record('huggingface', { withdrawn: false })).withdrawn).toBe(true);
  expect(merge(withdrawn, record('arxiv', { withdrawn: false })).withdrawn).toBe(false);
  expect(merge(record('arxiv', { withdrawn: false }), record('huggingface', { withdrawn: true })).withdrawn).toBe(true);
});

test('ids of a file come back as they were written, whichever source came first', () => {
  const written = record('jsonl', { id: 'arXiv:2607.01234v2' });
  expect(merge(written, record('arxiv')).ref).toBe('arXiv:2607.01234v2');
  expect(merge(record('arxiv'), written).ref).toBe('arXiv:2607.01234v2');
});

describe('the time at which a record counts as seen', () => {
  const seen = (more: Partial<PaperRecord>) => sightingTime(record('huggingface', more), now).toISOString();

  test('is now for today and yesterday, and without any day', () => {
    expect(seen({ listedOn: '2026-07-14' })).toBe(now.toISOString());
    expect(seen({ listedOn: '2026-07-13', publishedOn: '2020-01-01' })).toBe(now.toISOString());
    expect(seen({})).toBe(now.toISOString());
  });

  test('is the end of its day for an older one, so that filling in the past makes no news', () => {
    expect(seen({ listedOn: '2026-07-10' })).toBe('2026-07-11T00:00:00.000Z');
    expect(seen({ publishedOn: '2024-02-29' })).toBe('2024-03-01T00:00:00.000Z');
  });
});

test('a paper is news again when another source lists it for the first time, and not when the same one tells more', () => {
  const then = new Date('2026-06-01T00:00:00Z');
  const old = mergeRecord(undefined, record('arxiv'), { at: then, first: true });
  expect(mergeRecord(old, record('huggingface'), { at: now, first: true })).toMatchObject({ firstSeenAt: then, listedAt: now, sources: ['arxiv', 'huggingface'] });
  expect(mergeRecord(old, record('arxiv', { version: 2 }), { at: now, first: false })).toMatchObject({ firstSeenAt: then, listedAt: then });
  const before = new Date('2026-05-01T00:00:00Z');
  expect(mergeRecord(old, record('arxiv', { version: 2 }), { at: before, first: false }).firstSeenAt).toBe(then);
  expect(mergeRecord(old, record('huggingface'), { at: before, first: true })).toMatchObject({ firstSeenAt: before, listedAt: then });
});
