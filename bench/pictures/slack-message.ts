// Slack's blocks as HTML, class by class as Slack's own window lays them out.
import { html, type Html } from '../../src/core/html.ts';
import type { SlackBlock, SlackButton, SlackMessage, SlackSpan, SlackText } from './slack-blocks.ts';

/** The blocks of a message, without its avatar and name. */
export function slackBody(message: SlackMessage): Html {
  return html`<div class="blocks">${message.blocks.map(blockOf)}</div>`;
}

function blockOf(block: SlackBlock): Html {
  switch (block.type) {
    case 'header':
      return html`<h3 class="header">${block.text.text}</h3>`;
    case 'divider':
      return html`<hr>`;
    case 'section':
      return html`<div class="section"><div class="text">${block.text.text}</div>${block.accessory && buttonOf(block.accessory)}</div>`;
    case 'context':
      return html`<div class="context">${block.elements.map(({ text }) => html`<span>${text}</span>`)}</div>`;
    case 'rich_text':
      return html`<div class="text">${block.elements.map(textOf)}</div>`;
    case 'actions':
      return html`<div class="actions">${block.elements.map(buttonOf)}</div>`;
  }
}

function textOf(text: SlackText): Html {
  switch (text.type) {
    case 'rich_text_section':
      return html`<div>${text.elements.map(spanOf)}</div>`;
    case 'rich_text_quote':
      return html`<blockquote>${text.elements.map(spanOf)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${text.elements.map(spanOf)}</pre>`;
    case 'rich_text_list': {
      const items = text.elements.map(({ elements }) => html`<li>${elements.map(spanOf)}</li>`);
      return text.style === 'bullet' ? html`<ul>${items}</ul>` : html`<ol start="${(text.offset ?? 0) + 1}">${items}</ol>`;
    }
  }
}

function spanOf(span: SlackSpan): Html {
  const { bold, italic, strike, code } = span.style ?? {};
  let shown = span.type === 'link' ? html`<a>${span.text ?? span.url}</a>` : html`${span.text}`;
  if (code) shown = html`<code>${shown}</code>`;
  if (strike) shown = html`<s>${shown}</s>`;
  if (italic) shown = html`<i>${shown}</i>`;
  return bold ? html`<b>${shown}</b>` : shown;
}

function buttonOf({ text, style }: SlackButton): Html {
  return html`<span class="button ${style}">${text.text}</span>`;
}
