// The first stage: some hundred papers that can matter, out of the index in one to a few reads.
import { sql, type SQL } from 'drizzle-orm';
import { titleKey } from '../../core/text.ts';
import { rowsOf, type Db } from '../connect.ts';
import { planAll, planAny, planHalves, type Plan } from './plan.ts';
import type { Query, Slot } from './query.ts';

export interface Candidate {
  paperId: number;
  titleLength: number;
  tokens: Int32Array;
  upvotes: number | null;
  publishedOn: string | null;
  /** Its title is the query, letter by letter. */
  titled: boolean;
}

export interface Wish {
  text: string;
  /** How many hits will be shown. */
  hits: number;
  since: string | undefined;
  prior: boolean;
}

/** Papers read for one answer, at the least and at the most: each costs some microseconds and a page of the table. */
const WANTED = 400;
const MOST = 2_000;
const FEW = 150;
/** From this bucket up, a word is mostly one of the title. */
const TITLE_BUCKET = 5;

/** The papers to be scored; each once. */
export async function findCandidates(db: Db, query: Query, wish: Wish): Promise<Candidate[]> {
  const found = new Map<number, Candidate>();
  const read = async (where: SQL, more: SQL = sql`limit ${MOST}`, titled = false) => {
    const since = wish.since ? sql`and published_on >= ${wish.since}::date` : sql``;
    const rows = await rowsOf<Row>(db, sql`${COLUMNS} where ${where} ${since} ${more}`);
    for (const row of rows) if (!found.has(Number(row.id))) found.set(Number(row.id), candidateOf(row, titled));
    return rows.length;
  };
  await readTitled(wish.text, read);
  const { slots, all } = query;
  if (slots.length === 0) return [...found.values()];

  const wanted = Math.min(MOST, Math.max(WANTED, 2 * wish.hits));
  let whole = 0;
  if (slots.length <= 4) {
    const rounds = slots.length <= 2 || wish.since ? 4 : 2;
    let plan: Plan | undefined;
    for (let round = 0; round < rounds && !plan?.complete && whole < Math.max(FEW, wish.hits); round++) {
      plan = planAll(slots, all, wanted * 4 ** round);
      whole = await read(matches(plan));
    }
    if (wish.prior && !plan!.complete) await read(matches({ lists: slots.map(titleKeys) }), BEST_STANDING);
  }
  if (slots.length >= 2 && whole < FEW) {
    if (slots.length >= 3) await read(matches(planHalves(slots, all, wanted)));
    await read(matches(planAny(slots, all, wanted)));
  }
  return [...found.values()];
}

interface Row {
  id: string | number;
  title_length: number;
  tokens: string;
  upvotes: number | null;
  published_on: string | null;
}

// Base64, because the embedded driver takes 50 µs to read a bytea.
const COLUMNS = sql`select paper_id as id, title_length, encode(tokens, 'base64') as tokens, upvotes,
  published_on::text as published_on from search_docs`;

// Where a common word has more papers than are read, those that `prior` will like are read as well.
const BEST_STANDING = sql`order by upvotes desc nulls last, published_on desc nulls last limit 300`;

async function readTitled(text: string, read: (where: SQL, more: SQL, titled: boolean) => Promise<number>) {
  const key = text.length <= 500 ? titleKey(text) : '';
  if (key) await read(sql`paper_id in (select id from papers where title_key = ${key})`, sql`limit 50`, true);
}

function matches(plan: Pick<Plan, 'lists'>): SQL {
  const lists = plan.lists.map((keys) => sql`keys && string_to_array(${keys.join()}, ',')::int[]`);
  return sql.join(lists, sql` and `);
}

function titleKeys(slot: Slot): number[] {
  return slot.terms.flatMap((term) => term.counts.flatMap((papers, bucket) => (papers > 0 && bucket >= TITLE_BUCKET ? [term.hash | bucket] : [])));
}

function candidateOf(row: Row, titled: boolean): Candidate {
  const bytes = Buffer.from(row.tokens, 'base64');
  // Copied when the bytes begin off a word's boundary, as small buffers of Node's pool can.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return {
    paperId: Number(row.id),
    titleLength: row.title_length,
    tokens: new Int32Array(aligned.buffer, aligned.byteOffset, bytes.length >> 2),
    upvotes: row.upvotes,
    publishedOn: row.published_on,
    titled,
  };
}
