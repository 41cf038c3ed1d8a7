// The first stage: some hundred papers that can matter, out of the index in one to a few reads.
import { sql, type SQL } from 'drizzle-orm';
import { titleKey } from '../../core/text.ts';
import { rowsOf, type Db } from '../connect.ts';
import { readTokens } from './document.ts';
import { pairKey } from './pairs.ts';
import { keysFrom, planAll, planAny, planHalves, type Keys, type Plan } from './plan.ts';
import { SENTENCE, type Query } from './query.ts';
import type { Scored } from './score.ts';
import { intArray } from './terms.ts';
import { BUCKETS } from './weights.ts';

/** `names` are only read where the query may name somebody. */
export interface Candidate extends Scored {
  paperId: number;
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
  /** A condition on a row of `search_docs`; few papers may meet it. */
  only?: SQL | undefined;
  prior: boolean;
}

/** Papers read for one answer, at the least and at the most: each costs some microseconds and a page of the table. */
const WANTED = 200;
/** With a condition so many are looked at, of which it leaves some. */
const LOOKED_THROUGH = 2_000;
/** The plans for two words, as multiples of the papers that are wanted. */
const TIERS = [1 / 16, 1 / 4, 1, 4];
/** The same for a word of each half of a sentence. */
const HALVES = [1 / 4, 1 / 2, 1];
/** Papers read whose title has two words side by side, those foremost that are most about them. */
const PAIRED = 200;
const MOST = 2_000;
const FEW = 50;

/** The papers to be scored; each once. */
export async function findCandidates(db: Db, query: Query, wish: Wish): Promise<Candidate[]> {
  const { slots, all } = query;
  const found = new Map<number, Candidate>();
  const since = sql`${wish.since ? sql`and published_on >= ${wish.since}::date` : sql``} ${wish.only ? sql`and ${wish.only}` : sql``}`;
  const names = slots.some((slot) => slot.name) ? sql`array_to_string(names, ',')` : sql`''`;
  const select = (kind: Kind, where: SQL, end: SQL, from = sql`search_docs`) => sql`(${COLUMNS(kind)}, ${names} as names from ${from} where ${where} ${since} ${end})`;
  const read = async (parts: SQL[]) => {
    const rows = parts.length === 0 ? [] : await rowsOf<Row>(db, sql.join(parts, sql` union all `));
    for (const row of rows) if (!found.has(Number(row.id))) found.set(Number(row.id), candidateOf(row));
    return rows.filter((row) => row.kind === 'whole').length;
  };

  const wanted = Math.min(MOST, Math.max(wish.only ? LOOKED_THROUGH : WANTED, 4 * wish.hits));
  const first = titled(wish.text).map((where) => select('titled', where, sql`limit 50`));
  if (slots.length === 0 || slots.length > SENTENCE) {
    if (slots.length > 0) first.push(...anyOf());
    await read(first);
    return [...found.values()];
  }

  const sizes = wish.only || slots.length !== 2 ? [1] : TIERS;
  const plans = sizes.map((size) => planAll(slots, all, size * wanted));
  let plan = plans.at(-1)!;
  first.push(inTurn('whole', widening(plans), plans.length > 1 ? Math.min(MOST, 2 * wanted) : MOST));
  if (slots.length === 2 && !plan.complete) first.push(...paired());
  if (wish.prior && !plan.complete) first.push(...standing(plan));
  let whole = await read(first);
  // With a condition every wider plan looks four times as many papers up, and a few pages are enough.
  const widest = !wish.only && (slots.length <= 2 || wish.since) ? 64 : 4;
  const enough = wish.only ? FEW : Math.max(FEW, wish.hits);
  for (let size = 4 * sizes.at(-1)!; size <= widest && !plan.complete && whole < enough; size *= 4) {
    plan = planAll(slots, all, size * wanted);
    whole = await read([inTurn('whole', [matches(plan)], MOST)]);
  }
  if (slots.length >= 2 && whole < FEW) await read(anyOf());
  return [...found.values()];

  // Those that meet the first condition, then those that meet the next: each is only read as far as papers are wanting.
  function inTurn(kind: Kind, conditions: SQL[], most: number): SQL {
    const parts = conditions.map((one) => sql`select * from search_docs where ${one}`);
    return select(kind, sql`true`, sql`limit ${sql.raw(`${most}`)}`, sql`(${sql.join(parts, sql` union all `)}) as search_docs`);
  }

  // How often words stand together is a guess, and a hundredfold wrong for two that belong together: so plans of fewer
  // papers come before wider ones, each without what the one before had.
  function widening(plans: Plan[]): SQL[] {
    const wider = plans.filter((one, i) => one.expected > (plans[i - 1]?.expected ?? -1));
    return wider.map((one, i) => (i === 0 ? matches(one) : sql`${matches(one)} and not (${matches(wider[i - 1]!)})`));
  }

  function anyOf(): SQL[] {
    const any = inTurn('some', [matches(planAny(slots, all, wanted))], MOST);
    if (slots.length < 3) return [any];
    return [inTurn('some', widening(HALVES.map((size) => planHalves(slots, all, size * wanted))), Math.min(MOST, 4 * wanted)), any];
  }

  // By bucket: so many papers as that have a pair need not be known.
  function paired(): SQL[] {
    if (query.order.length !== 2) return [];
    const keys = Array.from({ length: BUCKETS }, (_, i) => pairKey(query.order[0]!, query.order[1]!, BUCKETS - 1 - i));
    return [inTurn('paired', keys.map((key) => sql`pairs && ${intArray([key])}`), PAIRED)];
  }

  // Where a common word has more papers than are read, those that `prior` will like are read as well: the voted ones
  // by their own index, and of those that have the words foremost, if even they are too many, the newest.
  function standing(read: Plan): SQL[] {
    const every = { lists: slots.map((slot) => keysFrom(slot, 0)) };
    const voted = select('standing', sql`upvotes >= 10 and ${matches(every)}`, sql`order by search_docs.upvotes desc limit 100`);
    return read.expected <= MOST ? [voted] : [voted, select('standing', matches(read), sql`order by search_docs.published_on desc nulls last limit 200`)];
  }
}

