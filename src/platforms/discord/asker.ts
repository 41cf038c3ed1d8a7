// Who asks what, and where.
import type { AutocompleteInteraction, BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Call, ChannelRef, CommandSpec, IsIn, Person } from '../../core/chat.ts';
import { typedText } from './commands.ts';
import { standingOf } from './rights.ts';

/** With `until`, the words up to that option: those that its suggestions build on. */
export function commandCall(interaction: ChatInputCommandInteraction | AutocompleteInteraction, commands: CommandSpec[], until?: string): Call {
  const command = commands.find(({ name }) => name === interaction.commandName);
  const { options } = interaction;
  const verbs = [options.getSubcommandGroup(false), options.getSubcommand(false)].flatMap((name) => name ?? []);
  const data = verbs.reduce((inner, _) => inner[0]?.options ?? [], options.data);
  const filled = data.map(({ name, value }) => ({ name, value: String(value ?? '') }));
  return { command: interaction.commandName, text: typedText(command, verbs, filled, until), ...whoAndWhere(interaction) };
}

export function whoAndWhere(interaction: BaseInteraction): { channel: ChannelRef; person: Person } {
  const { user, guildId, memberPermissions } = interaction;
  // A direct message is the person's own place. Discord tells no time zone.
  const standing = guildId ? standingOf(memberPermissions?.bitfield ?? 0n) : 'admin';
  const readOnly = maySpeak(interaction) ? {} : { readOnly: true as const };
  const isIn = maySee(interaction);
  return { channel: placeOf(interaction), person: { id: user.id, name: user.displayName, home: homeOf(user), profile: async () => ({ standing, ...readOnly }), ...(isIn ? { isIn } : {}) } };
}

// What isn't known, as a thread that is closed, and a private thread, whose members nobody tells, count as shut.
function maySee(interaction: BaseInteraction): IsIn | undefined {
  if (!interaction.inCachedGuild()) return undefined;
  const { guild, member } = interaction;
  const isOpenTo = (id: string) => {
    const channel = guild.channels.cache.get(id);
    return channel !== undefined && !isPrivateThread(channel) && channel.permissionsFor(member).has('ViewChannel');
  };
  return async (ids) => ids.filter(isOpenTo);
}

function placeOf({ user, channelId, guildId, channel }: BaseInteraction): ChannelRef {
  const id = channelId ?? '';
  if (!guildId) return { platform: 'discord', workspace: homeOf(user), id, person: user.id };
  const place = { platform: 'discord', workspace: guildId, ...(isOpen(channel) ? {} : { private: true as const }) };
  const name = channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
  // A private thread is a place of its own: its channel learns nothing of it.
  const parent = channel?.isThread() && !isPrivateThread(channel) ? channel.parentId : undefined;
  const forum = channel?.isThread() && channel.parent?.isThreadOnly() ? channel.parent : undefined;
  const postOf = forum && { ...place, id: forum.id, name: forum.name, forum: true };
  return { ...place, id, ...(name ? { name } : {}), ...(parent ? { parent } : {}), ...(postOf ? { postOf } : {}) };
}

// Direct messages are of no server, so each person's are a workspace of their own.
function homeOf({ id }: { id: string }): string {
  return `@${id}`;
}

/** Source: Discord's channel types. */
const PRIVATE_THREAD = 12;

function isPrivateThread({ type }: { type: number }): boolean {
  return type === PRIVATE_THREAD;
}

// Whether everybody of the server may look. What isn't known counts as private.
function isOpen(channel: BaseInteraction['channel']): boolean {
  if (!channel || channel.isDMBased() || isPrivateThread(channel)) return false;
  return channel.permissionsFor(channel.guild.roles.everyone)?.has('ViewChannel') ?? false;
}

// Who may not write in a channel can press the buttons there all the same.
function maySpeak({ guildId, memberPermissions, channel }: BaseInteraction): boolean {
  return !guildId || memberPermissions?.has(channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages') === true;
}
