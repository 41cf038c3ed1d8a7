// Papers like one paper: its telling words find candidates in the index, all of its words put them in order.
import { setImmediate } from 'node:timers/promises';
import { sql, type SQL } from 'drizzle-orm';
import { anyId, rowsOf, type Db } from '../connect.ts';
import { trustIndex } from '../planner.ts';
import { readTokens } from './document.ts';
import { ALL_PAPERS, findTerms, intArray, type Term } from './terms.ts';
import { rarity, TITLE_WEIGHT } from './weights.ts';

export interface SimilarPapers {
  /** Row ids, the most similar first. */
  paperIds: number[];
  /** How telling each word of the paper is, by the hash of its stem: for saying what two papers share. */
  telling: ReadonlyMap<number, number>;
}

/**
 * The papers most like this one, without itself, withdrawn papers and papers of its own title; none when it is not in
 * the index or nothing is like it.
 *
 * Two papers are as alike as their words: one that stands n times weighs log(1 + n) · rarity^0.6 on either side, and
 * the sum of the products is divided by length^0.4, milder than a cosine, since a longer abstract tells more. In a
 * second round the three nearest papers' words count as well (Rocchio's feedback), for a third each.
 */
export async function findSimilar(db: Db, paperId: number, limit: number): Promise<SimilarPapers> {
  return db.transaction(async (tx) => {
    await trustIndex(tx);
    const [own] = await readIndexed(tx, sql`paper_id = ${paperId}`);
    if (!own) return { paperIds: [], telling: new Map() };
    const terms = await findTerms(tx, [ALL_PAPERS.hash, ...new Set(own.tokens)]);
    const profile = makeProfile([own], [1], terms);
    const likeness = makeLikeness(profile);
    const candidates = await readIndexed(tx, sql`(${likely(profile, terms, limit)}) and paper_id <> ${paperId} limit ${MOST}`);
    // The embedded database answers without ever letting go of the event loop; others get their turn here.
    await setImmediate();
    const alike = rank(candidates, likeness, LEAST * likeness(own));
    const nearest = alike.slice(0, NEAREST);
    const others = new Set(nearest.flatMap(({ tokens }) => [...tokens]));
    for (const [hash, term] of await findTerms(tx, [...others].filter((hash) => !terms.has(hash)))) terms.set(hash, term);
    const wider = makeProfile([own, ...nearest], [1, ...nearest.map(() => NEAREST_SHARE)], terms);
    const ids = rank(alike, makeLikeness(wider), 0).map(({ id }) => id);
    return { paperIds: await keepOthers(tx, paperId, ids, limit), telling: profile };
  });
}

/** More reads bring the best ten hardly ever another paper: with 60,000 papers, 93 of 100 of them are among these. */
const TELLING = 40;
const ANY = 200;
const EACH_GROUP = 1_500;
const MOST = 2_000;

const RARITY_POWER = 0.6;
const LENGTH_POWER = 0.4;
const NEAREST = 3;
const NEAREST_SHARE = 1 / 3;
/** What has a smaller share than this of a paper's likeness to itself is not like it. */
const LEAST = 0.03;

/** A paper's stems as the index has them, the title's first. */
interface Indexed {
  id: number;
  titleLength: number;
  tokens: Int32Array;
}

async function readIndexed(db: Db, where: SQL): Promise<Indexed[]> {
  const rows = await rowsOf<{ id: string | number; title_length: number; tokens: string }>(
    db,
    sql`select paper_id as id, title_length, encode(tokens, 'base64') as tokens from search_docs where ${where}`,
  );
  return rows.map((row) => ({ id: Number(row.id), titleLength: row.title_length, tokens: readTokens(row.tokens) }));
}

/** What each stem is worth in another paper: the papers' shares of it, times its rarity once for either side. */
function makeProfile(papers: Indexed[], shares: number[], terms: Map<number, Term>): Map<number, number> {
  const all = terms.get(ALL_PAPERS.hash)!.papers;
  const profile = new Map<number, number>();
  for (const [i, paper] of papers.entries()) {
    for (const [hash, count] of countStems(paper)) {
      const weight = Math.log1p(count) * rarity(terms.get(hash)?.papers ?? 0, all) ** (2 * RARITY_POWER);
      profile.set(hash, (profile.get(hash) ?? 0) + (shares[i]! * weight) / paper.tokens.length ** LENGTH_POWER);
    }
  }
  return profile;
}

