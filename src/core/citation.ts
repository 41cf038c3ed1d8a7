// Papers as files for reference managers. The libraries are loaded when somebody exports.
import { cslOf, keysOf, type Cited } from './citation-item.ts';
import type { NamedFile } from './doc.ts';
import { toMarkdown } from './citation-markdown.ts';

export const FORMATS = ['bibtex', 'ris', 'csl', 'markdown'] as const;
export type CitationFormat = (typeof FORMATS)[number];

/** What people call a format. */
export const FORMAT_NAMES: Record<CitationFormat, string> = { bibtex: 'BibTeX', ris: 'RIS', csl: 'CSL-JSON', markdown: 'Markdown' };

const ENDINGS: Record<CitationFormat, string> = { bibtex: 'bib', ris: 'ris', csl: 'json', markdown: 'md' };
const WRITERS: Record<CitationFormat, (cited: Cited[]) => string | Promise<string>> = { bibtex: toBibtex, ris: toRis, csl: toCsl, markdown: toMarkdown };

/** A file `NAME.bib` (`.ris`, `.json`, `.md`) with these papers, in UTF-8. */
export async function citationFile(cited: Cited[], format: CitationFormat, name: string): Promise<NamedFile> {
  return { name: `${name}.${ENDINGS[format]}`, text: `${(await WRITERS[format](cited)).trim()}\n` };
}

/** One entry, short enough to be read in a chat: of very many authors the first, and `others`, as BibTeX has it. */
export async function bibtexOf(paper: Cited['paper']): Promise<string> {
  const { authors } = paper;
  const entry = (await toBibtex([{ paper: { ...paper, authors: authors.slice(0, MOST_AUTHORS) } }])).trim();
  return authors.length > MOST_AUTHORS ? entry.replace(/^(\tauthor = .*)\},$/m, '$1 and others},') : entry;
}

const MOST_AUTHORS = 20;

/** `eprint`, `archiveprefix` and `primaryclass` are arXiv's own: https://info.arxiv.org/help/hypertex/bibstyles/index.html */
export async function toBibtex(cited: Cited[]): Promise<string> {
  const { plugins } = await import('@citation-js/core');
  await import('@citation-js/plugin-bibtex');
  // Its own escape drops letters that it knows no command for, such as 中; what TeX would obey is escaped before.
  plugins.config.get('@bibtex').format.asciiOnly = false;
  const keys = keysOf(cited);
  const items = cited.map((one, i) => {
    const { title, author, issued, DOI, URL, type } = cslOf(one, keys[i]!);
    const names = author.map((name) => Object.fromEntries(Object.entries(name).map(([part, value]) => [part, texOf(value)])));
    return { id: keys[i]!, type, title: texOf(title), author: names, ...(issued ? { issued } : {}), DOI, URL };
  });
  const entries = plugins.output.format('bibtex', items, { format: 'object' }) as { properties: Record<string, string> }[];
  return entries
    .map(({ properties: { month: _month, howpublished: _url, ...properties } }, i) => {
      const { paper, note } = cited[i]!;
      const fields = {
        ...properties,
        ...(paper.arxivId ? { eprint: paper.arxivId, archiveprefix: 'arXiv', ...(paper.categories[0] ? { primaryclass: texOf(paper.categories[0]) } : {}) } : {}),
        ...(note ? { annote: texOf(note) } : {}),
      };
      return `@misc{${keys[i]},\n${Object.entries(fields).map(([name, value]) => `\t${name} = {${value}},\n`).join('')}}\n`;
    })
    .join('\n');
}

/**
 * A preprint is `UNPB`, unpublished work, as reference managers read and write it; the library would call it a journal's
 * article. One line for each value: the library's own printing breaks lines within words.
 */
export async function toRis(cited: Cited[]): Promise<string> {
  const { plugins } = await import('@citation-js/core');
  await import('@citation-js/plugin-ris');
  const keys = keysOf(cited);
  // Of what CSL knows a manuscript has the tags of unpublished work; a number is none of them.
  const items = cited.map((one, i) => ({ ...cslOf(one, keys[i]!), type: 'manuscript', number: undefined }));
  const entries = plugins.output.format('ris', items, { format: 'object' }) as Record<string, string | string[]>[];
  return entries
    .map(({ TY: _manuscript, ...tags }, i) => {
      const { publisher, number } = cslOf(cited[i]!, keys[i]!);
      const all = { ...tags, ...(tags.DA ? { DA: String(tags.DA).replace(/\/(\d)(?=\/)/g, '/0$1') } : {}), ...(publisher ? { PB: publisher } : {}), ...(number ? { AN: number } : {}), ID: keys[i]! };
      const lines = Object.entries(all).flatMap(([tag, values]) => [values].flat().map((value) => `${tag}  - ${value}`));
      return ['TY  - UNPB', ...lines, 'ER  - ', ''].join('\n');
    })
    .join('\n');
}

/** An array of items of the CSL schema. */
export function toCsl(cited: Cited[]): string {
  const keys = keysOf(cited);
  return JSON.stringify(cited.map((one, i) => cslOf(one, keys[i]!)), null, 2);
}

/** TeX's own characters as commands. Braces too: BibTeX counts them even behind a backslash. */
function texOf(text: string): string {
  return text.replace(/[\\{}$&#^_~%<>`]|-(?=-)|'(?=')/g, (char) => TEX[char]!);
}

const TEX: Record<string, string> = {
  '\\': '\\textbackslash{}', '{': '\\textbraceleft{}', '}': '\\textbraceright{}', '^': '\\textasciicircum{}', '~': '\\textasciitilde{}',
  '<': '\\textless{}', '>': '\\textgreater{}', '`': '\\textasciigrave{}', $: '\\$', '&': '\\&', '#': '\\#', _: '\\_', '%': '\\%', '-': '-{}', "'": "'{}",
}; // prettier-ignore
