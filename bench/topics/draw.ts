// Topics as people write them, drawn from the papers themselves: always the same for the same papers.
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/core/errors.ts';
import { parseTopic } from '../../src/core/topic.ts';
import type { Candidate } from '../../src/db/candidates.ts';
import { chanceOf, type Chance } from '../../test/proof/chance.ts';

export interface Kind {
  name: string;
  /** Of a hundred topics. */
  share: number;
  make(): string;
}

type Paper = Pick<Candidate['paper'], 'title' | 'authors' | 'categories'>;

/** The kinds of topics, and how often each is followed. */
export function kindsOf(papers: Paper[], seed: number): Kind[] {
  const chance = chanceOf(seed);
  const ready = readConfig({}, []).topics.map(({ query }) => query);
  const words = (most: number) => wordsOf(chance, chance.pick(papers).title, most);
  const phrase = () => `"${words(3)}"`;
  const category = () => `cat:${chance.pick(chance.pick(papers).categories)}`;
  return [
    { name: 'ready-made', share: 30, make: () => chance.pick(ready) },
    { name: 'one word', share: 18, make: () => words(1) },
    { name: 'a phrase', share: 18, make: phrase },
    { name: 'a category', share: 8, make: category },
    { name: 'an author', share: 6, make: () => `author:"${chance.pick(chance.pick(papers).authors)}"` },
    { name: 'either, less something', share: 10, make: () => `(${phrase()} or ${words(1)}) -${words(1)} -title:survey` },
    { name: 'words in a category', share: 6, make: () => `${words(2)} ${category()}` },
    { name: 'a word in the title, or with code and votes', share: 4, make: () => `title:${words(1)} or (${words(1)} has:code upvotes:>10)` },
  ];
}

/** So many topics of these kinds, in their shares, each one that can be read. */
export function drawTopics(kinds: Kind[], count: number, seed: number): string[] {
  const chance = chanceOf(seed);
  const hat = kinds.flatMap((kind) => Array<Kind>(kind.share).fill(kind));
  return Array.from({ length: count }, () => drawOne(chance.pick(hat)));
}

export function drawOne(kind: Kind): string {
  for (;;) {
    try {
      return parseTopic(kind.make()).query;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
}

function wordsOf(chance: Chance, title: string, most: number): string {
  const words = title.match(/[\p{L}][\p{L}-]{2,}/gu) ?? ['attention'];
  const from = chance.between(0, Math.max(0, words.length - most));
  return words.slice(from, from + most).join(' ');
}
