// Discord's messages as HTML: content, embeds and components as its own window lays them out.
import { toHTML } from '@odiffey/discord-markdown';
import { webLink } from './controls.ts';
import type { DiscordButton, DiscordControl, DiscordEmbed, DiscordMessage, DiscordPart } from './discord-payload.ts';
import { selectOf } from './discord-select.ts';
import { html, raw, type Html } from '../../../src/core/html.ts';

/** A message without its avatar and name; `key` tells it apart from the others of the page. */
export function discordBody({ content, embeds = [], components = [] }: DiscordMessage, key: string): Html {
  return html`
    ${content && html`<div class="content">${markdown(content)}</div>`}
    ${embeds.map(embedOf)}
    ${components.map((part) => partOf(part, key))}
  `;
}

function embedOf({ title, url, description, color, fields = [], footer }: DiscordEmbed): Html {
  return html`<div class="embed">
    ${color !== undefined && barOf(color)}
    ${title && html`<div class="title">${url ? webLink(url, markdown(title)) : markdown(title)}</div>`}
    ${description && html`<div class="description">${markdown(description)}</div>`}
    ${fields.length ? html`<div class="fields">${fields.map(fieldOf)}</div>` : undefined}
    ${footer && html`<div class="footer">${footer.text}</div>`}
  </div>`;
}

function fieldOf({ name, value, inline }: NonNullable<DiscordEmbed['fields']>[number]): Html {
  return html`<div class="${inline ? 'inline' : 'whole'}"><b>${markdown(name)}</b><div>${markdown(value)}</div></div>`;
}

// A drawing may have any colour; a style of its own is not let through.
function barOf(color: number): Html {
  return html`<svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><rect width="1" height="1" fill="#${color.toString(16).padStart(6, '0')}"/></svg>`;
}

function partOf(part: DiscordPart, key: string): Html {
  switch (part.type) {
    case 1:
      return html`<div class="row">${part.components.map((control) => controlOf(control, key))}</div>`;
    case 9:
      return html`<div class="section"><div>${part.components.map((text) => partOf(text, key))}</div>${buttonOf(part.accessory)}</div>`;
    case 10:
      return html`<div class="content">${markdown(part.content)}</div>`;
    case 14:
      return html`<hr class="${part.divider === false ? 'gap' : 'line'} ${part.spacing === 2 && 'wide'}">`;
    case 17:
      return html`<div class="embed container">${part.accent_color !== undefined && barOf(part.accent_color)}${part.components.map((inner) => partOf(inner, key))}</div>`;
  }
}

function controlOf(control: DiscordControl, key: string): Html {
  return control.type === 2 ? buttonOf(control) : selectOf(control, key);
}

function buttonOf({ label, style, url, custom_id: id, disabled }: DiscordButton): Html {
  if (url) return webLink(url, html`${label} ↗`, `button style${style}`);
  return html`<button name="control" value="${id}" class="button style${style}"${disabled && html` disabled`}>${label}</button>`;
}

export function markdown(text: string): Html {
  return raw(toHTML(text, { embed: true }).replaceAll('<a href=', '<a target="_blank" rel="noopener noreferrer" href='));
}
