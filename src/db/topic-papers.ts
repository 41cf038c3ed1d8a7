// The papers of a topic in the whole table.
import { sql } from 'drizzle-orm';
import type { Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { docsOf, narrowing, planFor } from './topic-keys.ts';
import { topicSql } from './topic-sql.ts';

/** Ids of the topic's papers, the newest first, at most so many. */
export async function listPapersOf(db: Db, root: Node, most: number): Promise<number[]> {
  const known = sql`not p.withdrawn`;
  const topic = await topicSql(db, root, known);
  const keys = await narrowing(db, root, sql`true`);
  return db.transaction(async (tx) => {
    await planFor(tx, keys);
    const rows = await rowsOf<{ id: string | number }>(
      tx,
      sql`with docs as ${docsOf(keys)} select p.id from papers p join docs d on d.paper_id = p.id where ${known} and ${topic} order by p.published_on desc nulls last, p.id desc limit ${most}`,
    );
    return rows.map(({ id }) => Number(id));
  });
}
