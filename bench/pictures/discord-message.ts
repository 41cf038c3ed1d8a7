// Discord's messages as HTML: content, embeds and buttons as its own window lays them out.
import { toHTML } from '@odiffey/discord-markdown';
import type { DiscordComponent, DiscordEmbed, DiscordMessage } from './discord-payload.ts';
import { html, raw, type Html } from '../../src/core/html.ts';

/** A message without its avatar and name. */
export function discordBody({ content, embeds = [], components = [] }: DiscordMessage): Html {
  return html`
    ${content && html`<div class="content">${markdown(content)}</div>`}
    ${embeds.map(embedOf)}
    ${components.map((row) => html`<div class="row">${row.components.map(componentOf)}</div>`)}
  `;
}

function embedOf({ title, url, description, color, fields = [], footer }: DiscordEmbed): Html {
  const bar = color === undefined ? undefined : html` style="border-color: #${color.toString(16).padStart(6, '0')}"`;
  return html`<div class="embed"${bar}>
    ${title && html`<div class="title">${url ? html`<a>${markdown(title)}</a>` : markdown(title)}</div>`}
    ${description && html`<div class="description">${markdown(description)}</div>`}
    ${fields.length ? html`<div class="fields">${fields.map(fieldOf)}</div>` : undefined}
    ${footer && html`<div class="footer">${footer.text}</div>`}
  </div>`;
}

function fieldOf({ name, value, inline }: NonNullable<DiscordEmbed['fields']>[number]): Html {
  return html`<div class="${inline ? 'inline' : 'whole'}"><b>${markdown(name)}</b><div>${markdown(value)}</div></div>`;
}

function componentOf(component: DiscordComponent): Html {
  if (component.type === 3) return html`<span class="select">${component.placeholder}<i></i></span>`;
  const { label, style } = component;
  return html`<span class="button style${style}">${label}${style === 5 ? ' ↗' : ''}</span>`;
}

function markdown(text: string): Html {
  return raw(toHTML(text, { embed: true }));
}
