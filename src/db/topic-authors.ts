// Papers by author. Postgres can't fold a name as core/topic does, so it only leaves out what can't be meant.
import { sql, type SQL } from 'drizzle-orm';
import { isNamed, nameParts } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';

/** Ids of the papers of this author, among those for which `among`, a condition on `papers p`, holds. */
export async function listByAuthor(db: Db, name: string, among: SQL): Promise<number[]> {
  const asked = nameParts(name);
  const near = asked.map((part) => sql`p.authors::text ~* ${pattern(part)}`);
  const rows = await rowsOf<{ id: string | number; authors: string }>(db, sql`select p.id, p.authors::text as authors from papers p where ${among} and ${sql.join(near, sql` and `)}`);
  return rows.filter(({ authors }) => (JSON.parse(authors) as string[]).some((author) => isNamed(nameParts(author), asked))).map(({ id }) => Number(id));
}

/** `\mg(?:[^\x01-\x7f]|a(?:[^\x01-\x7f]|r…`: a word that is so, or is so as far as its first letter beyond ASCII, which may fold into the rest. */
function pattern(part: string): string {
  const ascii = /^[a-z0-9]*/.exec(part)![0];
  return `(?:^|[^a-z0-9])${[...ascii].reduceRight((tail, letter) => `(?:${BEYOND}|${letter}${tail})`, ascii === part ? '' : BEYOND)}`;
}

const BEYOND = '[^\\x01-\\x7f]';
