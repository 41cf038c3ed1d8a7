// A query's words as slots: each slot is one word, met by any of its alternatives.
import { distance } from 'fastest-levenshtein';
import type { Db } from '../connect.ts';
import { fold } from '../../core/fold.ts';
import { ALL_PAPERS, findTerms, findTermsFrom, type Term } from './terms.ts';
import { rarity } from './weights.ts';
import { readWords, type Word, type Written } from '../../core/words.ts';

/** One word of the query: a paper meets it with any of these. `pre` in `pre-training` is also met by `pretrain`. */
export interface Slot {
  terms: Term[];
}

export interface Query {
  slots: Slot[];
  /** The stems in the order they were typed, for what stands side by side; joined forms are not among them. */
  order: number[];
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

/** Reads a query against the known stems. Of very many words the rarest are kept. `begun`: the last word may be unfinished. */
export async function makeQuery(db: Db, text: string, begun: boolean): Promise<Query> {
  const written = readWords(text.slice(0, MOST_CHARACTERS));
  const wanted = slotsOf(written);
  const known = await findTerms(db, [ALL_PAPERS.hash, ...wanted.flat().map((word) => word.hash)]);
  const all = known.get(ALL_PAPERS.hash)?.papers ?? 0;
  let guessed = false;
  let looked = 0;
  const slots: Slot[] = [];
  const unfinished = begun ? /[\p{L}\p{N}]{3,}$/u.exec(fold(text))?.[0] : undefined;
  for (const [i, words] of wanted.entries()) {
    const terms = words.flatMap((word) => known.get(word.hash) ?? []).filter((term) => term.papers > 0);
    if (unfinished && i === wanted.length - 1) {
      terms.push(...(await findTermsFrom(db, unfinished, unfinished.length + 1, 64, MOST_ENDINGS)));
    } else if (all > 0 && isDoubtful(terms, all, wanted.length)) {
      const near = looked++ < MOST_GUESSES ? await findNearest(db, words[0]!.stem, terms) : undefined;
      if (near) terms.push(near);
      guessed ||= near !== undefined || terms.length === 0;
    }
    if (terms.length > 0) slots.push({ terms });
  }
  slots.sort((a, b) => slotRarity(b, all) - slotRarity(a, all));
  return {
    slots: slots.slice(0, MOST_WORDS),
    order: written.flatMap((word) => word.parts.map((part) => part.hash)),
    joined: written.filter((word) => word.joined).length,
    all,
    guessed,
  };
}

/** How telling a slot is: as its commonest alternative. */
export function slotRarity(slot: Slot, all: number): number {
  return rarity(Math.max(...slot.terms.map((term) => term.papers)), all);
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

/** The known stem one slip away (two in a long word) that the most papers have; slips in the first two letters are not looked for. */
async function findNearest(db: Db, stem: string, terms: Term[]): Promise<Term | undefined> {
  if (stem.length < 5 || /\d/.test(stem)) return undefined;
  const least = 20 * Math.max(0, ...terms.map((term) => term.papers));
  const near = await findTermsFrom(db, stem.slice(0, 2), stem.length - 2, stem.length + 2, 2_000);
  const slips = (term: Term) => distance(term.stem, stem);
  for (const most of stem.length >= 8 ? [1, 2] : [1]) {
    const found = near.find((term) => term.papers > least && term.stem !== stem && slips(term) <= most);
    if (found) return found;
  }
  return undefined;
}
