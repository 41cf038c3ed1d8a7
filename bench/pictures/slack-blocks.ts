// What a Slack payload may hold to be drawn. Anything else is refused, so that a picture never hides a part of a post.
import { z } from 'zod';
import { oneOf, readPayloads } from './refusal.ts';

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

const block = oneOf('block', [
  z.strictObject({ type: z.literal('header'), text: plainText }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({ type: z.literal('section'), text: plainText, accessory: button.optional() }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plainText) }),
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(richText) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button) }),
]);

const message = z.strictObject({
  blocks: z.array(block).min(1),
  // Not seen where there are blocks: the notification's sentence.
  text: z.string(),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.literal(false).optional(),
});

export type SlackMessage = z.infer<typeof message>;
export type SlackBlock = z.infer<typeof block>;
export type SlackText = z.infer<typeof richText>;
export type SlackSpan = z.infer<typeof span>;
export type SlackButton = z.infer<typeof button>;

/** The payloads as messages that can be drawn. Throws an error that names each part that can't be. */
export function readSlack(payloads: unknown): SlackMessage[] {
  return readPayloads(z.array(message).min(1), payloads);
}
