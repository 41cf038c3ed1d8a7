import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPaperIds, paperLinks, readPaperId } from '../../src/core/paper-id.ts';

describe('an arXiv id', () => {
  test.each([
    '2607.01234', 'arXiv:2607.01234', 'arxiv: 2607.01234', 'ARXIV:2607.01234', ' 2607.01234 ', '2607.01234.',
    '<https://arxiv.org/abs/2607.01234>', '(arXiv:2607.01234),', 'https://arxiv.org/abs/2607.01234', 'http://www.arxiv.org/abs/2607.01234/',
    'arxiv.org/pdf/2607.01234', 'https://arxiv.org/pdf/2607.01234.pdf', 'https://export.arxiv.org/abs/2607.01234?context=cs.CL#x',
    'https://arxiv.org/html/2607.01234', 'https://hf.co/papers/2607.01234', 'https://huggingface.co/papers/2607.01234#community',
    'huggingface.co/papers/2607.01234', 'https://www.alphaxiv.org/abs/2607.01234', 'https://alphaxiv.org/overview/2607.01234', 'https://www.alphaxiv.org/zh/overview/2607.01234',
    'https://doi.org/10.48550%2FarXiv.2607.01234', 'https://arxiv.org/src/2607.01234', 'https://huggingface.co/papers/2607.01234.md', 'https://www.alphaxiv.org/audio/2607.01234',
    '10.48550/arXiv.2607.01234', 'doi:10.48550/arxiv.2607.01234', 'https://doi.org/10.48550/arXiv.2607.01234',
  ])('is read from %s', (written) => {
    expect(readPaperId(written)).toEqual({ arxivId: '2607.01234' });
  }); // prettier-ignore

  test.each(['2607.01234v3', 'arXiv:2607.01234V3', 'https://arxiv.org/pdf/2607.01234v3.pdf', 'https://arxiv.org/html/2607.01234v3'])(
    'is read with its version from %s',
    (written) => expect(readPaperId(written)).toEqual({ arxivId: '2607.01234', version: 3 }),
  );

  test.each([
    ['cs/0112017', 'cs/0112017'], ['arXiv:CS/0112017', 'cs/0112017'], ['math.GT/0309136', 'math/0309136'],
    ['https://arxiv.org/abs/math.GT/0309136', 'math/0309136'], ['https://arxiv.org/pdf/cmp-lg/9404007.pdf', 'cmp-lg/9404007'],
    ['astro-ph/0601001', 'astro-ph/0601001'], ['0704.0001', '0704.0001'], ['1412.9999', '1412.9999'],
  ])('of the old styles is read: %s', (written, arxivId) => {
    expect(readPaperId(written)).toEqual({ arxivId });
  }); // prettier-ignore

  test.each([
    '', 'attention', '2607', '2607.123', '2613.01234', '2600.01234', '0000.0000', '0703.1234', '1412.99999', '1501.1234', '2607.012345',
    'see 2607.01234', '2607.01234 and 2607.01235', 'https://example.org/abs/2607.01234', 'https://arxiv.org/list/cs.CL/recent',
    '2607.01234v0', 'foo/0112017', 'cs/0113017', 'cs/011201', 'https://evil.org/https://arxiv.org/abs/2607.01234', '3.14159',
  ])('is not seen in %j', (text) => {
    expect(readPaperId(text)).toBeUndefined();
  }); // prettier-ignore

  test('comes back from every way to write it', () => {
    const id = fc.tuple(fc.integer({ min: 15, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99_999 }), fc.option(fc.integer({ min: 1, max: 99 })));
    const wrap = fc.constantFrom('', 'arXiv:', 'https://arxiv.org/abs/', 'http://arxiv.org/pdf/', 'hf.co/papers/', '10.48550/arXiv.', 'https://alphaxiv.org/abs/');
    fc.assert(
      fc.property(id, wrap, ([year, month, number, version], before) => {
        const arxivId = `${year}${String(month).padStart(2, '0')}.${String(number).padStart(5, '0')}`;
        const written = before + arxivId + (version ? `v${version}` : '');
        expect(readPaperId(written)).toEqual(version ? { arxivId, version } : { arxivId });
      }),
    );
  });

  test('is looked for in any text without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void readPaperId(text)));
    expect(readPaperId(`arxiv:${'/'.repeat(1_000_000)}`)).toBeUndefined();
    expect(readPaperId(`${'a-'.repeat(140)}/0112017`)).toBeUndefined();
  });
});

describe('the papers of a text', () => {
  const ids = (text: string) => findPaperIds(text).map(({ arxivId, version }) => arxivId + (version ? `v${version}` : ''));

  test.each([
    ['have you seen https://arxiv.org/abs/2607.01234?', ['2607.01234']],
    ['**[Title](<https://arxiv.org/pdf/2607.01234v2>)**\n1. 2607.01235, cs/0112017; (arXiv:2607.01236)', ['2607.01234v2', '2607.01235', 'cs/0112017', '2607.01236']],
    ['“https://huggingface.co/papers/2607.01234”、https://doi.org/10.48550/arXiv.2607.01235。', ['2607.01234', '2607.01235']],
    ['https://arxiv.org/abs/2607.01234?utm_source=x_y and again arXiv: 2607.01234v3', ['2607.01234']],
    ['||https://www.alphaxiv.org/abs/2607.01234|| `2607.01235` _2607.01236_', ['2607.01234', '2607.01235', '2607.01236']],
    ['https://arxiv.org/list/cs.CL/recent https://example.org/?to=https://arxiv.org/abs/2607.01234 at 3.14159', []],
    ['', []],
  ])('%j', (text, found) => expect(ids(text)).toEqual(found));

  test('are found in a long one', () => {
    expect(ids('arxiv.org/abs/'.repeat(10_000) + ' 2607.01234 '.repeat(10_000))).toEqual(['2607.01234']);
  });
});

test('an arXiv paper has links to arXiv, its PDF and Hugging Face; of the old style, Hugging Face has none', () => {
  expect(paperLinks({ arxivId: '2607.01234', url: 'https://example.org', title: 'T' })).toEqual({
    page: 'https://arxiv.org/abs/2607.01234',
    pdf: 'https://arxiv.org/pdf/2607.01234',
    huggingFace: 'https://huggingface.co/papers/2607.01234',
  });
  expect(paperLinks({ arxivId: 'cs/0112017', url: null, title: 'T' })).not.toHaveProperty('huggingFace');
  expect(paperLinks({ arxivId: null, url: 'https://example.org', title: 'T' })).toEqual({ page: 'https://example.org' });
  expect(paperLinks({ arxivId: null, url: null, title: 'What & why?' })).toEqual({ page: 'https://arxiv.org/search/?searchtype=title&query=What%20%26%20why%3F' });
});
