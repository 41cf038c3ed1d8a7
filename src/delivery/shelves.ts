// Which candidates are of which topic: worked out a shelf of 32 at a time, when the first of it is asked for, and kept.
import type { Paper } from '../core/paper.ts';
import { makeShelf, matching, readStoredTopic, SHELF, type Node, type Shelf } from '../core/topic.ts';
import { readMatchable } from '../db/topic-words.ts';

/** Whether the candidate at this place is meant. */
export type IsOf = (place: number) => boolean;

/**
 * Ten thousand channels follow some thousand different topics, and most look at the same candidates, the first ones:
 * each topic is read once and each abstract stemmed once, if at all.
 */
export function shelve(candidates: { paper: Paper }[]) {
  const shelves: Shelf[] = [];
  // For each topic, which papers of shelf n are of it.
  const topics = new Map<string, (n: number) => number>();
  let stemmed = 0;

  function shelfAt(n: number): Shelf {
    return (shelves[n] ??= fill(candidates.slice(n * SHELF, (n + 1) * SHELF)));
  }

  function fill(part: { paper: Paper }[]): Shelf {
    stemmed += part.length;
    return makeShelf(part.map(({ paper }) => readMatchable(paper)));
  }

  // Known by a shelf's number.
  function lookUp(find: (n: number) => number): IsOf {
    const known: number[] = [];
    return (place) => {
      const n = Math.floor(place / SHELF);
      return (((known[n] ??= find(n)) >>> place % SHELF) & 1) === 1;
    };
  }

  function setOf(query: string): (n: number) => number {
    let set = topics.get(query);
    if (!set) topics.set(query, (set = remember(readStoredTopic(query).root)));
    return set;
  }

  function remember(root: Node): (n: number) => number {
    const known: number[] = [];
    return (n) => (known[n] ??= matching(root, shelfAt(n)));
  }

  return {
    ofTopic: (query: string): IsOf => lookUp(setOf(query)),
    ofAny(queries: string[]): IsOf {
      const sets = queries.map(setOf);
      return lookUp((n) => sets.reduce((papers, set) => papers | set(n), 0));
    },
    stemmed: () => stemmed,
  };
}
