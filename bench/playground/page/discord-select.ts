// Discord's menus: of one choice a select, of several a list that unfolds.
import { PEOPLE } from '../people.ts';
import type { DiscordSelect } from './discord-payload.ts';
import { html, type Html } from '../../../src/core/html.ts';

type Option = Extract<DiscordSelect, { type: 3 }>['options'][number];

export function selectOf(select: DiscordSelect, key: string): Html {
  const { custom_id: id, placeholder = 'Make a selection', max_values: most = 1, disabled } = select;
  const options = optionsOf(select);
  return most > 1 ? severalOf(id, placeholder, options, `${key}-${id}`) : oneOf(id, placeholder, options, disabled);
}

// The closed menu shows the label alone, the open one what is said of it, too.
function oneOf(id: string, placeholder: string, options: Option[], disabled: boolean | undefined): Html {
  const chosen = options.find((option) => option.default);
  const first = !chosen && html`<option value="" selected disabled hidden>${placeholder}</option>`;
  return html`<span class="menu"><select name="chosen:${id}" aria-label="${placeholder}" data-presses${disabled && html` disabled`}>
    <button type="button"><span>${chosen?.label ?? placeholder}</span></button>${first}${options.map((option) => html`<option value="${option.value}"${option.default && html` selected`}>${wordsOf(option)}</option>`)}
  </select><button name="control" value="${id}" class="go">Choose</button></span>`;
}

function severalOf(id: string, placeholder: string, options: Option[], name: string): Html {
  const chosen = options.filter((option) => option.default).map(({ label }) => label);
  const boxes = options.map((option) => html`<label><input type="checkbox" name="chosen:${id}" value="${option.value}"${option.default && html` checked`}><span>${wordsOf(option)}</span></label>`);
  return html`<details class="menu" id="menu-${name}" data-chooses><summary>${chosen.length ? html`<span class="heard">${placeholder}: </span>${chosen.map((label) => html`<span class="chip">${label}</span> `)}` : placeholder}</summary>
    <fieldset><legend class="heard">${placeholder}</legend>${boxes}<button name="control" value="${id}" class="button style1">Done</button></fieldset>
  </details>`;
}

function wordsOf({ label, description }: Option): Html {
  return html`<span>${label}</span>${description && html` <small>${description}</small>`}`;
}

// People and channels are Discord's to fill in: those that there are here.
function optionsOf(select: DiscordSelect): Option[] {
  if (select.type === 3) return select.options;
  const people = Object.values(PEOPLE).map(({ name, discord }): Option => ({ label: name, value: discord.user }));
  return { 5: people, 6: [{ label: '@everyone', value: 'everyone' }], 7: people, 8: [{ label: '#papers', value: 'papers' }] }[select.type];
}
