// What a Discord payload may hold to be drawn. Anything else is refused, so that the page never hides a part of a post.
import { z } from 'zod';
import { oneOf, readPayload } from './refusal.ts';

const embed = z.strictObject({
  title: z.string().optional(),
  url: z.string().optional(),
  description: z.string().optional(),
  color: z.number().optional(),
  fields: z.array(z.strictObject({ name: z.string(), value: z.string(), inline: z.boolean().optional() })).optional(),
  footer: z.strictObject({ text: z.string() }).optional(),
});

const control = oneOf('component', [
  z.strictObject({
    type: z.literal(3),
    custom_id: z.string(),
    placeholder: z.string().optional(),
    options: z.array(z.strictObject({ label: z.string(), value: z.string(), description: z.string().optional(), default: z.boolean().optional() })),
    min_values: z.number().optional(),
    max_values: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal(2),
    /** Blurple, grey, green, red, and grey with an arrow that leads to an address. */
    style: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    label: z.string(),
    // Not seen: what the press says, or where it leads.
    custom_id: z.string().optional(),
    url: z.string().optional(),
  }),
]);

const message = z.strictObject({
  content: z.string().optional(),
  embeds: z.array(embed).optional(),
  components: z.array(oneOf('row', [z.strictObject({ type: z.literal(1), components: z.array(control).min(1) })])).optional(),
  allowed_mentions: z.strictObject({ parse: z.tuple([]) }),
  /** 64: shown only to the one who asked. 4096: without a notification. */
  flags: z.union([z.literal(64), z.literal(4096)]).optional(),
  attachments: z.array(z.strictObject({ id: z.string(), filename: z.string() })).optional(),
  // What Discord knows it again by.
  nonce: z.string().optional(),
});

export type DiscordMessage = z.infer<typeof message>;
export type DiscordEmbed = z.infer<typeof embed>;
export type DiscordControl = z.infer<typeof control>;

/** The payload as a message that can be drawn. Throws an error that names each part that can't be. */
export function readDiscord(payload: unknown): DiscordMessage {
  return readPayload(message, payload);
}
