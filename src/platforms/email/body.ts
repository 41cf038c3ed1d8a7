// A document as the inside of a mail: headings for a screen reader to go by, tables for old mail readers to lay out by.
import { itemRank, plainOf, type Block, type Doc, type Span } from '../../core/doc.ts';
import { html, type Html } from '../../core/html.ts';
import { tidy } from '../../core/text.ts';
import { codeLetters, edge, ground, ink, letters } from './style.ts';

type Item = Extract<Block, { kind: 'item' }>;

/** Title, summary and blocks. Buttons are left out: nobody presses one in a mail. */
export function bodyOf({ title, summary, blocks }: Doc): Html {
  const opening = blocks[0];
  const says = opening?.kind === 'text' && plainOf(opening.spans) === summary;
  return html`${title ? html`<h1 class="text" style="${letters(25, 32, 'text', 'font-weight:700;margin:0 0 8px;')}">${tidy(title)}</h1>` : undefined}${
    says ? undefined : html`<p class="muted" style="${letters(15, 23, 'muted', 'margin:0 0 20px;')}" dir="auto">${tidy(summary)}</p>`
  }${blocks.map(blockOf)}`;
}

function blockOf(block: Block): Html {
  switch (block.kind) {
    case 'item':
      return itemOf(block);
    case 'code':
      return html`<pre class="text line" style="${codeLetters()}white-space:pre-wrap;margin:16px 0;padding:12px 0;${edge('top')}${edge('bottom')}">${block.text}</pre>`;
    case 'note':
      return html`<p class="muted" style="${letters(13, 20, 'muted', 'margin:14px 0 0;')}" dir="auto">${block.spans.map(spanOf)}</p>`;
    case 'text': {
      const [only, ...more] = block.spans;
      const link = more.length === 0 && only !== undefined ? linkOf(only) : undefined;
      // What stands alone is what the mail is for.
      if (link) return buttonOf(plainOf([only!]), link);
      return html`<p class="text" style="${letters(16, 25, 'text', 'margin:0 0 16px;')}" dir="auto">${block.spans.map(spanOf)}</p>`;
    }
  }
}

function itemOf(item: Item): Html {
  const { rank, title: name } = itemRank(item);
  const title = tidy(name);
  const url = linkOf(item.title);
  const heading = html`<h2 dir="auto" class="text" style="${letters(17, 24, 'text', 'font-weight:600;margin:0;')}">${
    url ? html`<a class="link" href="${url}" style="${letters(17, 24, 'link', 'font-weight:600;text-decoration:none;')}">${title}</a>` : title
  }</h2>`;
  const facts = item.facts?.length ? html`<p class="muted" dir="auto" style="${letters(13, 20, 'muted', 'margin:4px 0 0;')}">${tidy(item.facts.join(' · '))}</p>` : undefined;
  const body = item.body ? html`<p class="text" dir="auto" style="${letters(15, 23, 'text', 'margin:6px 0 0;')}">${tidy(item.body)}</p>` : undefined;
  const number = rank === undefined ? undefined : html`<td class="rank muted line" width="34" valign="top" style="${letters(17, 24, 'muted', `width:34px;padding:18px 0;${edge('top')}`)}">${rank}</td>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${number}<td class="line" valign="top" style="padding:18px 0;${edge('top')}">${heading}${facts}${body}</td></tr></table>`;
}

function buttonOf(label: string, url: string): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px;"><tr><td class="button" style="${ground('button')}border-radius:6px;"><a class="onbutton" href="${url}" style="${letters(16, 20, 'onbutton', 'display:inline-block;padding:13px 26px;font-weight:600;text-decoration:none;')}">${label}</a></td></tr></table>`;
}

function spanOf(span: Span): Html {
  if (typeof span === 'string') return html`${span}`;
  const url = linkOf(span);
  const words = span.code ? html`<code style="${codeLetters()}" class="text">${span.text}</code>` : html`${span.text}`;
  const linked = url ? html`<a class="link" href="${url}" style="${ink('link')}text-decoration:underline;">${words}</a>` : words;
  return span.bold ? html`<strong>${linked}</strong>` : linked;
}

/** Only what a mail can safely link to: strangers' addresses of other schemes are dead text. */
function linkOf(span: Span): string | undefined {
  const url = typeof span === 'string' ? undefined : span.url;
  return url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:' ? new URL(url).href : undefined;
}
