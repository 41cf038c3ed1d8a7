// One paper, whole, and papers like it.
import { html, type Html } from '../../core/html.ts';
import { paperFacts } from '../../core/paper-facts.ts';
import { WITHDRAWN } from '../../core/roundup.ts';
import { clip, count, plain } from '../../core/text.ts';
import type { PublicPaper } from '../../db/public-papers.ts';
import { linkList, titleOf, type Row } from './papers.ts';
import { dayPath, paperPath } from './paths.ts';
import { longDate } from '../../core/calendar.ts';

export interface PaperPage {
  paper: PublicPaper;
  bibtex: string;
  /** The most similar first. */
  similar: Row[];
}

/** As on the card in chat: twice the usual. */
const LONGEST_SUMMARY = 500;

export function paperMain({ paper, bibtex, similar }: PaperPage): Html {
  const title = titleOf(paper);
  const [authors, ...facts] = paperFacts(paper);
  const counts = [paper.upvotes === null ? '' : `${count(paper.upvotes, 'upvote')} on Hugging Face`, paper.stars === null ? '' : count(paper.stars, 'GitHub star')].filter(Boolean);
  return html`<article class="paper" aria-labelledby="title">
<h1 id="title">${title}</h1>
${paper.authors.length ? html`<p class="by">${authors}</p>` : undefined}
<p class="facts">${(paper.authors.length ? facts : [authors ?? '', ...facts]).join(' · ')}</p>
${paper.withdrawn ? html`<p class="notice">${WITHDRAWN}</p>` : undefined}
${linkList(paper, title)}
${paper.summary ? html`<p class="short"><b>In short</b>, by Hugging Face’s model: ${clip(plain(paper.summary), LONGEST_SUMMARY)}</p>` : undefined}
<h2>Abstract</h2>
<p class="abstract">${plain(paper.abstract) || 'It came without an abstract.'}</p>
${paper.journalRef ? html`<p class="facts">Published: ${clip(plain(paper.journalRef), 200)}</p>` : undefined}
<p class="facts">${counts.join(' · ')}${counts.length && paper.listedOn ? ' · ' : ''}${paper.listedOn ? html`<a href="${dayPath(paper.listedOn)}">Listed on ${longDate(paper.listedOn)}</a>` : undefined}</p>
<details><summary>BibTeX</summary><pre tabindex="0">${bibtex}</pre></details>
</article>
${similar.length ? html`<section class="similar" aria-labelledby="similar"><h2 id="similar">Papers like this</h2>
<ul>${similar.map(similarItem)}</ul></section>` : undefined}`;
}

function similarItem({ paper, facts }: Row): Html {
  return html`<li><a href="${paperPath(paper)}">${titleOf(paper)}</a>${facts.length ? html`<p class="facts">${facts.join(' · ')}</p>` : undefined}</li>`;
}
