import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inShort, sentencesOf, tellingSentence } from '../../src/core/summary.ts';
import { plain } from '../../src/core/text.ts';
import { aPaper } from '../support/factories.ts';

const REAL = ['edge-cases.jsonl', 'search/papers.jsonl'].flatMap((file) =>
  readFileSync(`test/fixtures/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; title: string; abstract: string | null }),
);
const real = (id: string) => {
  const { title, abstract } = REAL.find((paper) => paper.id === id)!;
  return { title: plain(title), abstract: plain(abstract ?? '') };
};

describe('sentences', () => {
  test.each([
    ['We compare tools, e.g. Lean and Coq. They agree.', 2],
    ['P vs. NP is open. So is this.', 2],
    ['GPT-4.1 beats Qwen2.5 by 3.2 points. See Fig. 2 for more. Hsu et al. (2005) and Yoon et al. found less.', 3],
    ['It works (see Sec. 3. There it is shown.). It does!', 2],
    ['Does it? Yes. No', 3],
    ['As x → 0.5, f(x) grows like O(n log n). We prove it.', 2],
    ['', 0],
  ])('%s', (text, count) => {
    const sentences = sentencesOf(text);
    expect(sentences).toHaveLength(count);
    expect(sentences.join(' ')).toBe(text);
  });

  test.each([
    ['0704.0229', 8, '“P vs. NP”, twice'],
    ['1401.4691', 7, '“(e.g. Coxian” and LaTeX'],
    ['1310.1448', 3, '“(Kärkkäinen et al. CPM 2013)”'],
    ['2503.12780', 8, 'examples in quotes and brackets, with full stops of their own'],
  ])('of %s are %i: %s', (id, count) => {
    expect(sentencesOf(real(id).abstract)).toHaveLength(count);
  });

  test('of real abstracts lose nothing', () => {
    for (const { abstract } of REAL) {
      const text = plain(abstract ?? '');
      expect(sentencesOf(text).join(' ').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });

  test('end although a bracket is never closed', () => {
    const sentences = sentencesOf(`It begins (and never ends. ${'Another sentence follows here. '.repeat(40)}`);
    expect(Math.max(...sentences.map((one) => one.length))).toBeLessThan(700);
  });
});

describe('the most telling sentence', () => {
  test.each([
    ['1401.4691', /^This paper presents a method for calculating steady state probabilities of M\|Eᵣ\|c\|K queueing systems\.$/],
    ['1310.1448', /^We present a new algorithm for computing the Lempel-Ziv Factorization/],
    ['2512.13961', /^We introduce Olmo 3, a family of state-of-the-art/],
    ['1810.04805', /^We introduce a new language representation model called BERT/],
  ])('of %s says what the paper is', (id, sentence) => {
    const { title, abstract } = real(id);
    expect(tellingSentence(title, abstract)).toMatch(sentence);
  });

  test('passes over the background and over where the code is', () => {
    const abstract = 'Long context is important. We propose retrieval heads for long context. We release code and models at https://example.com/heads.';
    expect(tellingSentence('Retrieval heads', abstract)).toBe('We propose retrieval heads for long context.');
  });

  test('is there for every real abstract with a sentence, and is one of its sentences', () => {
    for (const { id } of REAL) {
      const { title, abstract } = real(id);
      const sentence = tellingSentence(title, abstract);
      expect(abstract).toContain(sentence);
      expect(Boolean(sentence)).toBe(Boolean(abstract));
    }
  });
});

describe('a paper in short', () => {
  test('is a sentence of its abstract, readable', () => {
    const paper = aPaper({ title: 'Fast sums', abstract: 'Sums are slow. We present an algorithm in $O(n^2)$ for sums.' });
    expect(inShort(paper)).toBe('We present an algorithm in O(n²) for sums.');
  });

  test('is what its source says in short, where it does', () => {
    const paper = aPaper({ summary: 'Sums in $O(n^2)$, fast.\n', abstract: 'We present an algorithm.' });
    expect(inShort(paper)).toBe('Sums in O(n²), fast.');
    expect(inShort({ ...paper, summary: '\u200b' })).toBe('We present an algorithm.');
  });

  test('is nothing without an abstract', () => {
    expect(inShort(aPaper({ abstract: '' }))).toBe('');
  });
});
