import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, leaningInWords, leanings, makeTaste, swayed, SWAY, TASTE_HALF_LIFE, type Opinion, type Stems } from '../../src/core/taste.ts';
import { readWords } from '../../src/core/words.ts';

const NOW = new Date('2026-07-27T09:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** Papers of a few words, as equals: each word weighs 1, and is rare. */
const PAPERS: Record<number, string> = {
  1: 'sparse attention kernels for transformers',
  2: 'sparse attention kernels for long transformers',
  3: 'robots fold laundry with tactile grippers',
  4: 'robots fold laundry with soft grippers',
  5: 'protein structures from evolution',
};
const stemsOf = (text: string): Stems => new Map(readWords(text).flatMap(({ parts }) => parts.map(({ hash }) => [hash, 1])));
const stems = new Map(Object.entries(PAPERS).map(([id, text]) => [Number(id), stemsOf(text)]));
const postings = layOut(stems);

const liked = (paperId: number, more: Partial<Opinion> = {}): Opinion => ({ paperId, liked: true, saved: true, at: NOW, ...more });
const not = (paperId: number, more: Partial<Opinion> = {}): Opinion => liked(paperId, { liked: false, saved: false, ...more });
const found = (...opinions: Opinion[]) => leanings(makeTaste(opinions, stems, () => 1, NOW), postings);

describe('a channel’s taste', () => {
  test('goes for what is like a paper that was saved, and against what is like one that wasn’t for it', () => {
    const all = found(liked(1), not(3));
    expect(all.get(2)!.affinity).toBeGreaterThan(0.5);
    expect(all.get(4)!.affinity).toBeLessThan(-0.5);
    expect(all.has(5)).toBe(false);
  });

  test('counts a saved paper no second time for being like itself, and one that isn’t for it at once', () => {
    expect(found(liked(1)).has(1)).toBe(false);
    expect(found(not(1)).get(1)!.affinity).toBe(-1);
  });

  test('halves with each half-life', () => {
    const now = found(liked(1)).get(2)!.affinity;
    expect(found(liked(1, { at: daysAgo(TASTE_HALF_LIFE) })).get(2)!.affinity).toBeCloseTo(now / 2);
    expect(found(liked(1, { at: daysAgo(-3) })).get(2)!.affinity).toBe(now);
  });

  test('knows nothing from a paper that is not in the index, or of which every word is common', () => {
    expect(found(liked(99)).size).toBe(0);
    expect(makeTaste([liked(1)], stems, () => 0, NOW)).toEqual([]);
  });

  test('never takes more from a score, or gives more, than its share', () => {
    const opinion = fc.record({ paperId: fc.integer({ min: 1, max: 5 }), liked: fc.boolean(), saved: fc.boolean(), at: fc.date({ min: daysAgo(400), max: daysAgo(-1), noInvalidDate: true }) });
    fc.assert(
      fc.property(fc.array(opinion, { maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (opinions, score) => {
        for (const leaning of found(...opinions).values()) {
          expect(Math.abs(leaning.affinity)).toBeLessThanOrEqual(1);
          expect(swayed(score, leaning)).toBeGreaterThanOrEqual(score * (1 - SWAY));
          expect(swayed(score, leaning)).toBeLessThanOrEqual(score * (1 + SWAY));
        }
      }),
    );
    expect(swayed(0.4, undefined)).toBe(0.4);
  });
});

describe('the reason', () => {
  test.each<[Opinion[], number, string[]]>([
    [[liked(1)], 2, ['like 1 you saved']],
    [[liked(1), liked(2)], 1, ['like 1 you saved']],
    [[liked(1), liked(2)], 2, ['like 1 you saved']],
    [[liked(3, { saved: false }), liked(4)], 4, ['like 1 you liked']],
    [[not(3)], 4, ['like 1 that wasn’t for you']],
    [[not(3), not(4)], 4, ['like 2 that weren’t for you']],
    [[liked(1, { at: daysAgo(170) })], 2, []],
    [[liked(1)], 5, []],
  ])('%j, of paper %i: %j', (opinions, paper, expected) => {
    expect(leaningInWords(found(...opinions).get(paper))).toEqual(expected);
  });

  test('says so where a paper is a little like several, and really like none', () => {
    expect(leaningInWords({ affinity: 0.3, liked: 0, disliked: 0, saved: true })).toEqual(['a little like what you saved']);
    expect(leaningInWords({ affinity: -0.3, liked: 0, disliked: 0, saved: true })).toEqual(['a little like what wasn’t for you']);
  });
});
