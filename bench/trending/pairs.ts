// Two snapshots of the same papers' votes, out of a folder of daily lists.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDailyItem } from '../../src/sources/huggingface-item.ts';

export interface Snapshot {
  upvotes: number;
  stars: number | undefined;
  listedAt: Date;
}

export interface Pair {
  name: string;
  /** When the earlier one was taken. */
  at: Date;
  papers: { before: Snapshot; after: Snapshot }[];
}

/** The files, and when the earlier was taken: a file's name doesn't always say. */
const PAIRS = [
  { before: 'daily-default.fetched-2026-07-14.json', after: 'daily/2026-07-13.json', at: '2026-07-14T12:00:00Z', apart: '13 days' },
  { before: 'daily-2026-07-31.first5.a-day-earlier.json', after: 'daily-2026-07-31.limit30.json', at: '2026-07-31T12:00:00Z', apart: 'a day' },
];

/** Papers that both lists of a pair have. Throws when a file is missing. */
export function readPairs(folder: string): Pair[] {
  return PAIRS.map(({ before, after, at, apart }) => {
    const later = readList(join(folder, after));
    const papers = [...readList(join(folder, before))].flatMap(([id, snapshot]) => {
      const found = later.get(id);
      return found ? [{ before: snapshot, after: found }] : [];
    });
    return { name: `${before} against ${after}, ${apart} apart`, at: new Date(at), papers };
  });
}

function readList(file: string): Map<string, Snapshot> {
  const items = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
  return new Map(
    items.flatMap((item): [string, Snapshot][] => {
      const read = readDailyItem(item, undefined);
      if (!('record' in read)) return [];
      const { id, upvotes, stars, listedOn } = read.record;
      return upvotes === undefined || !listedOn ? [] : [[id, { upvotes, stars, listedAt: new Date(listedOn) }]];
    }),
  );
}