/** How alike a paper is: for some hundred papers, so without a map of each one's counts. */
function makeLikeness(profile: Map<number, number>): (paper: Indexed) => number {
  const places = new Map([...profile.keys()].map((hash, i) => [hash, i]));
  const weights = [...profile.values()];
  const counts = new Float64Array(weights.length);
  return ({ tokens, titleLength }) => {
    counts.fill(0);
    for (let i = 0; i < tokens.length; i++) {
      const place = places.get(tokens[i]!);
      if (place !== undefined) counts[place]! += i < titleLength ? TITLE_WEIGHT : 1;
    }
    let sum = 0;
    for (let i = 0; i < counts.length; i++) if (counts[i]) sum += weights[i]! * Math.log1p(counts[i]!);
    return sum / tokens.length ** LENGTH_POWER;
  };
}

/** How often each stem stands in a paper: once in the title counts as in weights.ts. */
function countStems({ tokens, titleLength }: Indexed): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [i, hash] of tokens.entries()) counts.set(hash, (counts.get(hash) ?? 0) + (i < titleLength ? TITLE_WEIGHT : 1));
  return counts;
}

/** Those that are at least so much alike, the most first. */
function rank(papers: Indexed[], likeness: (paper: Indexed) => number, least: number): Indexed[] {
  return papers
    .map((paper) => ({ paper, score: likeness(paper) }))
    .filter(({ score }) => score > 0 && score >= least)
    .sort((a, b) => b.score - a.score || b.paper.id - a.paper.id)
    .map(({ paper }) => paper);
}

/** Papers that have a telling word where it weighs most, or words of two of the three groups that the words are dealt to. */
function likely(profile: Map<number, number>, terms: Map<number, Term>, limit: number): SQL {
  const words = [...profile].sort((a, b) => b[1] - a[1]).slice(0, TELLING);
  const has = (chosen: [number, number][], papers: number) => {
    return sql`keys && ${intArray(heaviestKeys(chosen, terms, papers))}`;
  };
  const [a, b, c] = [0, 1, 2].map((group) => has(words.filter((_, i) => DEALT[i % 6] === group), Math.max(EACH_GROUP, 30 * limit))) as [SQL, SQL, SQL];
  return sql`${has(words, Math.max(ANY, 4 * limit))} or (${a} and ${b}) or (${a} and ${c}) or (${b} and ${c})`;
}

/** To and fro, so that each group gets as telling words as the others. */
const DEALT = [0, 1, 2, 2, 1, 0];

/** The keys of these words that weigh most, until as many papers as are wanted have one of them. */
function heaviestKeys(words: [hash: number, weight: number][], terms: Map<number, Term>, wanted: number): number[] {
  const choices = words.flatMap(([hash, weight]) =>
    (terms.get(hash)?.counts ?? []).map((papers, bucket) => ({ key: hash | bucket, papers, gain: weight * Math.log1p(frequencyOf(bucket)) })),
  );
  const keys: number[] = [];
  let papers = 0;
  for (const choice of choices.filter((one) => one.papers > 0).sort((a, b) => b.gain - a.gain)) {
    if (papers >= wanted) break;
    keys.push(choice.key);
    papers += choice.papers;
  }
  return keys;
}

/** About the frequency that `bucketOf` puts there. */
function frequencyOf(bucket: number): number {
  return 2 ** (bucket * 0.4 - 1.5);
}

/** Of papers in this order the first that are not withdrawn, and of each title one; none of the title of `paperId`. */
async function keepOthers(db: Db, paperId: number, ids: number[], limit: number): Promise<number[]> {
  const wanted = [paperId, ...ids.slice(0, 2 * limit + 10)];
  const rows = await rowsOf<{ id: string | number; title: string; withdrawn: boolean }>(
    db,
    sql`select id, title_key as title, withdrawn from papers where id = ${anyId(wanted)}`,
  );
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  const titles = new Set<string>();
  return wanted.filter((id) => {
    const { title, withdrawn } = byId.get(id)!;
    if (titles.has(title) || (withdrawn && id !== paperId)) return false;
    titles.add(title);
    return id !== paperId;
  }).slice(0, limit);
}
