// A topic's tree as text that reads back as the same tree.
import type { Node, Term } from './node.ts';

export function printTopic(node: Node): string {
  if (node.kind === 'any') return node.of.map(printTopic).join(' or ');
  if (node.kind === 'all') return node.of.map((part) => (part.kind === 'any' ? `(${printTopic(part)})` : printTopic(part))).join(' ');
  if (node.kind !== 'not') return printTerm(node);
  const isGroup = ['any', 'all', 'not'].includes(node.of.kind);
  return isGroup ? `-(${printTopic(node.of)})` : `-${printTopic(node.of)}`;
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case 'words':
      return `${term.title ? 'title:' : ''}${quoted(term.said)}`;
    case 'category':
      return `cat:${term.code}`;
    case 'author':
      return `author:${quoted(term.name)}`;
    case 'code':
      return 'has:code';
    case 'upvotes':
      if (term.most === Infinity) return `upvotes:>=${term.least}`;
      return term.least === term.most ? `upvotes:=${term.least}` : `upvotes:<${term.most + 1}`;
  }
}

// Quotes are never wrong, and only a plain word reads better without.
function quoted(said: string): string {
  return /^[\p{L}\p{N}][^\s"():]*$/u.test(said) && !/^or$/i.test(said) ? said : `"${said}"`;
}
