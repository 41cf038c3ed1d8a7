import { expect, test } from 'vitest';
import { precisionAt, spearman } from '../../bench/orders.ts';

test('precision counts what is among the first by both, and ties for a place by their share of it', () => {
  expect(precisionAt(2, [9, 8, 1, 0], [1, 5, 7, 0])).toBe(0.5);
  expect(precisionAt(1, [3, 3, 0], [5, 1, 1])).toBe(0.5);
  expect(precisionAt(5, [1, 2], [2, 1])).toBe(1);
});

test('the rank correlation is 1 for the same order, -1 for the opposite, and takes ties at their mean rank', () => {
  expect(spearman([1, 2, 30], [10, 11, 12])).toBeCloseTo(1);
  expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  expect(spearman([1, 1, 2], [1, 2, 3])).toBeCloseTo(Math.sqrt(3) / 2);
  expect(spearman([1, 1], [1, 2])).toBeNaN();
});
