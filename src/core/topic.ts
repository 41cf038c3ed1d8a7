// The topic language: what a channel subscribes to. Parsing and matching, pure.
import { canonicalCategory, isArchive, nearCategories } from './category.ts';
import { UserError } from './errors.ts';
import type { Paper } from './paper.ts';
import { tidy } from './text.ts';
import { stemsOf } from './words.ts';

/** One condition. `words` holds stems that must stand side by side in the title or the abstract. */
export type Condition = { not: boolean } & (
  | { kind: 'words'; said: string; words: string[] }
  | { kind: 'category'; code: string }
  | { kind: 'author'; name: string }
  | { kind: 'code' }
  | { kind: 'upvotes'; least: number; most: number }
);

/** Alternatives; a paper matches when all conditions of one of them hold. */
export interface Topic {
  query: string;
  alternatives: Condition[][];
}

/** What is looked at when a paper is matched: made once, matched against many topics. */
export interface Matchable {
  fields: string[][];
  authors: string[][];
  categories: string[];
  hasCode: boolean;
  upvotes: number;
}

export const TOPIC_LENGTH = 300;

/**
 * Reads `attention "state space" -survey cat:cs.CL author:"Ada Lovelace" has:code upvotes:>20`; `or` between
 * alternatives. Throws UserError that names the part which can't be read.
 */
export function parseTopic(text: string): Topic {
  const query = tidy(text).replace(/[“”„«»]/g, '"');
  if (query.length > TOPIC_LENGTH) throw new UserError(`That topic is too long: at most ${TOPIC_LENGTH} characters.`);
  if ((query.match(/"/g) ?? []).length % 2) throw new UserError(`A quote is not closed in “${query}”.`);
  const alternatives: Condition[][] = [[]];
  for (const part of query.match(/-?(?:[a-z]+:)?"[^"]*"|\S+/gi) ?? []) {
    if (/^or$/i.test(part)) alternatives.push([]);
    else alternatives.at(-1)!.push(parseCondition(part));
  }
  for (const conditions of alternatives) {
    if (conditions.length === 0) throw new UserError(alternatives.length > 1 ? 'There is nothing on one side of “or”.' : 'Say what the topic is, such as “attention”.');
    if (conditions.every((condition) => condition.not)) throw new UserError(`“${query}” only says what to leave out. Add what to look for, such as “attention ${query}”.`);
  }
  return { query, alternatives };
}

/** True when the paper is of this topic. */
export function matches(topic: Topic, paper: Matchable): boolean {
  return topic.alternatives.some((conditions) => conditions.every((condition) => holds(condition, paper) !== condition.not));
}

/**
 * Why a paper is not of this topic, in words: `no “attention”`, `has “survey”`. Of several alternatives, the one that
 * came nearest. Undefined when it is of the topic.
 */
export function mismatch(topic: Topic, paper: Matchable): string | undefined {
  const lacking = topic.alternatives
    .map((conditions) => conditions.filter((condition) => holds(condition, paper) === condition.not))
    .sort((a, b) => a.length - b.length)[0]!;
  return lacking.length ? lacking.map((condition) => `${condition.not ? 'has' : 'no'} ${conditionInWords(condition)}`).join(', ') : undefined;
}

function conditionInWords(condition: Condition): string {
  switch (condition.kind) {
    case 'words':
      return `“${condition.said}”`;
    case 'category':
      return `category ${condition.code}`;
    case 'author':
      return `author “${condition.name}”`;
    case 'code':
      return 'code';
    case 'upvotes':
      return condition.most === Infinity ? `${condition.least} upvotes or more` : `${condition.least} to ${condition.most} upvotes`;
  }
}

export function matchable(paper: Pick<Paper, 'title' | 'abstract' | 'authors' | 'categories' | 'githubUrl' | 'upvotes'>): Matchable {
  return {
    fields: [stemsOf(paper.title), stemsOf(paper.abstract)],
    authors: paper.authors.map((name) => nameParts(name)),
    categories: paper.categories,
    hasCode: paper.githubUrl !== null,
    upvotes: paper.upvotes ?? 0,
  };
}

/** The words to search for, without the conditions. */
export function searchWords(topic: Topic): string {
  return topic.alternatives
    .flat()
    .flatMap((condition) => (condition.kind === 'words' && !condition.not ? [condition.said] : []))
    .join(' ');
}

function parseCondition(part: string): Condition {
  const not = part.startsWith('-') && part.length > 1;
  const bare = not ? part.slice(1) : part;
  const match = /^(cat|category|author|has|upvotes):(.*)$/i.exec(bare);
  const value = (match?.[2] ?? bare).replaceAll('"', '').trim();
  if (match && !value) throw new UserError(`“${part}” has nothing after the colon.`);
  const kind = match?.[1]?.toLowerCase() ?? 'words';
  switch (kind) {
    case 'cat':
    case 'category':
      return { not, kind: 'category', code: parseCategory(value) };
    case 'author':
      return { not, kind: 'author', name: value };
    case 'has':
      if (value.toLowerCase() !== 'code') throw new UserError(`“${part}”: only has:code can be asked for.`);
      return { not, kind: 'code' };
    case 'upvotes':
      return { not, kind: 'upvotes', ...parseRange(part, value) };
    default:
      return { not, kind: 'words', ...parseWords(part, value) };
  }
}

function parseWords(part: string, value: string): { said: string; words: string[] } {
  const words = stemsOf(value);
  if (words.length === 0) throw new UserError(`“${part}” has no word in it that can be matched.`);
  return { said: value, words };
}

function parseCategory(said: string): string {
  const code = said.replace(/\.\*$/, '');
  const known = canonicalCategory(code) ?? (isArchive(code) ? code.toLowerCase() : undefined);
  if (known) return known;
  const near = nearCategories(code);
  throw new UserError(`There is no arXiv category “${said}”.${near.length ? ` Near it: ${near.map((one) => `cat:${one}`).join(', ')}.` : ''}`);
}

function parseRange(part: string, value: string): { least: number; most: number } {
  const match = /^(>=|<=|>|<|=)?(\d{1,6})$/.exec(value);
  if (!match) throw new UserError(`“${part}” is not a number of upvotes. Say upvotes:>20.`);
  const n = Number(match[2]);
  const sign = match[1] ?? '>=';
  switch (sign) {
    case '<':
      return { least: 0, most: n - 1 };
    case '<=':
      return { least: 0, most: n };
    case '=':
      return { least: n, most: n };
    case '>':
      return { least: n + 1, most: Infinity };
    default:
      return { least: n, most: Infinity };
  }
}

function holds(condition: Condition, paper: Matchable): boolean {
  switch (condition.kind) {
    case 'words':
      return paper.fields.some((words) => stand(condition.words, words));
    case 'category':
      return paper.categories.some((code) => code === condition.code || code.startsWith(`${condition.code}.`));
    case 'author': {
      const asked = nameParts(condition.name);
      return paper.authors.some((parts) => asked.every((part) => parts.some((own) => (part.length === 1 ? own.startsWith(part) : own === part))));
    }
    case 'code':
      return paper.hasCode;
    case 'upvotes':
      return paper.upvotes >= condition.least && paper.upvotes <= condition.most;
  }
}

// Do these words stand side by side, in this order?
function stand(asked: string[], words: string[]): boolean {
  for (let at = words.indexOf(asked[0]!); at >= 0; at = words.indexOf(asked[0]!, at + 1)) {
    if (asked.every((word, i) => words[at + i] === word)) return true;
  }
  return false;
}

function nameParts(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
