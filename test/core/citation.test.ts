// Files for reference managers, read back by the parsers that reference managers' users have: the library that wrote them,
// and for each format another that knows nothing of it.
import { readFileSync } from 'node:fs';
import ris from '@customcommander/ris';
import { parse as parseBibtex } from '@retorquere/bibtex-parser';
import { Ajv } from 'ajv';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { citationFile, toBibtex, toCsl, toRis } from '../../src/core/citation.ts';
import { keysOf, type Cited } from '../../src/core/citation-item.ts';
import { toMarkdown } from '../../src/core/citation-markdown.ts';
import { plain } from '../../src/core/text.ts';
import { aPaper } from '../support/factories.ts';

interface Read {
  'citation-key'?: string;
  title: string;
  author?: { family?: string; given?: string; literal?: string }[];
  DOI?: string;
  URL?: string;
  note?: string;
  abstract?: string;
  issued?: { 'date-parts': number[][] };
}

/** Reads a file with Citation.js. */
async function readBack(text: string): Promise<Read[]> {
  const core = (await import('@citation-js/core')) as unknown as { plugins: { input: { chain(data: string, options: object): Read[] } } };
  return core.plugins.input.chain(text, { generateGraph: false });
}

const HOSTILE = [
  'Attention with $\\alpha_t$ and $\\mathcal{O}(n \\log n)$ cost',
  '100% of {Braces}} and \\emph{more & less} #1 ~ ^ _x_',
  'Étude sur les modèles: Gödel, Erdős and naïve 中文 ≤ ∞ 𝒳',
  '<b>Bold</b> <i>unclosed, and <script>alert("hi")</script>',
  'A -- B --- C `` quoted\'\' "straight" and back`tick',
  '}\n@article{evil, title={Injected}}',
  'TY  - JOUR\nER  - \nTY  - BOOK',
  '# Not *a* heading [link](https://example.org) ![x](y) | - [ ] 1. `code` \\',
  `A very long title ${'that goes on and on '.repeat(12)}until its end`,
  '\\',
];
const cited: Cited[] = HOSTILE.map((title, i) => ({
  paper: aPaper({ title, arxivId: `2607.0000${i}`, authors: ['Ludwig van Beethoven', 'José {Núñez}', 'The 100% & Co Team', '王小明'], categories: ['cs.CL', 'cs.LG'], abstract: `About ${title}` }),
  note: i === 1 ? 'ask {Kim} 50% & $3' : null,
}));
const titles = cited.map(({ paper }) => plain(paper.title));

describe('BibTeX', () => {
  test('gives hostile titles, names and notes back as they were', async () => {
    const back = await readBack(await toBibtex(cited));
    expect(back.map(({ title }) => title)).toEqual(titles);
    expect(back.map(({ author }) => author)).toEqual(cited.map(() => [
      { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' },
      { family: 'Núñez', given: 'José' },
      { family: 'The 100% & Co Team' },
      { family: '王小明' },
    ]));
  });

  test('has what arXiv asks for, and keys that are typed in \\cite', async () => {
    const text = await toBibtex(cited.slice(1, 2));
    expect(text).toMatch(/^@misc\{vanbeethoven2026braces,\n/);
    for (const line of ['eprint = {2607.00001}', 'archiveprefix = {arXiv}', 'primaryclass = {cs.CL}', 'doi = {10.48550/arXiv.2607.00001}', 'year = {2026}', 'url = {https://arxiv.org/abs/2607.00001}']) expect(text).toContain(line);
    expect(text).toContain('annote = {ask \\textbraceleft{}Kim\\textbraceright{} 50\\% \\& \\$3}');
  });

  test('is read by the parser of Better BibTeX without an error, and as it was meant', async () => {
    const { errors, entries } = parseBibtex(await toBibtex(cited), { sentenceCase: false });
    expect(errors).toEqual([]);
    expect(entries.map(({ type, key }) => [type, key])).toEqual(keysOf(cited).map((key) => ['misc', key]));
    const fields = entries.map((entry) => entry.fields);
    // It takes \\textasciigrave for a letter that looks like the sign.
    expect(fields.map(({ title }) => title!.replaceAll('ˋ', '`'))).toEqual(titles);
    expect(fields[1]).toMatchObject({ eprint: '2607.00001', archiveprefix: 'arXiv', primaryclass: 'cs.CL', doi: '10.48550/arXiv.2607.00001', year: '2026', annote: 'ask {Kim} 50% & $3' });
    expect(fields[0]!.author).toEqual([
      { firstName: 'Ludwig', lastName: 'Beethoven', prefix: 'van' },
      { firstName: 'José', lastName: 'Núñez' },
      { name: 'The 100% & Co Team' },
      { name: '王小明' },
    ]);
  });

  test('is ASCII in its braces: they are even, whatever a title has', async () => {
    const text = await toBibtex(cited);
    let depth = 0;
    for (const char of text) {
      depth += char === '{' ? 1 : char === '}' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text.match(/^@/gm)).toHaveLength(cited.length);
  });
});

test('RIS gives titles, names, notes and whole addresses back, one record a paper', async () => {
  const text = await toRis(cited);
  expect(text.match(/^TY {2}- /gm)).toHaveLength(cited.length);
  const back = await readBack(text);
  expect(back.map(({ title }) => title)).toEqual(titles);
  expect(back[1]).toMatchObject({ URL: 'https://arxiv.org/abs/2607.00001', DOI: '10.48550/arXiv.2607.00001', note: 'ask {Kim} 50% & $3', issued: { 'date-parts': [[2026, 7, 24]] } });
  expect(back[0]!.author!.map(({ family, literal }) => family ?? literal)).toEqual(['van Beethoven', 'Núñez', 'The 100% & Co Team', '王小明']);
});

test('RIS calls a preprint unpublished work, in tags that a second parser reads', async () => {
  const records = ris.read(await toRis(cited)) as Record<string, unknown[]>[];
  expect(records.map(({ TI }) => TI)).toEqual(titles.map((title) => [title]));
  expect(records[1]).toMatchObject({
    TY: ['UNPB'], M3: ['preprint'], PB: ['arXiv'], AN: ['arXiv:2607.00001'], DO: ['10.48550/arXiv.2607.00001'], N1: ['ask {Kim} 50% & $3'],
    DA: [{ year: '2026', month: '07', day: '24', info: '' }], PY: ['2026'], UR: ['https://arxiv.org/abs/2607.00001'],
  }); // prettier-ignore
  expect(records[0]!.AU).toMatchObject([{ last_name: 'van Beethoven', first_name: 'Ludwig' }, { last_name: 'Núñez', first_name: 'José' }, { last_name: 'The 100% & Co Team' }, { last_name: '王小明' }]);
});

test('CSL-JSON is what its schema allows', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync('test/fixtures/citation/csl-data.json', 'utf8')) as object);
  const bare = { paper: aPaper({ arxivId: null, authors: [], publishedOn: null, abstract: '', withdrawn: true }) };
  validate(JSON.parse(toCsl([...cited, bare])));
  expect(validate.errors).toBeNull();
});

