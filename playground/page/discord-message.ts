// Discord's messages as HTML: content, embeds and buttons as its own window lays them out.
import { toHTML } from '@odiffey/discord-markdown';
import { optionsOf, webLink } from './controls.ts';
import type { DiscordControl, DiscordEmbed, DiscordMessage } from './discord-payload.ts';
import { html, raw, type Html } from './html.ts';

/** A message without its avatar and name. */
export function discordBody({ content, embeds = [], components = [] }: DiscordMessage): Html {
  return html`
    ${content && html`<div class="content">${markdown(content)}</div>`}
    ${embeds.map(embedOf)}
    ${components.map((row) => html`<div class="row">${row.components.map(controlOf)}</div>`)}
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

function controlOf(control: DiscordControl): Html {
  if (control.type === 3) {
    const { custom_id: id, placeholder, options, max_values: most = 1 } = control;
    const chosen = options.find((option) => option.default)?.value;
    const several = most > 1 ? html` multiple size="${Math.min(options.length, 5)}"` : html` data-presses`;
    return html`<span class="menu"><select name="chosen:${id}" aria-label="${placeholder ?? 'Choose'}"${several}>
      ${optionsOf(options, chosen, most > 1 ? undefined : placeholder)}
    </select><button name="control" value="${id}" class="${most > 1 ? '' : 'go'}">Choose</button></span>`;
  }
  const { label, style, url, custom_id: id } = control;
  if (url) return webLink(url, html`${label} ↗`, `button style${style}`);
  return html`<button name="control" value="${id}" class="button style${style}">${label}</button>`;
}

function markdown(text: string): Html {
  return raw(toHTML(text, { embed: true }).replaceAll('<a href=', '<a target="_blank" rel="noopener noreferrer" href='));
}
