// A paper as an item of the Citation Style Language, from which every format is made.
import type { Paper } from './paper.ts';
import { paperLinks } from './paper-id.ts';
import { plain } from './text.ts';

/** A paper to cite, with the asker's own note where there is one. */
export interface Cited {
  paper: Pick<Paper, 'arxivId' | 'title' | 'authors' | 'abstract' | 'categories' | 'publishedOn' | 'url' | 'withdrawn'>;
  note?: string | null;
}

type Name = { literal: string } | { given: string; family: string; suffix?: string };

/** The parts of CSL-JSON that a preprint has: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables */
export interface CslItem {
  id: string;
  /** What the specification has for a preprint; `genre` says so. */
  type: 'article';
  genre: 'preprint';
  title: string;
  author: Name[];
  issued?: { 'date-parts': [number[]] };
  abstract?: string;
  DOI?: string;
  URL: string;
  number?: string;
  publisher?: string;
  note?: string;
}

/** Text is plain: LaTeX becomes Unicode. arXiv's DOIs: https://info.arxiv.org/help/doi.html */
export function cslOf({ paper, note }: Cited, id: string): CslItem {
  const { arxivId, publishedOn, abstract } = paper;
  return {
    id,
    type: 'article',
    genre: 'preprint',
    title: plain(paper.title),
    author: paper.authors.map((name) => nameOf(plain(name))),
    ...(publishedOn ? { issued: { 'date-parts': [publishedOn.split('-').map(Number)] } } : {}),
    ...(abstract ? { abstract: plain(abstract) } : {}),
    ...(arxivId ? { DOI: `10.48550/arXiv.${arxivId}`, number: `arXiv:${arxivId}`, publisher: 'arXiv' } : {}),
    // A stranger's address must not end a field of BibTeX.
    URL: paperLinks(paper).page.replace(/[{}\\\s]/g, encodeURIComponent),
    ...(note || paper.withdrawn ? { note: [paper.withdrawn ? 'Withdrawn by its authors.' : '', note ?? ''].filter(Boolean).join(' ').replace(/\s+/g, ' ') } : {}),
  };
}

/**
 * `lovelace2026attention`, each once: what people type in `\cite`. The newest stands first, and of two with the same key the
 * older one keeps it, so that a key that was typed stays as it is when more papers are saved.
 */
export function keysOf(cited: Cited[]): string[] {
  const used = new Set<string>();
  const keys = cited.toReversed().map(({ paper }) => {
    const [first] = paper.authors.map((name) => nameOf(plain(name)));
    const word = ascii(plain(paper.title)).split(/[^a-z0-9]+/).find((one) => one.length > 3) ?? '';
    const name = first ? ascii('family' in first ? first.family : first.literal).replace(/[^a-z0-9]/g, '') : '';
    const stem = `${name.slice(0, 30)}${paper.publishedOn?.slice(0, 4) ?? ''}${word.slice(0, 30)}`;
    const key = /^[a-z]/.test(stem) ? stem : `paper${stem}`;
    let free = key;
    for (let n = 2; used.has(free); n++) free = `${key}-${n}`;
    used.add(free);
    return free;
  });
  return keys.reverse();
}

// Two people in one name are none that has a family name.
const GROUP = /(?<!\S)(and|team|group|collaboration|consortium|labs?|project|community|initiative)(?!\p{L})/iu;
// The last word, with particles (`van der`) before it and what comes after a name. Without a given name it is no such name.
const NAME = /^(?<given>(?!\p{Ll}+\s+\S+$).+?)\s+(?<family>(?:\p{Ll}[\p{L}’']*\s+)*[^\s,]+?)(?:,?\s+(?<suffix>Jr\.?|Sr\.?|II|III|IV))?$/u;
// `Lovelace, Ada`, as files have it.
const SORTED = /^(?<family>[^,]+),(?!\s*(?:Jr|Sr|Inc|Ltd|II|III|IV)\b)\s*(?<given>[^,]+)$/u;

function nameOf(name: string): Name {
  const parts = GROUP.test(name) ? undefined : (SORTED.exec(name) ?? NAME.exec(name))?.groups;
  if (!parts) return { literal: name };
  return { given: parts.given!, family: parts.family!, ...(parts.suffix ? { suffix: parts.suffix } : {}) };
}

function ascii(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
