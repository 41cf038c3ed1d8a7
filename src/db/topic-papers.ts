// The papers of a topic in the whole table.
import { sql, type SQL } from 'drizzle-orm';
import type { Order } from '../core/asked.ts';
import type { Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { startAtOnce, trustIndex } from './planner.ts';
import { narrowing } from './topic-index.ts';
import { topicSql } from './topic-sql.ts';

/** Ids of the topic's papers for which `shown`, a condition on a row of `papers p`, holds, the newest first or the most voted, at most so many. */
export async function listPapersOf(db: Db, root: Node, most: number, order: Order = 'newest', shown: SQL = sql`true`): Promise<number[]> {
  const known = sql`not p.withdrawn`;
  const topic = await topicSql(db, root, known);
  const among = await narrowing(db, root);
  const by = sql.raw(`${order === 'votes' ? 'upvotes desc nulls last, ' : ''}published_on desc nulls last, id desc nulls last`);
  return db.transaction(async (tx) => {
    await (among ? trustIndex(tx) : startAtOnce(tx));
    const rows = await rowsOf<{ id: string | number }>(
      tx,
      // Put in order first and read in turn until there are enough: to see whether a paper is of the topic takes longer than all else.
      sql`select id from (select * from (${among ?? sql`select id, published_on, upvotes from papers`}) among order by ${by}) found
          cross join lateral (select from papers p join search_docs d on d.paper_id = p.id where p.id = found.id and ${known} and ${topic} and ${shown} limit 1) of_topic
          order by ${by} limit ${most}`,
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
