// A topic as a tree, and what a paper shows of itself to be matched against it.
import type { Word } from '../words.ts';

/** One condition on a paper. */
export type Term =
  /** Stems that stand side by side in the title or the abstract; with `title`, in the title. `said`: as it was written. */
  | { kind: 'words'; said: string; words: Word[]; title: boolean }
  /** A category of arXiv, or a whole archive. */
  | { kind: 'category'; code: string }
  | { kind: 'author'; name: string }
  | { kind: 'code' }
  /** Both inclusive; a paper without a count has 0. */
  | { kind: 'upvotes'; least: number; most: number };

export type Node = Term | { kind: 'all'; of: Node[] } | { kind: 'any'; of: Node[] } | { kind: 'not'; of: Node };

export interface Topic {
  /** As it was said, tidied. */
  query: string;
  root: Node;
}

/** All of these hold; a lone one stands for itself, and what is `all` inside is taken apart, so that one meaning has one tree. */
export function allOf(nodes: Node[]): Node {
  return joined('all', nodes);
}

/** At least one of these holds. */
export function anyOf(nodes: Node[]): Node {
  return joined('any', nodes);
}

function joined(kind: 'all' | 'any', nodes: Node[]): Node {
  const of = nodes.flatMap((node) => (node.kind === kind ? node.of : [node]));
  return of.length === 1 ? of[0]! : { kind, of };
}

/** The terms that a paper may owe its match to: all but those that are only left out. */
export function wantedTerms(node: Node): Term[] {
  if (node.kind === 'not') return [];
  return node.kind === 'all' || node.kind === 'any' ? node.of.flatMap(wantedTerms) : [node];
}
