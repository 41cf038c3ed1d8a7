import { expect, test } from 'vitest';
import { learntStems, spellings } from '../../src/core/taste-words.ts';
import type { Exemplar } from '../../src/core/taste.ts';
import { readWords } from '../../src/core/words.ts';

const hash = (word: string) => readWords(word)[0]!.parts[0]!.hash;
const exemplar = (worth: number, words: Record<string, number>): Exemplar => ({ paperId: 1, worth, saved: true, telling: new Map(Object.entries(words).map(([word, share]) => [hash(word), share])) });
const spell = (texts: string[], ...words: string[]) => {
  const known = spellings(texts, new Set(words.map(hash)));
  return words.map((word) => known.get(hash(word)));
};

test('what several papers share comes before an odd word of one, and what is for and against is weighed up', () => {
  const taste = [exemplar(1, { attention: 0.2, zebra: 0.3, robots: 0.1 }), exemplar(0.9, { attention: 0.2 }), exemplar(-1, { robots: 0.4, laundry: 0.2 })];
  expect(learntStems(taste, 5)).toEqual({ for: ['attention', 'zebra'].map(hash), against: ['robots', 'laundry'].map(hash) });
  expect(learntStems(taste, 1)).toEqual({ for: [hash('attention')], against: [hash('robots')] });
  expect(learntStems([], 5)).toEqual({ for: [], against: [] });
});

test('a stem is spelled as the papers spell it', () => {
  const texts = ['Attention in LLMs', 'Transformers attend; attention helps LLMs and an LLM. Cayley graphs.'];
  expect(spell(texts, 'attention', 'LLM', 'cayley', 'transformer', 'absent')).toEqual(['attention', 'LLMs', 'Cayley', 'Transformers', undefined]);
});

test('a hyphenated word is spelled whole, and in its parts', () => {
  const [self] = readWords('self-attention');
  const known = spellings(['On self-attention'], new Set([self!.joined!.hash, self!.parts[1]!.hash]));
  expect([...known.values()].sort()).toEqual(['attention', 'self-attention']);
});
