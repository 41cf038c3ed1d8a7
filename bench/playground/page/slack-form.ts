// A modal of Slack's over the window, drawn from its view and sent as it is filled in.
import { addressOf } from '../view.ts';
import type { OpenForm } from '../side.ts';
import { optionsOf } from './controls.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { undrawn, viewPayload, type Scene } from './scene.ts';
import { blockOf } from './slack-message.ts';
import { readModal, type SlackElement, type SlackInput, type SlackModal } from './slack-view.ts';

type Filled = Pick<OpenForm, 'filled' | 'errors'>;

/** What can't be drawn of it stands in its place. */
export function slackForm({ key, payload, ...filled }: OpenForm, { view }: Scene): Html {
  const drawn = undrawn(() => readModal(payload));
  const body = 'html' in drawn ? html`<h3 id="slack-form-title">This modal can’t be drawn</h3>${drawn}` : bodyOf(drawn, payload, filled);
  return html`<div class="curtain"><div class="modal" role="dialog" aria-modal="true" aria-labelledby="slack-form-title" data-key="${key}"><form method="post" action="${addressOf(view, '/submit')}">
    ${body}
    <input type="hidden" name="side" value="slack"><input type="hidden" name="message" value="${key}">
  </form></div></div>`;
}

function bodyOf({ title, submit, close, blocks }: SlackModal, payload: unknown, filled: Filled): Html {
  const fields = blocks.map((block) => (block.type === 'input' ? fieldOf(block, filled) : html`<div class="blocks"${block.block_id && html` id="form-${block.block_id}"`}>${blockOf(block)}</div>`));
  const sends = submit && html`<button class="button primary" name="submit" value="yes">${submit.text}</button>`;
  // The first button is the one that Enter presses.
  return html`${submit && html`<button name="submit" value="yes" hidden>${submit.text}</button>`}<h3 id="slack-form-title">${title.text}</h3>
    <div class="fields" tabindex="0" role="group" aria-label="${title.text}">
      ${fields}
      ${viewPayload('slack-form', payload)}
    </div>
    <footer><button class="button" name="dismiss" value="yes" formnovalidate>${close.text}</button>${sends}</footer>`;
}

function fieldOf(input: SlackInput, { filled, errors }: Filled): Html {
  const { block_id: id, label, optional, hint, element, dispatch_action: tells } = input;
  const problem = errors[id];
  const words = html`${label.text}${optional && html` <small>(optional)</small>`}`;
  const told = html`${problem && html`<p class="problem" id="problem-${id}"><b>Not yet:</b> ${problem}</p>`}${hint && html`<p class="hint" id="hint-${id}">${hint.text}</p>`}`;
  const about = [problem && `problem-${id}`, hint && `hint-${id}`].filter(Boolean).join(' ');
  const described = html`${problem && html` aria-invalid="true"`}${about && html` aria-describedby="${about}"`}`;
  // Pressed by the page's script when the field has changed.
  const change = tells && html`<button name="changed" value="${id}" hidden formnovalidate>Changed</button>`;
  if (element.type === 'checkboxes') {
    const chosen = filled[id] ?? element.initial_options?.map(({ value }) => value) ?? [];
    const boxes = element.options.map(({ text, value }) => html`<label><input type="checkbox" id="field-${id}-${value}" name="field:${id}" value="${value}"${chosen.includes(value) && html` checked`}> ${text.text}</label>`);
    return html`<fieldset id="form-${id}"${described}><legend>${words}</legend><input type="hidden" name="field:${id}" value="">${boxes}${told}${change}</fieldset>`;
  }
  return html`<div class="field" id="form-${id}"><label for="field-${id}">${words}</label>${entryOf(id, element, filled[id]?.[0], described)}${told}${change}</div>`;
}

function entryOf(id: string, element: Exclude<SlackElement, { type: 'checkboxes' }>, filled: string | undefined, described: Html): Html {
  const named = html`id="field-${id}" name="field:${id}"${described}`;
  switch (element.type) {
    case 'timepicker':
      return html`<input type="time" ${named} value="${filled ?? element.initial_time}">`;
    case 'static_select':
      return html`<select ${named}>${optionsOf(element.options.map(({ text, value }) => ({ label: text.text, value })), filled ?? element.initial_option?.value, element.placeholder?.text)}</select>`;
    case 'external_select':
      return html`<input type="text" ${named} value="${filled ?? element.initial_option?.value}" placeholder="${element.placeholder?.text}" autocomplete="off" data-suggests="/suggest-field?field=${encodeURIComponent(id)}">`;
  }
}
