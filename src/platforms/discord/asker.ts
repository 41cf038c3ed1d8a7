// Who asks what, and where.
import type { AutocompleteInteraction, BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Call, ChannelRef, CommandSpec, Person, Standing } from '../../core/chat.ts';
import { typedText } from './commands.ts';

/** With `until`, the words up to that option: those that its suggestions build on. */
export function commandCall(interaction: ChatInputCommandInteraction | AutocompleteInteraction, commands: CommandSpec[], until?: string): Call {
  const command = commands.find(({ name }) => name === interaction.commandName);
  const verb = interaction.options.getSubcommand(false);
  const data = verb ? (interaction.options.data[0]?.options ?? []) : interaction.options.data;
  const filled = data.map(({ name, value }) => ({ name, value: String(value ?? '') }));
  return { command: interaction.commandName, text: typedText(command, verb, filled, until), ...whoAndWhere(interaction) };
}

export function whoAndWhere(interaction: BaseInteraction): { channel: ChannelRef; person: Person } {
  const { user, channelId, guildId, channel } = interaction;
  const name = channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
  const place = { platform: 'discord', workspace: guildId ?? '' };
  const parent = channel?.isThread() ? channel.parentId : undefined;
  const forum = channel?.isThread() && channel.parent?.isThreadOnly() ? channel.parent : undefined;
  const postOf = forum && { ...place, id: forum.id, name: forum.name, forum: true };
  return {
    channel: { ...place, id: channelId ?? '', ...(name ? { name } : {}), ...(parent ? { parent } : {}), ...(postOf ? { postOf } : {}) },
    person: { id: user.id, name: user.displayName, profile: async () => ({ standing: standingOf(interaction), ...(maySpeak(interaction) ? {} : { readOnly: true as const }) }) },
  };
}

// Who may not write in a channel can press the buttons there all the same.
function maySpeak({ guildId, memberPermissions, channel }: BaseInteraction): boolean {
  return !guildId || memberPermissions?.has(channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages') === true;
}

// A direct message is the person's own place. Discord tells no time zone.
function standingOf({ guildId, memberPermissions }: BaseInteraction): Standing {
  if (!guildId || memberPermissions?.has('Administrator')) return 'admin';
  return memberPermissions?.has('ManageChannels') || memberPermissions?.has('ManageGuild') ? 'manager' : 'member';
}
