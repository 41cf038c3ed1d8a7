// Pages that list papers: today, a day, a week, a month, a topic.
import { html, type Html } from '../../core/html.ts';
import { paperList, type Paging, type Row } from './papers.ts';

export interface ListPage {
  /** Above the title, in small letters: what kind of list it is. */
  kind: string;
  title: string;
  /** Below the title, a sentence. */
  about?: string | undefined;
  /** The neighbours in time. */
  around?: { before?: Neighbour | undefined; after?: Neighbour | undefined } | undefined;
  rows: Row[];
  paging: Paging;
  /** What stands in place of papers where there are none. */
  empty: string;
}

export interface Neighbour {
  label: string;
  path: string;
}

export function listMain(list: ListPage, banner?: Html): Html {
  return html`${banner}
<div class="heading">
<p class="kind">${list.kind}</p>
<h1>${list.title}</h1>
${list.about ? html`<p class="about">${list.about}</p>` : undefined}
${list.around ? aroundNav(list.around) : undefined}
</div>
${list.rows.length ? paperList(list.rows, list.paging) : html`<p class="empty">${list.empty}</p>`}`;
}

export function aroundNav({ before, after }: NonNullable<ListPage['around']>): Html | undefined {
  if (!before && !after) return undefined;
  return html`<nav class="around" aria-label="Other days"><ul>
${before ? html`<li><a rel="prev" href="${before.path}"><span aria-hidden="true">← </span>${before.label}</a></li>` : undefined}
${after ? html`<li><a rel="next" href="${after.path}">${after.label}<span aria-hidden="true"> →</span></a></li>` : undefined}
</ul></nav>`;
}
