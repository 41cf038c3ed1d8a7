// What a Discord payload may hold to be drawn. Anything else is refused, so that a picture never hides a part of a post.
import { z } from 'zod';
import { oneOf, readPayloads } from './refusal.ts';

const embed = z.strictObject({
  title: z.string().optional(),
  url: z.string().optional(),
  description: z.string().optional(),
  color: z.number().optional(),
  fields: z.array(z.strictObject({ name: z.string(), value: z.string(), inline: z.boolean().optional() })).optional(),
  footer: z.strictObject({ text: z.string() }).optional(),
});

const component = oneOf('component', [
  z.strictObject({
    type: z.literal(2),
    /** Blurple, grey, green, red, and grey with an arrow that leads to an address. */
    style: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    label: z.string(),
    // Not seen: what the press says, or where it leads.
    custom_id: z.string().optional(),
    url: z.string().optional(),
  }),
  // A list to choose from is shown closed.
  z.strictObject({
    type: z.literal(3),
    placeholder: z.string(),
    custom_id: z.string(),
    min_values: z.number(),
    options: z.array(z.strictObject({ label: z.string(), value: z.string(), description: z.string().optional() })).min(1),
  }),
]);

const message = z.strictObject({
  content: z.string().optional(),
  embeds: z.array(embed).optional(),
  components: z.array(oneOf('row', [z.strictObject({ type: z.literal(1), components: z.array(component).min(1) })])).optional(),
  allowed_mentions: z.strictObject({ parse: z.tuple([]) }),
  /** Shown only to the one who asked. */
  flags: z.literal(64).optional(),
});

export type DiscordMessage = z.infer<typeof message>;
export type DiscordEmbed = z.infer<typeof embed>;
export type DiscordComponent = z.infer<typeof component>;

/** The payloads as messages that can be drawn. Throws an error that names each part that can't be. */
export function readDiscord(payloads: unknown): DiscordMessage[] {
  return readPayloads(z.array(message).min(1), payloads);
}
