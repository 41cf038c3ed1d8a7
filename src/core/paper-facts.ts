// What is told of one paper beside its title and abstract: who, when, where it stands and where to read it.
import { categoryName } from './category.ts';
import type { Paper } from './paper.ts';
import { paperLinks } from './paper-id.ts';
import { authorsInWords } from './roundup.ts';
import { dateInWords } from './schedule.ts';

type Told = Pick<Paper, 'arxivId' | 'authors' | 'categories' | 'organization' | 'publishedOn' | 'revisedOn' | 'version'>;

/** Authors, date and version, categories, organization: what is known of them, a few words each. */
export function paperFacts(paper: Told): string[] {
  return [
    authorsInWords(paper.authors, 6),
    paper.arxivId ? '' : dayOf(paper.publishedOn),
    paper.arxivId ? versionsInWords(paper) : '',
    categoriesInWords(paper.categories),
    paper.organization ?? '',
  ].filter(Boolean);
}

/** Each place where the paper is, by its name: `arXiv`, `PDF`, `Hugging Face`, `Code`, `Project page`, `DOI`. */
export function namedLinks(paper: Pick<Paper, 'arxivId' | 'url' | 'title' | 'githubUrl' | 'projectUrl' | 'doi'>): { name: string; url: string }[] {
  const { page, pdf, huggingFace } = paperLinks(paper);
  // Authors may give several; the first is the paper's.
  const doi = /^10\.\S+/.exec(paper.doi ?? '')?.[0];
  const named: [string, string | undefined | null][] = [
    [paper.arxivId ? 'arXiv' : paper.url ? 'Page' : 'Find on arXiv', page],
    ['PDF', pdf],
    ['Hugging Face', huggingFace],
    ['Code', paper.githubUrl],
    ['Project page', paper.projectUrl],
    ['DOI', doi && `https://doi.org/${encodeURI(doi)}`],
  ];
  return named.flatMap(([name, url]) => (url ? [{ name, url }] : []));
}

/** `arXiv 2607.01234, version 3 of 4 August 2026, first of 24 July 2026` */
function versionsInWords({ arxivId, version, publishedOn, revisedOn }: Told): string {
  const first = dayOf(publishedOn);
  if (!version || version < 2) return [`arXiv ${arxivId}`, first].filter(Boolean).join(' of ');
  const newest = revisedOn && revisedOn !== publishedOn ? ` of ${dayOf(revisedOn)}` : '';
  return `arXiv ${arxivId}, version ${version}${newest}${first ? `, first of ${first}` : ''}`;
}

function dayOf(on: string | null): string {
  return on ? dateInWords(on) : '';
}

/** `Computation and Language (cs.CL), cs.LG` */
function categoriesInWords([first, ...others]: string[]): string {
  if (!first) return '';
  const name = categoryName(first);
  return [name ? `${name} (${first})` : first, ...others.slice(0, 3)].join(', ');
}
