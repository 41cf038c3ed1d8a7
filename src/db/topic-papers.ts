// The papers of a topic in the whole table.
import { sql, type SQL } from 'drizzle-orm';
import type { Order } from '../core/asked.ts';
import type { Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { docsOf, narrowing, planFor } from './topic-keys.ts';
import { topicSql } from './topic-sql.ts';

/** Ids of the topic's papers, the newest first or the most voted, at most so many. */
export async function listPapersOf(db: Db, root: Node, most: number, order: Order = 'newest'): Promise<number[]> {
  const known = sql`not p.withdrawn`;
  const topic = await topicSql(db, root, known);
  const keys = await narrowing(db, root, sql`true`);
  const votes = order === 'votes' ? sql`p.upvotes desc nulls last, ` : sql``;
  return db.transaction(async (tx) => {
    await planFor(tx, keys);
    const rows = await rowsOf<{ id: string | number }>(
      tx,
      // In the order of their index, where many papers are of the topic: it is walked until there are enough.
      sql`with docs as ${docsOf(keys)} select p.id from papers p join docs d on d.paper_id = p.id where ${known} and ${topic}
        order by ${votes}p.published_on desc nulls last, p.id desc nulls last limit ${most}`,
    );
    return rows.map(({ id }) => Number(id));
  });
}

/** The topic as a condition on a row of `search_docs`, for papers that are found by other words of theirs. */
export async function ofTopic(db: Db, root: Node): Promise<SQL> {
  const known = sql`not p.withdrawn`;
  const topic = await topicSql(db, root, known);
  // Without the row's own words, which only words need, the planner may use an index of those that meet it.
  if (!hasWords(root)) return sql`exists (select from papers p where p.id = search_docs.paper_id and ${known} and ${topic})`;
  return sql`exists (select from papers p, (select search_docs.tokens, search_docs.title_length) d where p.id = search_docs.paper_id and ${known} and ${topic})`;
}

function hasWords(node: Node): boolean {
  if (node.kind === 'not') return hasWords(node.of);
  return node.kind === 'words' || ((node.kind === 'all' || node.kind === 'any') && node.of.some(hasWords));
}
