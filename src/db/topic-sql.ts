// A topic as a condition in SQL: the same papers as core/topic/match.ts finds, without reading their texts.
import { sql, type SQL } from 'drizzle-orm';
import { isArchive } from '../core/category.ts';
import { type Node, type Term } from '../core/topic.ts';
import { anyId, type Db } from './connect.ts';
import { listByAuthor } from './topic-authors.ts';

/**
 * A condition on a row of `papers p` with its row of `search_docs d`. A word is compared by its 28-bit hash, which one
 * word in some thousand shares with another. Authors are looked up first, among the papers for which `among`, a
 * condition on `p`, holds: the topic is right for those alone.
 */
export async function topicSql(db: Db, node: Node, among: SQL): Promise<SQL> {
  if (node.kind === 'not') return sql`not (${await topicSql(db, node.of, among)})`;
  if (node.kind === 'all' || node.kind === 'any') {
    const parts: SQL[] = [];
    for (const part of node.of) parts.push(await topicSql(db, part, among));
    return sql`(${sql.join(parts, node.kind === 'all' ? sql` and ` : sql` or `)})`;
  }
  if (node.kind === 'author') return sql`p.id = ${anyId(await listByAuthor(db, node.name, among))}`;
  return termSql(node);
}

/** The keys of the search index under which a word may stand: one for each weight. */
export function keysOf(hash: number): number[] {
  return Array.from({ length: 16 }, (_, weight) => hash | weight);
}

function termSql(term: Exclude<Term, { kind: 'author' }>): SQL {
  switch (term.kind) {
    case 'words':
      return wordsSql(term);
    case 'category':
      if (!isArchive(term.code)) return sql`${term.code} = any(p.categories)`;
      return sql`exists (select from unnest(p.categories) as code where code = ${term.code} or starts_with(code, ${`${term.code}.`}))`;
    case 'code':
      return sql`p.github_url is not null`;
    case 'upvotes':
      return term.most === Infinity ? sql`coalesce(p.upvotes, 0) >= ${term.least}` : sql`coalesce(p.upvotes, 0) between ${term.least} and ${term.most}`;
  }
}

const TITLE = sql.raw('substring(d.tokens for 4 * d.title_length)');
const ABSTRACT = sql.raw('substring(d.tokens from 4 * d.title_length + 1)');
const WHOLE = sql.raw('d.tokens');

function wordsSql({ words, title }: Extract<Term, { kind: 'words' }>): SQL {
  const bytes = Buffer.from(Int32Array.from(words, ({ hash }) => hash).buffer);
  if (!title && words.length === 1) return standsIn(bytes, WHOLE);
  // Most papers don't have it at all, which is seen without cutting their fields out.
  const fields = title ? [TITLE] : [TITLE, ABSTRACT];
  return sql`(position(${literal(bytes)} in d.tokens) > 0 and (${sql.join(fields.map((field) => standsIn(bytes, field)), sql` or `)}))`;
}

// The words as they stand in the index, 4 bytes each. What is found off a word's beginning is chance, and hides what may follow.
function standsIn(bytes: Buffer, field: SQL): SQL {
  const at = sql`position(${literal(bytes)} in ${field})`;
  const size = sql.raw(String(bytes.length));
  return sql`case ${at} when 0 then false else ${at} % 4 = 1 or exists (
    select from generate_series(1, length(${field}) - ${size} + 1, 4) as at where substring(${field} from at for ${size}) = ${literal(bytes)}) end`;
}

function literal(bytes: Buffer): SQL {
  return sql.raw(`'\\x${bytes.toString('hex')}'::bytea`);
}
