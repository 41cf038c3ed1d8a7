import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/core/paper.ts';
import { makeShelf, matches, matching, mismatch, parseTopic, printTopic, readStoredTopic, searchWords } from '../../src/core/topic.ts';
import { readMatchable } from '../../src/db/topic-words.ts';
import { aPaper } from '../support/factories.ts';
import { someTopic } from '../support/topics.ts';

const paper: Partial<Paper> = {
  title: 'State-Space Models with Linear Attention: A Study of $O(n)$ Decoding',
  abstract: 'We train long-context transformers. Schrödinger bridges help.',
  authors: ['Ada Lovelace', 'José García-López'],
  categories: ['cs.CL', 'math.ST'],
  githubUrl: 'https://github.com/a/b',
  upvotes: 25,
};
const read = readMatchable(aPaper(paper));

describe('a topic that an earlier version stored', () => {
  test('keeps its meaning where its parentheses can’t be read', () => {
    expect(() => parseTopic('attention (linear')).toThrow();
    expect(matches(readStoredTopic('attention (linear'), read)).toBe(true);
    expect(matches(readStoredTopic('attention (survey'), read)).toBe(false);
    expect(() => readStoredTopic('cat:cs.XX')).toThrow();
  });
});

describe('a topic', () => {
  test.each([
    'attention',
    'attentions',
    'ATTENTION transformer',
    '"state space model"',
    'statespace',
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
    'title:decoding',
    'title:"linear attention"',
    'attention -title:transformer',
    '(quantum or attention) -survey',
    'attention (cat:cs.CV or (cat:math -survey))',
    'attention -(survey or quantum)',
    'attention -(survey attention)',
    'O(n)',
    '(O(n) attention)',
    'arxiv:attention or attention',
    '--quantum attention',
  ])('%s matches the paper', (query) => {
    expect(matches(parseTopic(query), read)).toBe(true);
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
    'author:"Ada García"',
    'upvotes:>25',
    'quantum or survey',
    '-has:code attention',
    'title:transformers',
    'title:"state models"',
    '(quantum or attention) survey',
    'attention -(survey or transformers)',
    'attention -(cat:math cat:cs)',
    '--attention decoding',
  ])('%s does not', (query) => {
    expect(matches(parseTopic(query), read)).toBe(false);
  });

  test.each([
    ['', 'Say what the topic is'],
    ['"open', '“"open” (at 1): a quote is not closed; close it, or leave it out.'],
    ['-survey', '“-survey” (at 1): this only says what to leave out. Add what to look for, such as “attention -survey”.'],
    ['attention or -survey -cat:cs', '“-survey -cat:cs” (at 14): this only says'],
    ['attention or', '“or” (at 11): there is nothing on one side of it.'],
    ['or attention', '“or” (at 1): there is nothing'],
    ['a1 (or attention)', '“or” (at 5): there is nothing'],
    ['cat:', '“cat:” (at 1): nothing stands after the colon.'],
    ['attention  cat:cs.XX', '“cat:cs.XX” (at 11): no such category; near: cs.'],
    ['robots (arms or -cat:!!)', '“-cat:!!” (at 17): no such category of arXiv; arxiv.org/category_taxonomy lists them.'],
    ['𝛼 has:datasets', '“has:datasets” (at 3): only has:code'],
    ['upvotes:many', 'not a number of upvotes'],
    ['author:—', 'no name in it'],
    ['—', '“—” (at 1): no word in it that can be matched.'],
    ['state of the art', '“of” (at 7): no word in it that can be matched, only common ones; a phrase goes in quotes.'],
    ['robots (arms or legs', '“(arms or legs” (at 8): a parenthesis is not closed; close it, or leave it out.'],
    ['robots (', '“(” (at 8): a parenthesis is not closed; close it, or leave it out.'],
    ['robots ()', '“()” (at 8): nothing stands inside.'],
    ['robots) arms', '“)” (at 7): it closes no parenthesis; leave it out.'],
    ['x'.repeat(301), 'too long'],
  ])('“%s” is refused with words that show the place', (query, why) => {
    expect(() => parseTopic(query)).toThrow(why);
  });

  test('gives its words to the search, without the conditions', () => {
    expect(searchWords(parseTopic('attention ("state space" or title:mamba) -survey cat:cs.CL'))).toBe('attention state space mamba');
  });

  test.each([
    ['attention', undefined],
    ['quantum attention survey', 'no “quantum”, no “survey”'],
    ['attention -transformers', 'has “transformers”'],
    ['quantum cat:cs.CV or survey', 'no “survey”'],
    ['attention -(transformers or cat:math)', 'has “transformers”, has category math'],
    ['attention -(transformers cat:math)', 'has “transformers”'],
    ['title:transformers (quantum or survey cat:cs.CV)', 'no “transformers” in the title, no “quantum”'],
    ['has:code upvotes:>30 author:Turing', 'no 31 upvotes or more, no author “Turing”'],
  ])('%s: says what the paper lacks: %s', (query, lack) => {
    expect(mismatch(parseTopic(query), read)).toBe(lack);
  });

  test('reads back from its own text as the same tree', () => {
    fc.assert(
      fc.property(someTopic(['state space', 'attention', 'either or', 'O(n)', 'cat:x', '-minus', 'c++', 'K-means', 'don’t'], ['Ada Lovelace', 'García']), (root) => {
        const printed = printTopic(root);
        fc.pre(printed.length <= 300);
        expect(parseTopic(printed).root).toEqual(root);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is typed is read or refused with words, never with a crash', () => {
    const piece = fc.constantFrom('(', ')', '-', '"', 'or', ' ', 'cat:', 'cs.CL', 'author:', 'title:', 'attention', 'upvotes:>', '9', 'of', 'é', ':');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          const { root } = parseTopic(pieces.join(''));
          expect(parseTopic(printTopic(root)).root).toEqual(root);
        } catch (error) {
          expect(error).toHaveProperty('name', 'UserError');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('papers on one shelf are matched as each is alone', () => {
  const lines = readFileSync(new URL('../fixtures/search/papers.jsonl', import.meta.url), 'utf8').trim().split('\n').slice(0, 32);
  const papers = lines.map((line) => readMatchable(aPaper(JSON.parse(line) as Partial<Paper>)));
  const shelf = makeShelf(papers);
  for (const query of ['model', '"neural network"', 'learning -deep', 'title:learning or cat:cs', '-model (network or theory)']) {
    const { root, ...topic } = parseTopic(query);
    const alone = papers.flatMap((one, i) => (matches({ ...topic, root }, one) ? [i] : []));
    expect(papers.flatMap((_, i) => ((matching(root, shelf) >>> i) & 1 ? [i] : [])), query).toEqual(alone);
    expect(alone.length, query).toBeGreaterThan(0);
  }
});
