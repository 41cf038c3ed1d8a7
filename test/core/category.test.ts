import { expect, test } from 'vitest';
import { canonicalCategory, categoryName, isCategory, nearCategories, readCategories } from '../../src/core/category.ts';
import { CATEGORY_ALIASES, CATEGORY_NAMES } from '../../src/core/category-names.ts';

test('a category is known in any case and under each of its aliases', () => {
  expect(canonicalCategory('cs.CL')).toBe('cs.CL');
  expect(canonicalCategory(' CS.cl ')).toBe('cs.CL');
  expect(canonicalCategory('math.MP')).toBe('math-ph');
  expect(canonicalCategory('cs.SY')).toBe('eess.SY');
  expect(canonicalCategory('cmp-lg')).toBe('cs.CL');
  expect(categoryName('stat.TH')).toBe('Statistics Theory');
  expect(isCategory('cs.XX')).toBe(false);
  expect(isCategory('constructor')).toBe(false);
});

test('every alias leads to a category, and the 155 active ones are all there', () => {
  for (const code of Object.values(CATEGORY_ALIASES)) expect(CATEGORY_NAMES[code]).toBeTruthy();
  const twins = Object.keys(CATEGORY_ALIASES).filter((code) => ['math.MP', 'stat.TH', 'math.IT', 'cs.SY', 'cs.NA', 'q-fin.EC'].includes(code));
  const wholeArchives = ['astro-ph', 'cond-mat', 'q-bio'];
  expect(Object.keys(CATEGORY_NAMES).length - wholeArchives.length + twins.length).toBe(155);
});

test('a mistyped category finds its neighbours, the nearest first', () => {
  expect(nearCategories('cs.CLL')[0]).toBe('cs.CL');
  expect(nearCategories('quant.ph')[0]).toBe('quant-ph');
  expect(nearCategories('something else entirely')).toEqual([]);
});

test('classes of other schemes are dropped from a paper, and twins become one', () => {
  expect(readCategories(['cs.CL', 'I.2.7; I.2.6', '68T50 (Primary) 68T07', 'cs.SY', 'eess.SY', ''])).toEqual(['cs.CL', 'eess.SY']);
});
