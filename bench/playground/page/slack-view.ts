// What a view of Slack's may hold to be drawn: a modal with its fields, or a person's Home.
import { z } from 'zod';
import { oneOf, readPayload } from './refusal.ts';
import { blockKinds, option, plainText, select } from './slack-blocks.ts';

const element = oneOf('form element', [
  z.strictObject({
    type: z.literal('external_select'),
    action_id: z.string(),
    min_query_length: z.number(),
    initial_option: option.optional(),
    placeholder: plainText.optional(),
  }),
  z.strictObject({ type: z.literal('timepicker'), action_id: z.string(), initial_time: z.string().optional() }),
  select,
  z.strictObject({ type: z.literal('checkboxes'), action_id: z.string(), options: z.array(option), initial_options: z.array(option).optional() }),
]);

const input = z.strictObject({
  type: z.literal('input'),
  block_id: z.string(),
  label: plainText,
  hint: plainText.optional(),
  optional: z.boolean().optional(),
  /** The bot is told of each change. */
  dispatch_action: z.boolean().optional(),
  element,
});

const block = oneOf('block of a form', [...blockKinds, input]);

const modal = z.strictObject({
  type: z.literal('modal'),
  callback_id: z.string().optional(),
  title: plainText,
  submit: plainText.optional(),
  close: plainText,
  private_metadata: z.string().optional(),
  blocks: z.array(block).min(1),
});

const home = z.strictObject({ type: z.literal('home'), blocks: z.array(oneOf('block', blockKinds)).min(1) });

export type SlackModal = z.infer<typeof modal>;
export type SlackInput = z.infer<typeof input>;
export type SlackElement = z.infer<typeof element>;

/** The view as a modal that can be drawn. Throws an error that names each part that can't be. */
export function readModal(payload: unknown): SlackModal {
  return readPayload(modal, payload);
}

/** The same of a Home. */
export function readHome(payload: unknown): z.infer<typeof home> {
  return readPayload(home, payload);
}
