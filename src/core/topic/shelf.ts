// Papers laid out so that one look-up tells for 32 of them at once: thousands of topics are held against the same few.
import type { Paper } from '../paper.ts';
import type { Word } from '../words.ts';
import { nameParts } from './names.ts';

/** What is looked at when a paper is matched. */
export interface Matchable {
  /** The paper's stems, the title's first; a hyphenated word stands behind the others of its field as one, too. */
  words: Word[];
  /** How many of them are the title's. */
  titleLength: number;
  authors: string[][];
  categories: string[];
  hasCode: boolean;
  upvotes: number;
}

/** As many papers as a number has bits. */
export const SHELF = 32;

/** Up to 32 papers. In each set of bits, bit i is the paper at i. */
export interface Shelf {
  papers: Matchable[];
  all: number;
  /** By stem: the papers that have it, and those that have it in their title. */
  anywhere: Map<string, number>;
  inTitle: Map<string, number>;
  /** By code; a paper of cs.CL stands under cs as well. */
  categories: Map<string, number>;
  /** By a part of an author's name. */
  names: Map<string, number>;
  withCode: number;
}

/** A paper with its words, which are those of the search index (`makeDocument`). */
export function matchable(
  paper: Pick<Paper, 'authors' | 'categories' | 'githubUrl' | 'upvotes'>,
  { words, titleLength }: Pick<Matchable, 'words' | 'titleLength'>,
): Matchable {
  return {
    words,
    titleLength,
    authors: paper.authors.map(nameParts),
    categories: paper.categories,
    hasCode: paper.githubUrl !== null,
    upvotes: paper.upvotes ?? 0,
  };
}

export function makeShelf(papers: Matchable[]): Shelf {
  const shelf: Shelf = { papers, all: 0, anywhere: new Map(), inTitle: new Map(), categories: new Map(), names: new Map(), withCode: 0 };
  for (const [i, paper] of papers.entries()) {
    const bit = 1 << i;
    shelf.all |= bit;
    if (paper.hasCode) shelf.withCode |= bit;
    for (const [at, { stem }] of paper.words.entries()) {
      put(shelf.anywhere, stem, bit);
      if (at < paper.titleLength) put(shelf.inTitle, stem, bit);
    }
    for (const code of paper.categories) {
      put(shelf.categories, code, bit);
      put(shelf.categories, code.split('.')[0]!, bit);
    }
    for (const part of paper.authors.flat()) put(shelf.names, part, bit);
  }
  return shelf;
}

function put(sets: Map<string, number>, key: string, bit: number): void {
  sets.set(key, (sets.get(key) ?? 0) | bit);
}
