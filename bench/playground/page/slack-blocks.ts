// What a Slack payload may hold to be drawn. Anything else is refused, so that the page never hides a part of a post.
import { z } from 'zod';
import { oneOf, readPayload } from './refusal.ts';

export const plainText = z.strictObject({ type: z.literal('plain_text'), text: z.string(), emoji: z.boolean().optional() });
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

/** Words, and links by their labels: of Slack's markup nothing else is read here. */
const LINKS_ONLY = /^(?:[^<>*_~`]|<https?:\/\/[^|<>\s]+\|[^<>*_~`|]+>)*$/;
const marked = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().regex(LINKS_ONLY, 'markup other than links can’t be drawn'), verbatim: z.literal(true) });
const smallPrint = oneOf('text', [plainText, marked]);

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

export const option = z.strictObject({ text: plainText, value: z.string() });

export const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: z.string(),
  placeholder: plainText.optional(),
  options: z.array(option),
  initial_option: option.optional(),
});

/** What can be pressed or chosen in a message. */
const control = oneOf('control', [button, select]);

// Not seen: what the bot knows it again by.
const block_id = z.string().optional();

export const blockKinds = [
  z.strictObject({ type: z.literal('header'), block_id, text: plainText }),
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({ type: z.literal('section'), block_id, text: plainText, accessory: control.optional() }),
  z.strictObject({ type: z.literal('context'), block_id, elements: z.array(smallPrint) }),
  z.strictObject({ type: z.literal('rich_text'), block_id, elements: z.array(richText) }),
  z.strictObject({ type: z.literal('actions'), block_id, elements: z.array(control) }),
] as const;
const block = oneOf('block', blockKinds);

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

/** Under a link that somebody posted; `fallback` is not seen. */
const preview = z.strictObject({ fallback: z.string(), blocks: z.array(block).min(1) });

export type SlackMessage = z.infer<typeof message>;
export type SlackBlock = z.infer<typeof block>;
export type SlackText = z.infer<typeof richText>;
export type SlackSpan = z.infer<typeof span>;
export type SlackSmallPrint = z.infer<typeof smallPrint>;
export type SlackControl = z.infer<typeof control>;

/** The payload as a message that can be drawn. Throws an error that names each part that can't be. */
export function readSlack(payload: unknown): SlackMessage {
  return readPayload(message, payload);
}

/** The same of the preview of a link. */
export function readPreview(payload: unknown): z.infer<typeof preview> {
  return readPayload(preview, payload);
}
