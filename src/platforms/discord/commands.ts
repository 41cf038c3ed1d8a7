// Our commands as Discord's: what is registered, and the words behind what a person filled in.
import { createHash } from 'node:crypto';
import type { CommandSpec, Option, VerbSpec } from '../../core/chat.ts';
import type { Payload, PlatformIo } from '../../core/platform.ts';
import { clip } from '../../core/text.ts';

/** The one option of a command that takes plain words, such as `/paper query:`. */
export const WORDS = 'query';

/** Source: Discord's application command reference. */
const DESCRIPTION = 100;

/** What stands in the menu of a message. */
const LOOK_UP = 'Look up paper';

/** In servers and in direct messages with the bot, where it was added to a server. */
const PLACES = { contexts: [0, 1], integration_types: [0] };

/** A value that a person filled in, by the option's name. */
export type Filled = { name: string; value: string };

/** The body of Bulk Overwrite Global Application Commands. Who may run a verb is `handle`'s to say, not Discord's. */
export function applicationCommands(commands: CommandSpec[]): Payload[] {
  const typed = commands.map((command) => ({
    type: 1,
    name: command.name,
    description: clip(command.summary, DESCRIPTION),
    options: command.fallback ? [wordsOption(command)] : command.verbs.map((verb) => (verb.verbs ? group(verb, verb.verbs) : subcommand(verb))),
    ...PLACES,
  }));
  return [...typed, { type: 3, name: LOOK_UP, ...PLACES }];
}

/**
 * The words that the command would have been typed with: the verb (`me list`: two of them), then its options' values in the verb's order, up
 * to and with the option `until` when it is given.
 */
export function typedText(command: CommandSpec | undefined, verbs: string[], filled: Filled[], until?: string): string {
  const options = verbs.reduce<VerbSpec | undefined>((at, name, i) => (i ? at?.verbs : command?.verbs)?.find((verb) => verb.name === name), undefined)?.options ?? [];
  const place = ({ name }: Filled) => options.findIndex((option) => option.name === name);
  const inOrder = [...filled].sort((a, b) => place(a) - place(b));
  const last = inOrder.findIndex(({ name }) => name === until);
  const values = inOrder.slice(0, last < 0 ? undefined : last + 1).map(({ value }) => value.trim());
  return [...verbs, ...values].filter(Boolean).join(' ');
}

/** Registers the commands, unless these very ones were registered before. Throws what `put` throws. */
export async function register(
  applicationId: string,
  { commands, memory, log }: Pick<PlatformIo, 'commands' | 'memory' | 'log'>,
  put: (body: Payload[]) => Promise<unknown>,
): Promise<void> {
  const body = applicationCommands(commands);
  const key = `discord-commands:${applicationId}`;
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  if ((await memory.get(key)) === digest) return;
  await put(body);
  await memory.set(key, digest);
  log.info({ commands: body.length }, 'discord commands registered');
}

function group({ name, summary }: VerbSpec, verbs: VerbSpec[]): Payload {
  return { type: 2, name, description: clip(summary, DESCRIPTION), options: verbs.map(subcommand) };
}

function subcommand(verb: VerbSpec): Payload {
  // Discord refuses a required option after an optional one.
  const options = [...verb.options].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
  return {
    type: 1,
    name: verb.name,
    description: clip(verb.summary, DESCRIPTION),
    ...(options.length ? { options: options.map(stringOption) } : {}),
  };
}

function stringOption(option: Option): Payload {
  return {
    type: 3,
    name: option.name,
    description: clip(option.summary, DESCRIPTION),
    required: option.required ?? false,
    ...(option.suggests ? { autocomplete: true } : {}),
  };
}

function wordsOption({ fallback, summary, verbs }: CommandSpec): Payload {
  const option = verbs.find(({ name }) => name === fallback)?.options[0];
  return stringOption({ name: WORDS, summary: option?.summary ?? summary, required: true, suggests: true });
}
