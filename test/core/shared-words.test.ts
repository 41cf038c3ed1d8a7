import { describe, expect, test } from 'vitest';
import { sharedWords } from '../../src/core/shared-words.ts';
import { readWords } from '../../src/core/words.ts';

/** How telling words are, by how they are written. */
function telling(words: Record<string, number>): Map<number, number> {
  return new Map(Object.entries(words).map(([word, points]) => [readWords(word)[0]!.parts[0]!.hash, points]));
}

const paper = (title: string, abstract = '') => ({ title, abstract });

describe('what two papers share', () => {
  const points = telling({ retrieval: 5, heads: 4, long: 2, context: 3, attention: 3, models: 1 });

  test('neighbours come before single words, the most telling first', () => {
    const one = paper('Retrieval heads in long context', 'Attention in models.');
    const other = paper('Why retrieval heads matter', 'Their attention to a long context.');
    expect(sharedWords(one, other, points, 3)).toEqual(['retrieval heads', 'long context', 'attention']);
    expect(sharedWords(one, other, points, 1)).toEqual(['retrieval heads']);
  });

  test('words are shown as they are written, not as stems, in the plainest form', () => {
    const one = paper('RETRIEVAL HEADS', 'A retrieval head is found in a head.');
    expect(sharedWords(one, paper('Retrieval Heads', 'Each retrieval head.'), points, 3)).toEqual(['retrieval head']);
  });

  test('neighbours in one paper that stand apart in the other are single words', () => {
    expect(sharedWords(paper('Retrieval heads'), paper('Heads without retrieval'), points, 3)).toEqual(['retrieval', 'heads']);
    expect(sharedWords(paper('Retrieval. Heads'), paper('Retrieval, heads'), points, 3)).toEqual(['Retrieval', 'heads']);
  });

  test('a hyphen holds neighbours together as a space does', () => {
    expect(sharedWords(paper('Text-to-image models'), paper('From text-to-image to text'), telling({ text: 2, image: 2 }), 3)).toEqual(['text-to-image']);
    expect(sharedWords(paper('Long-context attention'), paper('Attention over a long context'), points, 3)[0]).toMatch(/^long[- ]context$/i);
  });

  test('what tells far less than the first is left out, and so are words that nobody asked for', () => {
    expect(sharedWords(paper('Retrieval models and robots'), paper('Robots, models, retrieval'), points, 3)).toEqual(['retrieval']);
    expect(sharedWords(paper('Robots'), paper('Robots'), points, 3)).toEqual([]);
  });

  test('LaTeX is made readable', () => {
    const words = telling({ ball: 3 });
    expect(sharedWords(paper('The $\\ell_2$ ball'), paper('An $\\ell_2$-ball'), words, 3)).toEqual(['ball']);
  });
});
