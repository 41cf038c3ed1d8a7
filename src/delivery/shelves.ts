// Which candidates are of which topic: worked out a shelf of 32 at a time, when the first of it is asked for, and kept.
import { makeShelf, matching, parseTopic, SHELF, type Node, type Shelf } from '../core/topic.ts';
import type { Candidate } from '../db/candidates.ts';
import { readMatchable } from '../db/topic-words.ts';

/**
 * Ten thousand channels follow some thousand different topics, and most look at the same candidates, the first ones:
 * each topic is read once and each abstract stemmed once, if at all.
 */
export function shelve(candidates: Candidate[]) {
  const places = new Map(candidates.map((candidate, place) => [candidate, place]));
  const shelves: Shelf[] = [];
  const topics = new Map<string, (candidate: Candidate) => boolean>();
  let stemmed = 0;

  function shelfAt(n: number): Shelf {
    return (shelves[n] ??= fill(candidates.slice(n * SHELF, (n + 1) * SHELF)));
  }

  function fill(part: Candidate[]): Shelf {
    stemmed += part.length;
    return makeShelf(part.map(({ paper }) => readMatchable(paper)));
  }

  function read(root: Node): (candidate: Candidate) => boolean {
    const known: number[] = [];
    return (candidate) => {
      const place = places.get(candidate)!;
      const n = Math.floor(place / SHELF);
      return (((known[n] ??= matching(root, shelfAt(n))) >>> place % SHELF) & 1) === 1;
    };
  }

  return {
    ofTopic(query: string): (candidate: Candidate) => boolean {
      let isOf = topics.get(query);
      if (!isOf) topics.set(query, (isOf = read(parseTopic(query).root)));
      return isOf;
    },
    stemmed: () => stemmed,
  };
}
