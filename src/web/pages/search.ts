// What a search found, its orders, and the way to follow it.
import { orderInWords, shortfallInWords, subjectOf, writeAsked, type Asked, type Shortfall } from '../../core/asked.ts';
import { html, raw, type Html } from '../../core/html.ts';
import { paperList, type Paging, type Row } from './papers.ts';
import { searchPath, topicPath } from './paths.ts';

export interface SearchPage {
  asked: Asked;
  rows: Row[];
  paging: Paging;
  shortfall?: Shortfall | undefined;
}

export function searchTitle(asked: Asked): string {
  return `${asked.words ? `Papers on ${subjectOf(asked)}` : 'Papers with code'}${orderInWords(asked)}`;
}

export function searchMain({ asked, rows, paging, shortfall }: SearchPage): Html {
  return html`<div class="heading">
<p class="kind">Search</p>
<h1>${searchTitle(asked)}</h1>
${shortfall ? html`<p class="about">${shortfallInWords(shortfall)}</p>` : undefined}
${orders(asked)}
</div>
${rows.length ? paperList(rows, paging) : html`<p class="empty">No paper here matches. Try fewer or other words, or look at what trends.</p>
<p><a href="/">What trends today</a></p>`}`;
}

function orders(asked: Asked): Html {
  const choices: [label: string, change: Partial<Asked>, isNow: boolean][] = [
    ['Best match', { order: undefined }, asked.order === undefined],
    ['Newest', { order: 'newest' }, asked.order === 'newest'],
    ['Most voted', { order: 'votes' }, asked.order === 'votes'],
  ];
  const code = asked.code ? (asked.words ? 'With or without code' : undefined) : 'Only with code';
  return html`<nav class="orders" aria-label="Order and filter"><ul>
${choices.map(([label, change, isNow]) => html`<li><a href="${searchPath(writeAsked({ ...asked, ...change }))}"${isNow ? raw(' aria-current="true"') : undefined}>${label}</a></li>`)}
${code ? html`<li><a href="${searchPath(writeAsked({ ...asked, code: !asked.code }))}">${code}</a></li>` : undefined}
</ul></nav>`;
}

/** Before anything is asked. */
export function searchHelp(problem: string | undefined, topics: { name: string; about: string }[]): Html {
  return html`<div class="heading"><p class="kind">Search</p><h1>Search papers</h1></div>
${problem ? html`<p class="notice" role="alert">${problem}</p>` : undefined}
<dl class="help">
<dt><code>linear attention -survey</code></dt><dd>words, in any form, and words to leave out</dd>
<dt><code>"state space models"</code></dt><dd>words side by side</dd>
<dt><code>cat:cs.CL retrieval</code></dt><dd>an arXiv category</dd>
<dt><code>author:"Ada Lovelace"</code></dt><dd>an author; an initial will do</dd>
<dt><code>diffusion sort:newest has:code</code></dt><dd>in another order (<code>newest</code>, <code>votes</code>), or with code alone</dd>
<dt><code>2607.01234</code></dt><dd>an arXiv id, or a link to a paper</dd>
</dl>
${topicLinks(topics)}`;
}

/** The ready-made topics. */
export function topicLinks(topics: { name: string; about: string }[]): Html {
  return html`<ul class="topics">${topics.map(({ name, about }) => html`<li><a href="${topicPath(name)}"><b>${name}</b> <span>${about}</span></a></li>`)}</ul>`;
}
