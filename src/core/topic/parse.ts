// Reads the topic language, by recursive descent:
//   any  = all { "or" all }        all = part { part }        part = ["-"] "(" any ")" | ["-"] term
import { UserError } from '../errors.ts';
import { tidy } from '../text.ts';
import { allOf, anyOf, type Node, type Topic } from './node.ts';
import { readTerm, Unreadable } from './terms.ts';
import { fault, readTokens, type Token } from './tokens.ts';

const TOPIC_LENGTH = 300;

/**
 * Reads `attention "state space" -survey cat:cs.CL author:"Ada Lovelace" has:code upvotes:>20 title:scaling`, with `or`
 * between alternatives, parentheses, and a minus before any of these. Throws UserError that shows the piece which can't
 * be read, where it stands, and why.
 */
export function parseTopic(said: string): Topic {
  const query = tidy(said).replace(/[“”„«»]/g, '"');
  if (query.length > TOPIC_LENGTH) throw new UserError(`That topic is too long. Shorten it to ${TOPIC_LENGTH} characters, or subscribe to two.`);
  if (!query) throw new UserError('Say what the topic is, such as “attention”.');
  return { query, root: parse(query) };
}

/** A topic as it is stored. Earlier versions passed over parentheses: where they can't be read, they still mean nothing. */
export function readStoredTopic(query: string): Topic {
  try {
    return parseTopic(query);
  } catch (error) {
    if (!/[()]/.test(query)) throw error;
    return parseTopic(query.replace(/[()]/g, ' '));
  }
}

function parse(query: string): Node {
  const tokens = readTokens(query);
  let next = 0;
  const peek = () => tokens[next];
  // Where the last token that was taken ends.
  const end = () => (next === 0 ? 0 : tokens[next - 1]!.at + tokens[next - 1]!.text.length);

  function any(outermost: boolean): Node {
    const alternatives = [all(outermost)];
    while (peek()?.kind === 'or') {
      next++;
      alternatives.push(all(outermost));
    }
    return anyOf(alternatives);
  }

  function all(outermost: boolean): Node {
    const from = peek()?.at ?? query.length;
    const parts: Node[] = [];
    for (let token = peek(); token && token.kind !== 'or' && token.kind !== 'close'; token = peek()) parts.push(part(token));
    if (parts.length === 0) throw emptySide();
    const node = allOf(parts);
    if (outermost && !isWanted(node)) {
      const only = query.slice(from, end());
      throw fault(query, from, end(), `this only says what to leave out. Add what to look for, such as “attention ${only}”`);
    }
    return node;
  }

  function part(token: Token): Node {
    next++;
    if (token.kind === 'not') return { kind: 'not', of: group(tokens[next++]!) };
    if (token.kind === 'open') return group(token);
    const minus = token.text.length > 1 && token.text.startsWith('-');
    const term = readAt(token, minus ? token.text.slice(1) : token.text);
    return minus ? { kind: 'not', of: term } : term;
  }

  function group(open: Token): Node {
    if (peek()?.kind === 'close') throw fault(query, open.at, peek()!.at + 1, 'nothing stands inside');
    const node = peek() && any(false);
    if (!node || !peek()) throw fault(query, open.at, query.length, 'a parenthesis is not closed; close it, or leave it out');
    next++;
    return node;
  }

  function readAt(token: Token, text: string): Node {
    try {
      return readTerm(text);
    } catch (error) {
      if (error instanceof Unreadable) throw fault(query, token.at, token.at + token.text.length, error.message);
      throw error;
    }
  }

  function emptySide(): UserError {
    const or = [tokens[next - 1], peek()].find((token) => token?.kind === 'or');
    return or ? fault(query, or.at, or.at + 2, 'there is nothing on one side of it') : unopened(peek()!);
  }

  function unopened(close: Token): UserError {
    return fault(query, close.at, close.at + 1, 'it closes no parenthesis; leave it out');
  }

  const root = any(true);
  if (next < tokens.length) throw unopened(tokens[next]!);
  return root;
}

// Whether a paper must have something to match: what only leaves out would bring everything else there is.
function isWanted(node: Node): boolean {
  if (node.kind === 'not') return false;
  if (node.kind === 'all') return node.of.some(isWanted);
  return node.kind !== 'any' || node.of.every(isWanted);
}
