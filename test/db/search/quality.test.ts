import { describe, expect, test } from 'vitest';
import { titleKey } from '../../../src/core/text.ts';
import { readFixture, useLibrary } from './library.ts';

const FILES = ['search/papers.jsonl', 'edge-cases.jsonl'];

describe('search over real papers', () => {
  const library = useLibrary(...FILES);
  const find = (text: string, more = {}) => library.find(text, more);
  const isRelaxed = (text: string) => library.isRelaxed(text);

  const papers = FILES.flatMap((file) => readFixture(file));
  test('the exact title always comes first, with prior and without', { timeout: 120_000 }, async () => {
    const ids = new Map<string, string[]>();
    for (const { title, arxivId, id } of papers) ids.set(titleKey(title), [...(ids.get(titleKey(title)) ?? []), arxivId ?? id]);
    const missed: string[] = [];
    for (const { title } of papers) {
      for (const prior of [true, false]) {
        const [first] = await find(title, { limit: 1, prior });
        if (!first || !ids.get(titleKey(title))!.includes(first)) missed.push(title);
      }
    }
    expect(missed).toEqual([]);
  });

  test.each([
    // one word
    ['registers', '0612025'],
    ['ptarithmetic', '0902.2969'],
    ['cybermatter', '0911.2603'],
    // two to four words
    ['attention span', '1608.00147'],
    ['graph neural lasso', '1907.11114'],
    ['team coordination robots', '1805.03737'],
    ['speech recognition mandarin transformer', '1804.10752'],
    ['conversational question answering', '1905.05412'],
    // hyphens, apart, joined, and left out
    ['pre-training bert', '1810.04805'],
    ['pretraining bert', '1810.04805'],
    ['pre training bert', '1810.04805'],
    ['xlnet speech pre-training', '1910.10387'],
    ['m-sophistication', '1001.4687'],
    ['swi prolog', '1011.5332'],
    // names of models and languages
    ['GPT-4o jaw cysts', '2510.02001'],
    ['gpt4o jaw cysts', '2510.02001'],
    ['parallel lattice computations in c++', '0004007'],
    ['C++ agent based modelling', '0401026'],
    // acronyms and their plurals
    ['MLLM GUI', '2503.14021'],
    ['MLLMs GUI', '2503.14021'],
    ['RAG tuning LLM', '2503.16071'],
    ['LoRA vision', '2503.20680'],
    // plural and singular, other endings
    ['galois transformer', '1411.3962'],
    ['visualising attentions in transformers', '1904.02679'],
    // accents and LaTeX, as they are and as people type them
    ['deja vu memorization', '2504.05651'],
    ['Déjà vu', '2504.05651'],
    ['mjolnir lightning', '2504.19822'],
    ['smorrebrod danish', '2504.01540'],
    ['bezier contour', '2505.05132'],
    ['algèbre linéaire C++', '1103.3020'],
    ['omega-regular linear-time properties', '0511023'],
    ['ω-regular linear-time properties', '0511023'],
    ['\\omega-regular probabilistic channel', '0511023'],
    ['erdos sos', '2512.10190'],
    // who wrote it: a family name, with the given name before or behind, with a word of the paper
    ['knuth textbook recursion', '9301113'],
    ['Knuth digitized angles', '9301112'],
    ['Toby Ord', '0301274'],
    ['ord toby', '0301274'],
    ['Hemaspaandra voting', '0504075'],
    ['guirardel limit groups', '0307049'],
    // words in the order of the title
    ['attention is not all you need', '2505.06633'],
    ['model of the articulatory features', '1907.01914'],
    // sentences
    ['how can reinforcement learning be used to route packets adaptively in a network?', '0703138'],
    ['does BERT resist gradient attacks on twitter sentiment classifiers', '2504.01345'],
  ])('%s finds %s first', async (text, id) => {
    const [first] = await find(text);
    expect(first?.replace(/^.*\//, '')).toBe(id);
  });

  test('a phrase in its order comes before the same words apart', async () => {
    const [first] = await find('differential equations fractional diffusion', { prior: false });
    const [other] = await find('fractional diffusion equations', { prior: false });
    expect(['cs/0311011', 'cs/0408053']).toContain(other);
    expect(['cs/0311011', 'cs/0408053']).toContain(first);
  });

  test.each([['attention transformer zzyzzx'], ['quaternion swimming pools for attention'], ['atention']])('%s is answered, and said to be relaxed', async (text) => {
    expect(await find(text)).not.toEqual([]);
    expect(await isRelaxed(text)).toBe(true);
  });

  test.each([
    ['atention', 'attention'],
    ['transfomer', 'transformer'],
    ['reinforcment lerning', 'reinforcement learning'],
    // a slip in the first letters, letters in the wrong order, one too many, and two slips in a long word
    ['tarnsformer', 'transformer'],
    ['rtansformer', 'transformer'],
    ['llanguage', 'language'],
    ['convulotional', 'convolutional'],
  ])('%s is taken for %s', async (typo, meant) => {
    expect((await find(typo))[0]).toBe((await find(meant))[0]);
  });

  test('a name finds what its bearer wrote, and a word that is also a given name finds its papers', async () => {
    const knuth = await find('knuth', { limit: 20 });
    expect(knuth.sort()).toEqual(['cs/9301111', 'cs/9301112', 'cs/9301113', 'cs/9301114', 'cs/9301115', 'cs/9301116', 'cs/9401102']);
    expect(await isRelaxed('Donald Knuth')).toBe(false);
    const marks = await find('mark', { limit: 20, prior: false });
    expect(marks).not.toContain('cs/0008028');
  });

  test('what has all the words is not relaxed', async () => {
    expect(await isRelaxed('graph neural networks')).toBe(false);
    expect(await isRelaxed('GPT-4o')).toBe(false);
  });

  test('a page follows the one before it, without a gap or a repetition', async () => {
    const all = await find('learning models', { limit: 30 });
    const pages = [await find('learning models', { limit: 10 }), await find('learning models', { limit: 10, offset: 10 }), await find('learning models', { limit: 10, offset: 20 })];
    expect(pages.flat()).toEqual(all);
    expect(new Set(all).size).toBe(30);
  });

  test('since leaves out what is older, and what has no date', async () => {
    const recent = await find('attention', { since: '2025-01-01', limit: 50 });
    expect(recent).toContain('2505.06633');
    expect(recent).not.toContain('1608.00147');
    expect(await find('attention', { since: '2030-01-01' })).toEqual([]);
  });
});
