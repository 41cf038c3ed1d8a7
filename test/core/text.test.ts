import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, count, listed, plain, tidy, titleKey } from '../../src/core/text.ts';

describe('plain text', () => {
  test.each([
    ['propositional $\\mu$-calculus', 'propositional μ-calculus'],
    ['Crossing Number of $K_n$', 'Crossing Number of Kₙ'],
    ['$P \\ne NP$, and resolution', 'P ≠ NP, and resolution'],
    ['in Time $O (m^{1.31})$', 'in Time O (m^1.31)'],
    ['the product $B^{-1}X$', 'the product B⁻¹X'],
    ['space $L^2(\\mathbb{C}, \\mathrm{e}^{-|z|^2})$', 'space L²(ℂ, e^(−|z|²))'],
    ['The \\textsc{ParseTalk} Grammar', 'The ParseTalk Grammar'],
    ['a {\\em finite sample} setting', 'a finite sample setting'],
    ['structure homog\\`{e}ne', 'structure homogène'],
    ['Ordena\\c{c}\\~ao em \\\'Arvores', 'Ordenação em Árvores'],
    ['Focus on ``only\'\'', 'Focus on "only"'],
    ['Multi &#8211; Signature', 'Multi – Signature'],
    ['IEEE~802.11 at least~$k$', 'IEEE 802.11 at least k'],
    ['100\\% of A \\& B', '100% of A & B'],
  ])('is made of %s', (source, readable) => {
    expect(plain(source)).toBe(readable);
  });

  test.each(['snake_case and kebab-case', 'C++ *and* ~tilde', 'from $5 million to $7 million', '0', 'a < b > c', '@everyone <!channel> #1', 'R^2 without dollars'])(
    'leaves %j as it is',
    (source) => expect(plain(source)).toBe(source),
  );

  test('keeps something of every awkward title, with nothing invisible and no LaTeX delimiters around mathematics', () => {
    const rows = readFileSync(new URL('../fixtures/edge-cases.jsonl', import.meta.url), 'utf8').split('\n').filter(Boolean);
    expect(rows.length).toBe(310);
    for (const row of rows) {
      const { title, case: why } = JSON.parse(row) as { title: string; case: string };
      const text = plain(title);
      expect(text, title).not.toBe('');
      expect(text).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\ue000\ue001]|\s\s/u);
      if (why === 'latex_title') expect(text, title).not.toMatch(/\$[^$]*\$/);
      expect(titleKey(title), title).not.toBe('');
    }
  });

  test('is never empty for visible text, never holds control characters, and is the same the second time it is tidied', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (source) => {
        const text = plain(source);
        if (tidy(source)) expect(text).not.toBe('');
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(text.isWellFormed()).toBe(true);
        expect(tidy(tidy(source))).toBe(tidy(source));
      }),
    );
  });
});

test('tidy text is on one line, without NUL, direction overrides or halves of characters', () => {
  expect(tidy(' a\n  b\u0000\u202ec\ud800 \t')).toBe('a bc\ufffd');
});

describe('a cut', () => {
  test('is never longer than asked for, goes between graphemes, and shows', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('a family 👨‍👩‍👧‍👦 of four', 14)).toBe('a family…');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, most) => clip(text, most).length <= most));
  });
});

test('titles that differ in case, accents, LaTeX and punctuation have one key', () => {
  expect(titleKey('On the $\\mu$-Calculus: Théorie!')).toBe(titleKey('on the μ calculus  theorie'));
  expect(titleKey('Rejoinder')).not.toBe(titleKey('Rejoinders'));
});

test('counts and lists read as sentences do', () => {
  expect([count(1, 'paper'), count(1200, 'paper')]).toEqual(['1 paper', '1,200 papers']);
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
