// Papers in a list: title, who wrote it, what it is about, votes and code.
import { html, raw, type Html } from '../../core/html.ts';
import { namedLinks } from '../../core/paper-facts.ts';
import { authorsInWords } from '../../core/roundup.ts';
import { clip, plain } from '../../core/text.ts';
import type { PublicPaper } from '../../db/public-papers.ts';
import { paperPath } from './paths.ts';

export interface Row {
  paper: PublicPaper;
  /** In a few words each: `+31 since yesterday`, `both: long context`. */
  facts: string[];
}

/** Enough to judge a paper by; the whole is on its page. */
const ABSTRACT = 480;

export interface Paging {
  /** How many papers come before these. */
  offset: number;
  /** The pages before and after this one, where there are any. */
  back?: string | undefined;
  more?: string | undefined;
}

export function paperList(rows: Row[], { offset, back, more }: Paging): Html {
  return html`<ol class="papers" start="${offset + 1}">${rows.map(paperItem)}</ol>
${back || more ? html`<nav class="pages" aria-label="Pages">${back ? html`<a rel="prev" href="${back}">Papers before these</a>` : html`<span></span>`}${more ? html`<a rel="next" href="${more}">More papers</a>` : undefined}</nav>` : undefined}`;
}

function paperItem({ paper, facts }: Row): Html {
  const title = titleOf(paper);
  const by = [authorsInWords(paper.authors), paper.organization ? plain(paper.organization) : ''].filter(Boolean).join(' · ');
  return html`
<li><article aria-labelledby="p${paper.id}">
${votes(paper)}
<div>
<h2 id="p${paper.id}"><a href="${paperPath(paper)}">${title}</a></h2>
${by ? html`<p class="by">${by}</p>` : undefined}
<p class="abstract">${clip(plain(paper.abstract), ABSTRACT) || 'It came without an abstract.'}</p>
${facts.length ? html`<p class="facts">${facts.join(' · ')}</p>` : undefined}
${linkList(paper, title, SHOWN)}
</div>
</article></li>`;
}

/** In a list, the places where one goes at once. */
const SHOWN = ['Code', 'Project page', 'arXiv', 'Page', 'PDF', 'Hugging Face'];

/** The paper's places as links whose names carry its title, in this order; without `names` all of them. */
export function linkList(paper: PublicPaper, title: string, names?: string[]): Html {
  const links = namedLinks(paper).filter(({ url }) => /^https?:\/\//i.test(url));
  const shown = names ? names.flatMap((name) => links.find((link) => link.name === name) ?? []) : links;
  return html`<ul class="links">${shown.map(({ name, url }) => html`<li><a${name === 'Code' ? raw(' class="code"') : undefined} href="${url}" rel="noopener nofollow ugc" aria-label="${name}: ${clip(title, 120)}">${name}</a></li>`)}</ul>`;
}

function votes({ upvotes }: PublicPaper): Html {
  if (upvotes === null) return html`<p class="votes none"><span class="unseen">No votes are known.</span></p>`;
  return html`<p class="votes"><b>${upvotes.toLocaleString('en-US')}</b> <span>${upvotes === 1 ? 'upvote' : 'upvotes'}</span></p>`;
}

export function titleOf(paper: PublicPaper): string {
  return `${paper.withdrawn ? 'Withdrawn: ' : ''}${plain(paper.title)}`;
}
