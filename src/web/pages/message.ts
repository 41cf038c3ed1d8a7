// A page that says one thing, with what can be done next.
import { html, type Html } from '../../core/html.ts';

export interface Message {
  title: string;
  /** Whole sentences. */
  says: string[];
  /** Where to go on. */
  links?: { label: string; path: string }[];
  /** Something to press, which posts back. */
  press?: { label: string; action: string };
}

export function messageMain({ title, says, links = [], press }: Message): Html {
  return html`<div class="message">
<h1>${title}</h1>
${says.map((sentence) => html`<p>${sentence}</p>`)}
${press ? html`<form action="${press.action}" method="post"><button>${press.label}</button></form>` : undefined}
${links.length ? html`<ul class="links">${links.map(({ label, path }) => html`<li><a href="${path}">${label}</a></li>`)}</ul>` : undefined}
</div>`;
}
