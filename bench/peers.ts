// What one would use without this search: Postgres' own text search over the same rows.
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from '../src/db/connect.ts';

/** Adds the column and the index that the peers need. */
export async function addTextSearch(db: Db): Promise<void> {
  await db.execute(sql`alter table papers add column words tsvector generated always as
    (setweight(to_tsvector('english', title), 'A') || to_tsvector('english', abstract)) stored`);
  await db.execute(sql`create index papers_words on papers using gin (words)`);
}

export const TEXT_SEARCHES = [
  {
    name: 'websearch_to_tsquery + ts_rank_cd',
    search: (db: Db, text: string) => idsOf(db, sql`
      select id from papers, websearch_to_tsquery('english', ${text}) as query
      where words @@ query order by ts_rank_cd(words, query) desc limit 100`),
  },
  {
    name: 'the same with or, ts_rank',
    search: (db: Db, text: string) => idsOf(db, sql`
      select id from papers, cast(replace(plainto_tsquery('english', ${text})::text, '&', '|') as tsquery) as query
      where words @@ query order by ts_rank(words, query, 1) desc limit 100`),
  },
];

async function idsOf(db: Db, query: ReturnType<typeof sql>): Promise<number[]> {
  return (await rowsOf<{ id: string | number }>(db, query)).map((row) => Number(row.id));
}
