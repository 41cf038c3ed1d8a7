// Which papers are of a topic, and what the others lack.
import { isNamed, nameParts } from './names.ts';
import { wantedTerms, type Node, type Term, type Topic } from './node.ts';
import { makeShelf, type Matchable, type Shelf } from './shelf.ts';

/** The papers of a shelf that are of this topic: bit i for the paper at i. */
export function matching(node: Node, shelf: Shelf): number {
  switch (node.kind) {
    case 'all':
      return node.of.reduce((papers, part) => papers && papers & matching(part, shelf), shelf.all);
    case 'any':
      return node.of.reduce((papers, part) => papers | matching(part, shelf), 0);
    case 'not':
      return shelf.all & ~matching(node.of, shelf);
    case 'words':
      return withWords(node, shelf);
    case 'category':
      return shelf.categories.get(node.code) ?? 0;
    case 'author': {
      const asked = nameParts(node.name);
      const near = asked.reduce((papers, part) => (part.length === 1 ? papers : papers & (shelf.names.get(part) ?? 0)), shelf.all);
      return only(near, shelf, ({ authors }) => authors.some((author) => isNamed(author, asked)));
    }
    case 'code':
      return shelf.withCode;
    case 'upvotes':
      return only(shelf.all, shelf, ({ upvotes }) => upvotes >= node.least && upvotes <= node.most);
  }
}

/** True when the paper is of this topic. */
export function matches(topic: Topic, paper: Matchable): boolean {
  return matching(topic.root, makeShelf([paper])) !== 0;
}

/**
 * Why a paper is not of this topic, in words: `no “attention”, has “survey”`. Of several alternatives, the one that
 * came nearest. Undefined when it is of the topic.
 */
export function mismatch(topic: Topic, paper: Matchable): string | undefined {
  return lacks(topic.root, makeShelf([paper]), true).join(', ') || undefined;
}

/** The words to search for, without the conditions. */
export function searchWords(topic: Topic): string {
  return wantedTerms(topic.root)
    .flatMap((term) => (term.kind === 'words' ? [term.said] : []))
    .join(' ');
}

// What keeps the one paper of the shelf from having this; from not having it, where that is wanted.
function lacks(node: Node, shelf: Shelf, wanted: boolean): string[] {
  if (node.kind === 'not') return lacks(node.of, shelf, !wanted);
  if (node.kind === 'all' || node.kind === 'any') {
    const parts = node.of.map((part) => lacks(part, shelf, wanted));
    return (node.kind === 'all') === wanted ? parts.flat() : parts.sort((a, b) => a.length - b.length)[0]!;
  }
  return (matching(node, shelf) !== 0) === wanted ? [] : [`${wanted ? 'no' : 'has'} ${inWords(node)}`];
}

function inWords(term: Term): string {
  switch (term.kind) {
    case 'words':
      return `“${term.said}”${term.title ? ' in the title' : ''}`;
    case 'category':
      return `category ${term.code}`;
    case 'author':
      return `author “${term.name}”`;
    case 'code':
      return 'code';
    case 'upvotes':
      return term.most === Infinity ? `${term.least} upvotes or more` : `${term.least} to ${term.most} upvotes`;
  }
}

function withWords({ words, title }: Extract<Term, { kind: 'words' }>, shelf: Shelf): number {
  const sets = title ? shelf.inTitle : shelf.anywhere;
  let papers = shelf.all;
  for (let i = 0; i < words.length && papers; i++) papers &= sets.get(words[i]!.stem) ?? 0;
  if (words.length === 1) return papers;
  return only(papers, shelf, (paper) => stand(words, paper, 0, paper.titleLength) || (!title && stand(words, paper, paper.titleLength, paper.words.length)));
}

// Do these stand side by side, in this order, between the two places of the paper's words?
function stand(asked: { stem: string }[], { words }: Matchable, from: number, to: number): boolean {
  for (let at = from; at <= to - asked.length; at++) {
    if (asked.every(({ stem }, i) => words[at + i]!.stem === stem)) return true;
  }
  return false;
}

/** Of these papers, those for which it is so. */
function only(papers: number, shelf: Shelf, isSo: (paper: Matchable) => boolean): number {
  let kept = 0;
  for (let left = papers; left; left &= left - 1) {
    const bit = left & -left;
    if (isSo(shelf.papers[31 - Math.clz32(bit)]!)) kept |= bit;
  }
  return kept;
}
