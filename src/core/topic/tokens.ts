// A topic's text in pieces, each with its place, so that an error can point at it.
import { UserError } from '../errors.ts';

/** `term` is a word, a phrase or a `field:value`, with its minus if it has one; `not` is the minus before a parenthesis. */
export interface Token {
  kind: 'open' | 'close' | 'or' | 'not' | 'term';
  text: string;
  /** Where it begins in the text, from 0. */
  at: number;
}

/** The pieces of a tidied text, in order. Throws UserError for a quote that is not closed. */
export function readTokens(text: string): Token[] {
  if ((text.match(/"/g) ?? []).length % 2) throw fault(text, text.lastIndexOf('"'), text.length, 'a quote is not closed; close it, or leave it out');
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    if (token) tokens.push(token);
    at += token?.text.length ?? 1;
  }
  return tokens;
}

/** `“cat:cs.XX” (at 11): no such category.`: what is wrong with the piece between these places; the count begins at 1. */
export function fault(text: string, from: number, to: number, problem: string): UserError {
  return new UserError(`“${text.slice(from, to).trim()}” (at ${[...text.slice(0, from)].length + 1}): ${problem}.`);
}

function tokenAt(text: string, at: number): Token | undefined {
  const next = text[at]!;
  if (next === ' ') return undefined;
  if (next === '(') return { kind: 'open', text: next, at };
  if (next === ')') return { kind: 'close', text: next, at };
  if (next === '-' && text[at + 1] === '(') return { kind: 'not', text: next, at };
  QUOTED.lastIndex = at;
  const term = QUOTED.exec(text)?.[0] ?? wordAt(text, at);
  return { kind: /^or$/i.test(term) ? 'or' : 'term', text: term, at };
}

const QUOTED = /-?(?:[a-z]+:)?"[^"]*"/iy;

// Parentheses inside a word are the word's own: `O(n)` and `f(x)` are words. One that the word did not open ends it.
function wordAt(text: string, at: number): string {
  let open = 0;
  let end = at;
  for (; end < text.length && text[end] !== ' '; end++) {
    if (text[end] === '(') open++;
    if (text[end] === ')' && --open < 0) break;
  }
  return text.slice(at, end);
}
