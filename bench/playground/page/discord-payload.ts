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

const menu = { custom_id: z.string(), placeholder: z.string().optional(), min_values: z.number().optional(), max_values: z.number().optional(), disabled: z.boolean().optional() };
const select = z.strictObject({
  type: z.literal(3),
  ...menu,
  options: z.array(z.strictObject({ label: z.string(), value: z.string(), description: z.string().optional(), default: z.boolean().optional() })),
});
/** Of people, roles, both, and channels: Discord fills them itself. */
const filled = ([5, 6, 7, 8] as const).map((type) => z.strictObject({ type: z.literal(type), ...menu }));

const button = z.strictObject({
  type: z.literal(2),
  /** Blurple, grey, green, red, and grey with an arrow that leads to an address. */
  style: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  label: z.string(),
  disabled: z.boolean().optional(),
  // Not seen: what the press says, or where it leads.
  custom_id: z.string().optional(),
  url: z.string().optional(),
});

const control = oneOf('component', [select, button, filled[0]!, filled[1]!, filled[2]!, filled[3]!]);

const row = z.strictObject({ type: z.literal(1), components: z.array(control).min(1) });
const text = z.strictObject({ type: z.literal(10), content: z.string() });
const section = z.strictObject({ type: z.literal(9), components: z.array(text).min(1).max(3), accessory: oneOf('accessory', [button]) });
const separator = z.strictObject({ type: z.literal(14), divider: z.boolean().optional(), spacing: z.union([z.literal(1), z.literal(2)]).optional() });
const parts = [row, text, section, separator] as const;
const container = z.strictObject({ type: z.literal(17), accent_color: z.number().optional(), components: z.array(oneOf('part of a container', parts)).min(1) });
const part = oneOf('part of a message', [...parts, container]);

/** 64: shown only to the one who asked. 4096: without a notification. 32768: made of components, and of nothing else. */
const FLAGS = 64 | 4_096 | 32_768;

const message = z.strictObject({
  content: z.string().optional(),
  embeds: z.array(embed).optional(),
  components: z.array(part).optional(),
  allowed_mentions: z.strictObject({ parse: z.tuple([]) }),
  flags: z
    .number()
    .refine((flags) => (flags & ~FLAGS) === 0, 'flags that can’t be drawn')
    .optional(),
  attachments: z.array(z.strictObject({ id: z.string(), filename: z.string() })).optional(),
  // What Discord knows it again by.
  nonce: z.string().optional(),
});

const typed = z.strictObject({
  type: z.literal(4),
  /** One line, or several. */
  style: z.union([z.literal(1), z.literal(2)]),
  custom_id: z.string(),
  required: z.boolean().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  placeholder: z.string().optional(),
  value: z.string().optional(),
});
const label = z.strictObject({ type: z.literal(18), label: z.string(), description: z.string().optional(), component: oneOf('field', [typed]) });
const modal = z.strictObject({ custom_id: z.string(), title: z.string(), components: z.array(oneOf('part of a modal', [label, text])).min(1) });

export type DiscordMessage = z.infer<typeof message>;
export type DiscordEmbed = z.infer<typeof embed>;
export type DiscordPart = z.infer<typeof part>;
export type DiscordControl = z.infer<typeof control>;
export type DiscordSelect = Exclude<DiscordControl, { type: 2 }>;
export type DiscordButton = z.infer<typeof button>;
export type DiscordModal = z.infer<typeof modal>;
export type DiscordLabel = z.infer<typeof label>;

/** The payload as a message that can be drawn. Throws an error that names each part that can't be. */
export function readDiscord(payload: unknown): DiscordMessage {
  return readPayload(message, payload);
}

/** The same of a modal. */
export function readDiscordModal(payload: unknown): DiscordModal {
  return readPayload(modal, payload);
}
