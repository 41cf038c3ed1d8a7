// May the bot post in a channel, and if not, what is to be done.
import type { Channel, Client, PermissionFlagsBits } from 'discord.js';
import type { ChannelRef, Preflight } from '../../core/chat.ts';
import { wordsOf } from '../../core/errors.ts';
import { listed } from '../../core/text.ts';
import { CODES, codeOf } from './verdict.ts';

type Permission = keyof typeof PermissionFlagsBits;

/** Checks the bot's permissions with Discord, not with what was heard of the channel. */
export async function preflight(client: Client, { id, name }: ChannelRef): Promise<Preflight> {
  try {
    const channel = await client.channels.fetch(id, { force: true });
    return channel ? await judge(channel, name) : gone(CODES.unknownChannel);
  } catch (error) {
    const code = codeOf(error);
    if (code === CODES.missingAccess) return missing(nameOf(name), ['ViewChannel']);
    if (code === CODES.unknownChannel || code === CODES.unknownGuild) return gone(code);
    return { ok: false, code: String(code ?? 'unreachable'), problem: `Discord could not be asked: ${wordsOf(error)}.`, fix: 'Try again in a minute.' };
  }
}

async function judge(channel: Channel, name: string | undefined): Promise<Preflight> {
  if (channel.isDMBased()) return { ok: true };
  const shown = nameOf(channel.name || name);
  if (!channel.isSendable()) {
    return { ok: false, code: 'no_messages', problem: `${shown} takes no messages.`, fix: 'Use a text channel or a thread.' };
  }
  const permissions = channel.permissionsFor(await channel.guild.members.fetchMe());
  const wanted: Permission[] = channel.isThread() ? [...ALWAYS, 'SendMessagesInThreads'] : [...ALWAYS, ...IN_CHANNELS];
  const lacking = wanted.filter((permission) => !permissions.has(permission));
  return lacking.length ? missing(shown, lacking) : { ok: true };
}

/** Reading the history is what `find` needs, so that no message is posted twice. */
const ALWAYS: Permission[] = ['ViewChannel', 'EmbedLinks', 'ReadMessageHistory'];
const IN_CHANNELS: Permission[] = ['SendMessages', 'CreatePublicThreads', 'SendMessagesInThreads'];

/** As Discord's own settings call them. */
const WORDS: Partial<Record<Permission, string>> = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  CreatePublicThreads: 'Create Public Threads',
  SendMessagesInThreads: 'Send Messages in Threads',
};

function missing(shown: string, permissions: Permission[]): Preflight {
  const words = listed(permissions.map((permission) => `"${WORDS[permission] ?? permission}"`));
  return {
    ok: false,
    code: 'missing_permission',
    problem: `Paperround lacks ${words} in ${shown}.`,
    fix: `Give Paperround ${words} in ${shown}: channel settings, Permissions.`,
  };
}

function gone(code: number): Preflight {
  return { ok: false, code: String(code), problem: 'Paperround can’t find this channel.', fix: 'Invite Paperround to the server.' };
}

function nameOf(name: string | undefined): string {
  return name ? `#${name}` : 'this channel';
}
