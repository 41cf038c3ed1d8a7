// A modal of Slack's, drawn from its view and sent as it would be filled in.
import { z } from 'zod';
import { addressOf } from '../view.ts';
import type { OpenForm } from '../side.ts';
import { optionsOf } from './controls.ts';
import { html, type Html } from './html.ts';
import { oneOf, readPayload } from './refusal.ts';
import type { Scene } from './scene.ts';

const plainText = z.strictObject({ type: z.literal('plain_text'), text: z.string(), emoji: z.boolean().optional() });
const option = z.strictObject({ text: plainText, value: z.string() });

const element = oneOf('form element', [
  z.strictObject({
    type: z.literal('external_select'),
    action_id: z.string(),
    min_query_length: z.number(),
    initial_option: option.optional(),
    placeholder: plainText.optional(),
  }),
  z.strictObject({ type: z.literal('timepicker'), action_id: z.string(), initial_time: z.string().optional() }),
  z.strictObject({ type: z.literal('static_select'), action_id: z.string(), options: z.array(option), initial_option: option.optional(), placeholder: plainText.optional() }),
  z.strictObject({ type: z.literal('checkboxes'), action_id: z.string(), options: z.array(option), initial_options: z.array(option).optional() }),
]);

const input = z.strictObject({ type: z.literal('input'), block_id: z.string(), label: plainText, optional: z.boolean().optional(), element });

const viewShape = z.strictObject({
  type: z.literal('modal'),
  callback_id: z.string(),
  title: plainText,
  submit: plainText,
  close: plainText,
  private_metadata: z.string(),
  blocks: z.array(oneOf('block of a form', [input])),
});

type Input = z.infer<typeof input>;

/** The modal over the window. Throws an error that names each part that can't be drawn. */
export function slackForm({ payload, errors, filled }: OpenForm, { view }: Scene): Html {
  const { title, submit, close, blocks } = readPayload(viewShape, payload);
  return html`<div class="curtain"><div class="modal" role="dialog" aria-labelledby="slack-form-title"><form method="post" action="${addressOf(view, '/submit')}">
    <h3 id="slack-form-title">${title.text}</h3>
    <div class="fields" tabindex="0" role="group" aria-label="${title.text}">
      ${blocks.map((block) => fieldOf(block, filled[block.block_id], errors[block.block_id]))}
      <details class="payload" id="payload-slack-form"><summary>Payload</summary><pre tabindex="0">${JSON.stringify(payload, null, 2)}</pre></details>
    </div>
    <footer><button class="button" name="dismiss" value="yes" formnovalidate>${close.text}</button><button class="button primary" name="submit" value="yes">${submit.text}</button></footer>
    <input type="hidden" name="side" value="slack">
  </form></div></div>`;
}

function fieldOf({ block_id: id, label, optional, element }: Input, filled: string[] | undefined, problem: string | undefined): Html {
  const words = html`${label.text}${optional && html` <small>(optional)</small>`}`;
  const told = problem && html`<p class="problem" id="problem-${id}">${problem}</p>`;
  const about = problem ? html` aria-invalid="true" aria-describedby="problem-${id}"` : undefined;
  if (element.type === 'checkboxes') {
    const chosen = filled ?? element.initial_options?.map(({ value }) => value) ?? [];
    const boxes = element.options.map(({ text, value }) => html`<label><input type="checkbox" name="field:${id}" value="${value}"${chosen.includes(value) && html` checked`}> ${text.text}</label>`);
    return html`<fieldset${about}><legend>${words}</legend>${boxes}${told}</fieldset>`;
  }
  return html`<div class="field"><label for="field-${id}">${words}</label>${entryOf(id, element, filled?.[0], about)}${told}</div>`;
}

function entryOf(id: string, element: Exclude<Input['element'], { type: 'checkboxes' }>, filled: string | undefined, about: Html | undefined): Html {
  const named = html`id="field-${id}" name="field:${id}"${about}`;
  switch (element.type) {
    case 'timepicker':
      return html`<input type="time" ${named} value="${filled ?? element.initial_time}">`;
    case 'static_select':
      return html`<select ${named}>${optionsOf(element.options.map(({ text, value }) => ({ label: text.text, value })), filled ?? element.initial_option?.value, element.placeholder?.text)}</select>`;
    case 'external_select':
      return html`<input type="text" ${named} value="${filled ?? element.initial_option?.value}" placeholder="${element.placeholder?.text}" autocomplete="off" data-suggests="/suggest-field?field=${encodeURIComponent(id)}">`;
  }
}