test('CSL-JSON has each paper, with its note and without markup', async () => {
  const back = await readBack(toCsl(cited));
  expect(back.map(({ title }) => title)).toEqual(titles);
  expect(back[1]).toMatchObject({ note: 'ask {Kim} 50% & $3', DOI: '10.48550/arXiv.2607.00001', type: 'article' });
});

test('Markdown is one list whose links have the titles, as a Markdown reader sees them', async () => {
  const tree = fromMarkdown(await toMarkdown(cited));
  expect(tree.children.map(({ type }) => type)).toEqual(['list']);
  const items = (tree.children[0] as { children: { children: { type: string; children: { type: string; url?: string; children?: { value: string }[] }[] }[] }[] }).children;
  expect(items.map(({ children: [paragraph] }) => paragraph!.children[0]!.children!.map(({ value }) => value).join(''))).toEqual(titles);
  expect(items.map(({ children: [paragraph] }) => paragraph!.children.map(({ type }) => type).join())).toEqual(items.map(() => 'link,text'));
  expect(items[1]!.children[1]!.type).toBe('blockquote');
});

test.each([
  ['Lovelace, Ada', { family: 'Lovelace', given: 'Ada' }],
  ['van der Maaten, Laurens', { family: 'van der Maaten', given: 'Laurens' }],
  ['Martin L. King, Jr.', { family: 'King', given: 'Martin L.', suffix: 'Jr.' }],
  ['de Finetti', { literal: 'de Finetti' }],
  ['Ada and Alan', { literal: 'Ada and Alan' }],
  ['María Ñandú', { family: 'Ñandú', given: 'María' }],
  ['The CMS Collaboration', { literal: 'The CMS Collaboration' }],
])('%s is one person, or a group, in every format', async (author, name) => {
  const one = [{ paper: aPaper({ authors: [author] }) }];
  expect((JSON.parse(toCsl(one)) as Read[])[0]!.author).toEqual([name]);
  expect((await readBack(await toBibtex(one)))[0]!.author).toHaveLength(1);
});

test('a key that was typed in \\cite stays with its paper when another is saved that would have the same', () => {
  const paper = (arxivId: string) => ({ paper: aPaper({ arxivId, title: 'Same title' }) });
  const [older, newer] = [paper('2607.00001'), paper('2607.00002')];
  expect(keysOf([older])).toEqual(['lovelace2026same']);
  expect(keysOf([newer, older])).toEqual(['lovelace2026same-2', 'lovelace2026same']);
});

test('keys are each used once, also for papers without authors and dates', () => {
  const same = aPaper({ title: 'Same title' });
  const bare = aPaper({ title: '中', authors: [], publishedOn: null });
  expect(keysOf([same, same, bare, bare].map((paper) => ({ paper })))).toEqual(['lovelace2026same-2', 'lovelace2026same', 'paper-2', 'paper']);
});

test.each([['bibtex', 'x.bib'], ['ris', 'x.ris'], ['csl', 'x.json'], ['markdown', 'x.md']] as const)('a paper without arXiv id, authors and date is exported as %s', async (format, name) => {
  const file = await citationFile([{ paper: aPaper({ arxivId: null, authors: [], publishedOn: null, url: 'https://example.org/a_b%20c}', title: 'Alone' }) }], format, 'x');
  expect(file.name).toBe(name);
  expect(file.text).toContain('Alone');
  expect(file.text).not.toMatch(/undefined|null|arXiv|c\}/);
});