/** The papers of which this holds, whatever it is; without names. */
export async function readCandidates(db: Db, where: SQL): Promise<Candidate[]> {
  return (await rowsOf<Row>(db, sql`${COLUMNS('some')}, '' as names from search_docs where ${where}`)).map(candidateOf);
}

type Kind = 'titled' | 'whole' | 'some' | 'standing' | 'paired';

interface Row {
  kind: Kind;
  id: string | number;
  title_length: number;
  tokens: string;
  names: string;
  upvotes: number | null;
  published_on: string | null;
}

const COLUMNS = (kind: Kind) => sql`select ${sql.raw(`'${kind}'`)} as kind, paper_id as id, title_length,
  encode(tokens, 'base64') as tokens, upvotes, published_on::text as published_on`;

function titled(text: string): SQL[] {
  const key = text.length <= 500 ? titleKey(text) : '';
  // As bytes, which can stand in the query's text whatever the title is: see intArray in terms.ts. The index is only used
  // for its own collation, and the encoding's name brings another.
  const bytes = sql.raw(`'\\x${Buffer.from(key).toString('hex')}'`);
  return key ? [sql`paper_id in (select id from papers where title_key = convert_from(${bytes}, 'UTF8') collate "default")`] : [];
}

/** A condition on a row of `search_docs`: it has what the plan asks for. */
export function matches(plan: Pick<Plan, 'lists'>): SQL {
  return sql.join(plan.lists.map(meets), sql` and `);
}

function meets({ keys, names }: Keys): SQL {
  const words = sql`keys && ${intArray(keys)}`;
  if (names.length === 0) return words;
  const signed = sql`names && ${intArray(names)}`;
  return keys.length === 0 ? signed : sql`(${words} or ${signed})`;
}

function candidateOf(row: Row): Candidate {
  return {
    paperId: Number(row.id),
    titleLength: row.title_length,
    tokens: readTokens(row.tokens),
    names: row.names ? row.names.split(',').map(Number) : [],
    upvotes: row.upvotes,
    publishedOn: row.published_on,
    titled: row.kind === 'titled',
  };
}
