// A modal of Discord's over the window.
import { addressOf } from '../view.ts';
import type { OpenForm } from '../side.ts';
import { markdown } from './discord-message.ts';
import { readDiscordModal, type DiscordLabel, type DiscordModal } from './discord-payload.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { undrawn, viewPayload, type Scene } from './scene.ts';

/** What can't be drawn of it stands in its place. */
export function discordModal({ key, payload, filled }: OpenForm, { view }: Scene): Html {
  const drawn = undrawn(() => readDiscordModal(payload));
  const body = 'html' in drawn ? html`<h3 id="discord-form-title">This modal can’t be drawn</h3>${drawn}` : bodyOf(drawn, payload, filled);
  return html`<div class="curtain"><div class="modal" role="dialog" aria-modal="true" aria-labelledby="discord-form-title" data-key="${key}"><form method="post" action="${addressOf(view, '/submit')}">
    ${body}
    <input type="hidden" name="side" value="discord">
  </form></div></div>`;
}

function bodyOf({ title, components }: DiscordModal, payload: unknown, filled: OpenForm['filled']): Html {
  const parts = components.map((part) => (part.type === 10 ? html`<div class="content">${markdown(part.content)}</div>` : fieldOf(part, filled)));
  // The first button is the one that Enter presses.
  return html`<button name="submit" value="yes" hidden>Submit</button><h3 id="discord-form-title">${title}</h3>
    <div class="fields" tabindex="0" role="group" aria-label="${title}">${parts}${viewPayload('discord-form', payload)}</div>
    <footer><button class="button style2" name="dismiss" value="yes" formnovalidate>Cancel</button><button class="button style1" name="submit" value="yes">Submit</button></footer>`;
}

function fieldOf({ label, description, component }: DiscordLabel, filled: OpenForm['filled']): Html {
  const { custom_id: id, style, required = true, min_length: least, max_length: most, placeholder, value = '' } = component;
  const words = filled[id]?.[0] ?? value;
  const named = html`id="typed-${id}" name="field:${id}" placeholder="${placeholder}" autocomplete="off"${required && html` required`}${least !== undefined && html` minlength="${least}"`}${most !== undefined && html` maxlength="${most}"`}${description && html` aria-describedby="about-${id}"`}`;
  return html`<div class="field"><label for="typed-${id}">${label}${required && html` <span class="required" aria-hidden="true">*</span>`}</label>
    ${description && html`<p class="hint" id="about-${id}">${description}</p>`}
    ${style === 1 ? html`<input type="text" ${named} value="${words}">` : html`<textarea ${named} rows="4">${words}</textarea>`}
  </div>`;
}
