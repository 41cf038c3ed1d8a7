import { expect, test } from 'vitest';
import { morePapersDoc, noPaperDoc, previewDoc } from '../../src/core/linked.ts';
import { aPaper, wordsIn } from '../support/factories.ts';

const paper = aPaper({ title: 'On $\\alpha$', abstract: 'We propose a thing. It works.', authors: ['A B', 'C D', 'E F', 'G H', 'I J'], version: 3 });
const lines = (...more: Parameters<typeof previewDoc>) => wordsIn(previewDoc(...more)).split('\n').filter(Boolean);

test('a preview has title, authors, date and one line', () => {
  const doc = previewDoc(paper, undefined, { saves: 0 });
  expect(wordsIn(doc).split('\n').filter(Boolean)).toEqual(['On α', 'A B, C D, E F and 2 others', '24 July 2026', 'We propose a thing.']);
  expect(doc.summary).toBe('On α, by A B, C D, E F and 2 others.');
  expect(doc.actions).toEqual([
    { label: 'Save', says: 'Save: On α', call: { name: 'paper', text: `save id:${paper.id}` } },
    { label: 'Details', says: 'Details of On α', call: { name: 'paper', text: `id:${paper.id}` } },
  ]);
});

test.each<[string, Parameters<typeof previewDoc>[2], string[]]>([
  ['posted and saved', { posted: { on: '2026-05-04' }, saves: 3 }, ['Posted here on 4 May 2026, saved by 3 people.']],
  ['posted alone', { posted: { on: '2026-05-04' }, saves: 0 }, ['Posted here on 4 May 2026.']],
  ['saved alone', { saves: 1 }, ['Saved here by 1 person.']],
  ['neither', { saves: 0 }, []],
])('it says what the channel knows of the paper: %s', (_, seen, said) => {
  expect(lines(paper, undefined, seen).slice(4)).toEqual(said);
});

test('the day links to the post, where that is known', () => {
  const doc = previewDoc(paper, undefined, { posted: { on: '2026-05-04', url: 'https://example.slack.com/archives/C1/p1' }, saves: 0 });
  expect(doc.blocks.at(-1)).toEqual({ kind: 'note', spans: ['Posted here on ', { text: '4 May 2026', url: 'https://example.slack.com/archives/C1/p1' }, '.'] });
});

test.each([
  [1, ['Version 3 is out; the link is to version 1.']],
  [3, []],
  [4, []],
  [undefined, []],
])('a link to version %s of a paper in version 3 says %j', (linked, said) => {
  expect(lines(paper, linked, { saves: 0 }).slice(4)).toEqual(said);
});

test('a withdrawn paper says so in its title and below', () => {
  const doc = previewDoc({ ...paper, withdrawn: true }, undefined, { saves: 0 });
  expect(wordsIn(doc)).toMatch(/^\nWithdrawn: On α\n[^]*\nThis paper was withdrawn by its authors/);
  expect(doc.summary).toMatch(/^Withdrawn: On α, by/);
  // Its newest version is no paper to go on to.
  expect(wordsIn(previewDoc({ ...paper, withdrawn: true }, 1, { saves: 0 }))).not.toContain('is out');
});

test('a paper without authors, date and abstract is its title', () => {
  expect(lines(aPaper({ authors: [], publishedOn: null, abstract: '' }), undefined, { saves: 0 })).toEqual(['Attention is what you make of it']);
});

test('who looks up a message without a paper is told what to do, and with many, how many there are', () => {
  expect(wordsIn(noPaperDoc())).toMatch(/no link to a paper[^]*looked up by its title with \/paper/);
  expect(wordsIn(morePapersDoc(7, 3))).toContain('That message has 7 papers; these are the first 3.');
});
