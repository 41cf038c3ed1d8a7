// A query's words as slots: each slot is one word, met by any of its alternatives.
import type { Db } from '../connect.ts';
import { trustIndex } from '../planner.ts';
import { fold } from '../../core/fold.ts';
import { asFamily, asGiven, readWords, type Word, type Written } from '../../core/words.ts';
import { FAMILY } from './names.ts';
import { findNearest } from './near.ts';
import { ALL_PAPERS, findTerms, findTermsFrom, type Term } from './terms.ts';
import { rarity } from './weights.ts';

/** One word of the query: a paper meets it with any of these. `pre` in `pre-training` is also met by `pretrain`. */
export interface Slot {
  terms: Term[];
  /** The word may be somebody's name: then a paper meets it by being signed so, too. */
  name?: { key: number; papers: number };
}

export interface Query {
  slots: Slot[];
  /** The stems in the order they were typed, for what stands side by side; joined forms are not among them. */
  order: number[];
  /** Given and family name where both were typed side by side, as keys of `names`. */
  signed: [given: number, family: number][];
  /** How many joined forms there are. */
  joined: number;
  /** Papers in the index. */
  all: number;
  /** A word was unknown, and left out or taken for its nearest neighbour. */
  guessed: boolean;
}

/** What lies beyond is not read: nobody types it, and a query must not cost more than a search. */
export const MOST_CHARACTERS = 2_000;
const MOST_WORDS = 20;
const MOST_ENDINGS = 8;
const MOST_GUESSES = 3;

/** With more words than this a query is a sentence: hardly a paper has all of them, and nobody is named in it. */
export const SENTENCE = 4;

/**
 * Reads a query, in a transaction that trusts the index from then on: one journey to the database for both, since to look
 * up some words nothing needs to be told.
 */
export async function beginQuery(tx: Db, text: string, begun: boolean): Promise<Query> {
  const [query] = await Promise.all([makeQuery(tx, text, begun), trustIndex(tx)]);
  return query;
}

/** Reads a query against the known stems. Of very many words the rarest are kept. `begun`: the last word may be unfinished. */
export async function makeQuery(db: Db, text: string, begun: boolean): Promise<Query> {
  const written = readWords(text.slice(0, MOST_CHARACTERS));
  const wanted = slotsOf(written);
  const families = wanted.length <= SENTENCE ? wanted.map(([word]) => asFamily(word!.stem)) : [];
  const known = await findTerms(db, [ALL_PAPERS, ...wanted.flat(), ...families].map((word) => word.hash));
  const all = known.get(ALL_PAPERS.hash)?.papers ?? 0;
  let guessed = false;
  let looked = 0;
  const slots: Slot[] = [];
  const names = namesAmong(wanted.map(([word]) => word!), known);
  const unfinished = begun ? /[\p{L}\p{N}]{3,}$/u.exec(fold(text))?.[0] : undefined;
  for (const [i, words] of wanted.entries()) {
    const terms = words.flatMap((word) => known.get(word.hash) ?? []).filter((term) => term.papers > 0);
    const name = names[i];
    if (unfinished && i === wanted.length - 1) {
      terms.push(...(await findTermsFrom(db, unfinished, unfinished.length + 1, 64, MOST_ENDINGS)));
    } else if (all > 0 && !name && isDoubtful(terms, all, wanted.length)) {
      const near = looked++ < MOST_GUESSES ? await findNearest(db, words[0]!.stem, terms) : undefined;
      if (near) terms.push(near);
      guessed ||= near !== undefined || terms.length === 0;
    }
    if (terms.length > 0 || name) slots.push(name ? { terms, name } : { terms });
  }
  slots.sort((a, b) => slotRarity(b, all) - slotRarity(a, all));
  return {
    slots: slots.slice(0, MOST_WORDS),
    order: written.flatMap((word) => word.parts.map((part) => part.hash)),
    signed: names.flatMap((name, i) => signedBy(names[i - 1], name)),
    joined: written.filter((word) => word.joined).length,
    all,
    guessed,
  };
}

type Name = Slot['name'];

/** A word that papers are signed with this many times as often as they use it is rather a name. */
const RATHER = 4;

// `hinton` is a family name, and so is each word that stands far oftener under papers than in them. A given name is one
// beside a family name: alone, `adam` is an optimizer.
function namesAmong(words: Word[], known: Map<number, Term>): Name[] {
  const signed = words.map((word) => known.get(asFamily(word.stem).hash)?.papers ?? 0);
  const isFamily = words.map((word, i) => signed[i]! > RATHER * (known.get(word.hash)?.papers ?? 0));
  return words.map((word, i) => {
    if (words.length > SENTENCE) return undefined;
    if (isFamily[i]) return { key: asFamily(word.stem).hash | FAMILY, papers: signed[i]! };
    const beside = [i + 1, i - 1].find((at) => isFamily[at]);
    return beside === undefined ? undefined : { key: asGiven(word.stem).hash, papers: signed[beside]! };
  });
}

function signedBy(one: Name, other: Name): [number, number][] {
  if (!one || !other || (one.key & FAMILY) === (other.key & FAMILY)) return [];
  return [one.key & FAMILY ? [other.key, one.key] : [one.key, other.key]];
}

/** How telling a slot is: as its commonest alternative. */
export function slotRarity(slot: Slot, all: number): number {
  return rarity(Math.max(slot.name?.papers ?? 0, ...slot.terms.map((term) => term.papers)), all);
}

function slotsOf(written: Written[]): Word[][] {
  const slots = new Map<number, Word[]>();
  for (const { parts, joined } of written) {
    for (const part of parts) if (!slots.has(part.hash)) slots.set(part.hash, joined ? [part, joined] : [part]);
  }
  return [...slots.values()];
}

// Unknown; or, among few words, so rare in a large table that it may be somebody's slip of the pen.
function isDoubtful(terms: Term[], all: number, words: number): boolean {
  return terms.length === 0 || (words <= 3 && all > 1_000 && terms.every((term) => term.papers <= 3));
}
