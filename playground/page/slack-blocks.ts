// What a Slack payload may hold to be drawn. Anything else is refused, so that the page never hides a part of a post.
import { z } from 'zod';
import { oneOf, readPayload } from './refusal.ts';

const plainText = z.strictObject({ type: z.literal('plain_text'), text: z.string(), emoji: z.boolean().optional() });
const style = z
  .strictObject({ bold: z.boolean(), italic: z.boolean(), strike: z.boolean(), code: z.boolean() })
  .partial()
  .optional();

const span = oneOf('rich text element', [
  z.strictObject({ type: z.literal('text'), text: z.string(), style }),
  z.strictObject({ type: z.literal('link'), url: z.string(), text: z.string().optional(), style }),
]);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(span) });
const richText = oneOf('rich text', [
  section,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(span) }),
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(span) }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    offset: z.number().optional(),
    elements: z.array(section),
  }),
]);

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText,
  style: z.enum(['primary', 'danger']).optional(),
  // Not seen: what the press says, and what a screen reader does.
  action_id: z.string().optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  accessibility_label: z.string().optional(),
});

const option = z.strictObject({ text: plainText, value: z.string() });

const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: z.string(),
  placeholder: plainText.optional(),
  options: z.array(option),
  initial_option: option.optional(),
});

/** What can be pressed or chosen in a message. */
const control = oneOf('control', [button, select]);

const block = oneOf('block', [
  z.strictObject({ type: z.literal('header'), text: plainText }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({ type: z.literal('section'), text: plainText, accessory: control.optional() }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plainText) }),
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(richText) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(control) }),
]);

const message = z.strictObject({
  blocks: z.array(block).min(1).optional(),
  // Not seen where there are blocks: the notification's sentence.
  text: z.string(),
  unfurl_links: z.literal(false).optional(),
  unfurl_media: z.literal(false).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  // Where it goes, and what the bot knows it again by.
  channel: z.string().optional(),
  user: z.string().optional(),
  thread_ts: z.string().optional(),
  metadata: z.unknown().optional(),
});

export type SlackMessage = z.infer<typeof message>;
export type SlackBlock = z.infer<typeof block>;
export type SlackText = z.infer<typeof richText>;
export type SlackSpan = z.infer<typeof span>;
export type SlackControl = z.infer<typeof control>;

/** The payload as a message that can be drawn. Throws an error that names each part that can't be. */
export function readSlack(payload: unknown): SlackMessage {
  return readPayload(message, payload);
}
