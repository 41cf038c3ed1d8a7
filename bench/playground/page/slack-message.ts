// Slack's blocks as HTML, class by class as Slack's own window lays them out.
import { decodeHTML } from 'entities';
import { html, type Html } from '../../../src/core/html.ts';
import { optionsOf, webLink } from './controls.ts';
import { readPreview, type SlackBlock, type SlackControl, type SlackMessage, type SlackSmallPrint, type SlackSpan, type SlackText } from './slack-blocks.ts';

/** The blocks of a message, without its avatar and name; where there are none, its text. */
export function slackBody({ blocks, text }: SlackMessage): Html {
  return html`<div class="blocks">${blocks?.map(blockOf) ?? html`<div class="text">${decodeHTML(text)}</div>`}</div>`;
}

/** The preview of a link, under the message that has it. */
export function slackPreview(payload: unknown): Html {
  return html`<div class="preview"><div class="blocks">${readPreview(payload).blocks.map(blockOf)}</div></div>`;
}

export function blockOf(block: SlackBlock): Html {
  switch (block.type) {
    case 'header':
      return html`<h3 class="header">${block.text.text}</h3>`;
    case 'divider':
      return html`<hr>`;
    case 'section':
      return html`<div class="section"><div class="text">${block.text.text}</div>${block.accessory && controlOf(block.accessory, block.block_id)}</div>`;
    case 'context':
      return html`<div class="context">${block.elements.map((element) => html`<span>${smallPrintOf(element)}</span>`)}</div>`;
    case 'rich_text':
      return html`<div class="text">${block.elements.map(textOf)}</div>`;
    case 'actions':
      return html`<div class="actions">${block.elements.map((element) => controlOf(element, block.block_id))}</div>`;
  }
}

function smallPrintOf({ type, text }: SlackSmallPrint): Html {
  if (type === 'plain_text') return html`${text}`;
  const parts = text.split(/(<[^>]+>)/).map((part) => {
    const [, url, words] = /^<(.+?)\|(.+)>$/.exec(part) ?? [];
    return url && words ? webLink(decodeHTML(url), html`${decodeHTML(words)}`) : html`${decodeHTML(part)}`;
  });
  return html`${parts}`;
}

function textOf(text: SlackText): Html {
  switch (text.type) {
    case 'rich_text_section':
      return html`<div>${text.elements.map(spanOf)}</div>`;
    case 'rich_text_quote':
      return html`<blockquote>${text.elements.map(spanOf)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre class="code">${text.elements.map(spanOf)}</pre>`;
    case 'rich_text_list': {
      const items = text.elements.map(({ elements }) => html`<li>${elements.map(spanOf)}</li>`);
      return text.style === 'bullet' ? html`<ul>${items}</ul>` : html`<ol start="${(text.offset ?? 0) + 1}">${items}</ol>`;
    }
  }
}

function spanOf(span: SlackSpan): Html {
  const { bold, italic, strike, code } = span.style ?? {};
  let shown = span.type === 'link' ? webLink(span.url, html`${span.text ?? span.url}`) : html`${span.text}`;
  if (code) shown = html`<code>${shown}</code>`;
  if (strike) shown = html`<s>${shown}</s>`;
  if (italic) shown = html`<i>${shown}</i>`;
  return bold ? html`<b>${shown}</b>` : shown;
}

function controlOf(control: SlackControl, block: string | undefined): Html {
  const id = controlName(block, control.action_id);
  if (control.type === 'static_select') {
    const { placeholder, options, initial_option: initial } = control;
    return html`<span class="menu"><select name="chosen:${id}" aria-label="${placeholder?.text ?? 'Choose'}" data-presses>
      ${optionsOf(options.map(({ text, value }) => ({ label: text.text, value })), initial?.value, placeholder?.text)}
    </select><button name="control" value="${id}" class="go">Choose</button></span>`;
  }
  const { text, style, url, accessibility_label: says } = control;
  if (url) return webLink(url, html`${text.text}`, `button ${style ?? ''}`);
  const named = says ? html` aria-label="${says}"` : undefined;
  return html`<button name="control" value="${id}" class="button ${style}"${named}>${text.text}</button>`;
}

/** What a control goes by in its message: two blocks may have the same action. */
export function controlName(block: string | undefined, action = ''): string {
  return block ? `${block} ${action}` : action;
}
