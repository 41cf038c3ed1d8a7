import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/core/paper.ts';
import { matchable, matches, parseTopic, searchWords } from '../../src/core/topic.ts';
import { aPaper } from '../support/factories.ts';

const paper: Partial<Paper> = {
  title: 'State-Space Models with Linear Attention: A Study of $O(n)$ Decoding',
  abstract: 'We train long-context transformers. Schrödinger bridges help.',
  authors: ['Ada Lovelace', 'José García-López'],
  categories: ['cs.CL', 'math.ST'],
  githubUrl: 'https://github.com/a/b',
  upvotes: 25,
};

describe('a topic', () => {
  test.each([
    'attention',
    'attentions',
    'ATTENTION transformer',
    '"state space model"',
    '"linear attention" -survey',
    'cat:cs.CL',
    'cat:CS.cl',
    'cat:math',
    'cat:cs.*',
    'author:"Ada Lovelace"',
    'author:lovelace',
    'author:"A Lovelace"',
    'author:garcia',
    'has:code',
    'upvotes:>20',
    'upvotes:25',
    'upvotes:<=25 attention',
    'schrodinger',
    'quantum or attention',
    '“linear attention”',
    '-quantum attention',
    '-"attention linear" attention',
    '-cat:cs.CV attention',
  ])('%s matches the paper', (query) => {
    expect(matches(parseTopic(query), matchable(aPaper(paper)))).toBe(true);
  });

  test.each([
    'quantum',
    'attention quantum',
    '"attention linear"',
    '"decoding we train"',
    'attention -transformers',
    'cat:cs.CV',
    'author:love',
    'author:"Ada Turing"',
    'upvotes:>25',
    'quantum or survey',
    '-has:code attention',
  ])('%s does not', (query) => {
    expect(matches(parseTopic(query), matchable(aPaper(paper)))).toBe(false);
  });

  test.each([
    ['', 'Say what the topic is'],
    ['"open', 'A quote is not closed'],
    ['-survey', 'only says what to leave out'],
    ['attention or', 'nothing on one side of “or”'],
    ['cat:', 'nothing after the colon'],
    ['cat:cs.XX', 'no arXiv category “cs.XX”. Near it: cat:cs.'],
    ['cat:!!', 'no arXiv category'],
    ['has:datasets', 'only has:code'],
    ['upvotes:many', 'not a number of upvotes'],
    ['—', 'no word in it'],
    ['x'.repeat(301), 'too long'],
  ])('“%s” is refused with words that say why', (query, why) => {
    expect(() => parseTopic(query)).toThrow(why);
  });

  test('gives its words to the search, without the conditions', () => {
    expect(searchWords(parseTopic('attention "state space" -survey cat:cs.CL'))).toBe('attention state space');
  });
});
