// One condition of a topic: `cat:cs.CL`, `author:"Ada Lovelace"`, `upvotes:>20`, a word or a phrase.
import { canonicalCategory, isArchive, nearCategories } from '../category.ts';
import { readWords } from '../words.ts';
import { nameParts } from './names.ts';
import type { Term } from './node.ts';

/** What is wrong with a condition, in a few words without a full stop: who reads the topic says where. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** Reads one condition, without its minus. Throws Unreadable. What only looks like a field, as `foo:bar`, is words. */
export function readTerm(text: string): Term {
  const match = FIELD.exec(text);
  const value = (match?.[2] ?? text).replaceAll('"', '').trim();
  if (match && !value) throw new Unreadable('nothing stands after the colon');
  switch (match?.[1]?.toLowerCase() ?? 'words') {
    case 'cat':
    case 'category':
      return { kind: 'category', code: readCategory(value) };
    case 'author':
      if (nameParts(value).length === 0) throw new Unreadable('no name in it that can be matched');
      return { kind: 'author', name: value };
    case 'has':
      if (value.toLowerCase() !== 'code') throw new Unreadable('only has:code can be asked for');
      return { kind: 'code' };
    case 'upvotes':
      return { kind: 'upvotes', ...readRange(value) };
    case 'title':
      return readPhrase(value, true);
    default:
      return readPhrase(value, false);
  }
}

const FIELD = /^(cat|category|author|has|upvotes|title):(.*)$/i;

function readPhrase(said: string, title: boolean): Term {
  const words = readWords(said).flatMap(({ parts }) => parts);
  if (words.length > 0) return { kind: 'words', said, words, title };
  throw new Unreadable(/[\p{L}\p{N}]/u.test(said) ? 'no word in it that can be matched, only common ones; a phrase goes in quotes' : 'no word in it that can be matched');
}

function readCategory(said: string): string {
  const code = said.replace(/\.\*$/, '');
  const known = canonicalCategory(code) ?? (isArchive(code) ? code.toLowerCase() : undefined);
  if (known) return known;
  const near = nearCategories(code);
  throw new Unreadable(`no such category${near.length ? `; near: ${near.join(', ')}` : ' of arXiv; arxiv.org/category_taxonomy lists them'}`);
}

function readRange(value: string): { least: number; most: number } {
  const match = /^(>=|<=|>|<|=)?(\d{1,6})$/.exec(value);
  if (!match) throw new Unreadable('not a number of upvotes; say upvotes:>20');
  const n = Number(match[2]);
  switch (match[1] ?? '>=') {
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
