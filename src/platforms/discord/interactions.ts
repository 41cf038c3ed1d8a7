// Interactions become calls, and answers become messages: deferred first, worded after.
import type { AutocompleteInteraction, ButtonInteraction, ChatInputCommandInteraction, Interaction, StringSelectMenuInteraction } from 'discord.js';
import type { Audience, Call, ChannelRef, Payload, Person, PlatformIo, Standing } from '../../core/chat.ts';
import type { Action, Doc, NamedFile } from '../../core/doc.ts';
import { wordsOf } from '../../core/errors.ts';
import { readCustomId } from './buttons.ts';
import { typedText } from './commands.ts';
import { EPHEMERAL, renderAnswer } from './render.ts';
import { readChoice } from './select.ts';
import { CODES, codeOf } from './verdict.ts';

type Asked = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction;

/** Source: Discord's interaction reference. A suggestion that comes later than a second is of no use. */
const MOST_CHOICES = 25;
const CHOICE = 100;
const COMPLETE_MS = 1_000;

/** Answers one interaction, unless another process has it. Never throws: what goes wrong with Discord is logged. */
export async function answer(interaction: Interaction, io: PlatformIo): Promise<void> {
  try {
    // Suggestions have no effects, and less time than a claim may take.
    if (interaction.isAutocomplete()) await suggest(interaction, io);
    else if (!(await io.claim(interaction.id))) io.log.debug({ interaction: interaction.id }, 'discord interaction is in hand already');
    else if (interaction.isChatInputCommand()) await reply(interaction, commandCall(interaction, io), io);
    else if (interaction.isButton()) await press(interaction, readCustomId(interaction.customId), io);
    else if (interaction.isStringSelectMenu()) await choose(interaction, io);
  } catch (error) {
    const code = codeOf(error);
    const late = code === CODES.unknownInteraction || code === CODES.alreadyAnswered;
    io.log[late ? 'warn' : 'error']({ code, why: wordsOf(error) }, late ? 'discord interaction too late' : 'discord interaction not answered');
  }
}

// Letting go of what was chosen asks for nothing.
async function choose(interaction: StringSelectMenuInteraction, io: PlatformIo): Promise<void> {
  const call = readChoice(interaction.customId, interaction.values);
  if (call) await press(interaction, call, io);
  else await interaction.deferUpdate();
}

async function press(interaction: ButtonInteraction | StringSelectMenuInteraction, call: Action['call'] | undefined, io: PlatformIo): Promise<void> {
  if (call) await reply(interaction, { command: call.name, text: call.text, ...whoAndWhere(interaction) }, io);
}

// Deferred before any work, since Discord waits 3 s; as ephemeral, since errors are for the asker alone.
async function reply(interaction: Asked, call: Call, io: PlatformIo): Promise<void> {
  await interaction.deferReply({ flags: 'Ephemeral' });
  const result = await io.handle(call);
  // Discord tells nobody that the bot may now be used in a channel, so the first who manages a roundup is greeted.
  const first = call.command === 'roundup' && result.audience === 'asker' ? await io.greeting(call.channel) : undefined;
  await show(interaction, first ? [first, result.doc] : [result.doc], result.audience);
  if (result.doc.file) await attach(interaction, result.doc.file);
}

async function show(interaction: Asked, docs: Doc[], audience: Audience): Promise<void> {
  const payloads = docs.flatMap((doc) => renderAnswer({ doc, audience }));
  if (audience === 'asker') {
    await edit(interaction, payloads[0]!);
    return follow(interaction, payloads.slice(1));
  }
  // The first message after a deferral takes its place and stays ephemeral with it, so that can't be the answer.
  await edit(interaction, { content: 'Done: the answer is in the channel.' });
  await follow(interaction, payloads).catch(async (error: unknown) => {
    await edit(interaction, { content: 'It is done, but the answer could not be posted in the channel.' });
    throw error;
  });
  // The answer stands below for all to see: the note to the asker has done its work.
  await interaction.client.rest.delete(`${webhookOf(interaction)}/messages/@original`, { auth: false });
}

// The library's own methods would reword the payload; these send what was rendered.
async function edit(interaction: Asked, payload: Payload): Promise<void> {
  // The deferral has settled who sees it; an edit can't.
  const body = { ...payload, flags: undefined, allowed_mentions: { parse: [] } };
  await interaction.client.rest.patch(`${webhookOf(interaction)}/messages/@original`, { body, auth: false });
}

async function follow(interaction: Asked, payloads: Payload[]): Promise<void> {
  for (const body of payloads) await interaction.client.rest.post(webhookOf(interaction), { body, auth: false });
}

// For the asker's eyes, whoever sees the answer.
async function attach(interaction: Asked, { name, text }: NamedFile): Promise<void> {
  const body = { content: 'Here is the file:', flags: EPHEMERAL, attachments: [{ id: '0', filename: name }], allowed_mentions: { parse: [] } };
  await interaction.client.rest.post(webhookOf(interaction), { body, files: [{ name, data: Buffer.from(text) }], auth: false });
}

function webhookOf({ applicationId, token }: Asked): `/${string}` {
  return `/webhooks/${applicationId}/${token}`;
}

async function suggest(interaction: AutocompleteInteraction, io: PlatformIo): Promise<void> {
  const option = interaction.options.getFocused(true).name;
  const values = await inTime(io.complete({ ...commandCall(interaction, io, option), option }), COMPLETE_MS);
  const choices = values.filter((word) => word && word.length <= CHOICE).slice(0, MOST_CHOICES);
  await interaction.respond(choices.map((word) => ({ name: word, value: word })));
}

async function inTime(values: Promise<string[]>, ms: number): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => (timer = setTimeout(resolve, ms, [])));
  return Promise.race([values, late]).finally(() => clearTimeout(timer));
}

// With `until`, the words up to that option: those that its suggestions build on.
function commandCall(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
  io: PlatformIo,
  until?: string,
): Call {
  const command = io.commands.find(({ name }) => name === interaction.commandName);
  const verb = interaction.options.getSubcommand(false);
  const data = verb ? (interaction.options.data[0]?.options ?? []) : interaction.options.data;
  const filled = data.map(({ name, value }) => ({ name, value: String(value ?? '') }));
  return { command: interaction.commandName, text: typedText(command, verb, filled, until), ...whoAndWhere(interaction) };
}

function whoAndWhere(interaction: Asked | AutocompleteInteraction): { channel: ChannelRef; person: Person } {
  const { user, channelId, guildId, channel } = interaction;
  const name = channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
  const place = { platform: 'discord', workspace: guildId ?? '' };
  const parent = channel?.isThread() ? channel.parentId : undefined;
  const forum = channel?.isThread() && channel.parent?.isThreadOnly() ? channel.parent : undefined;
  const postOf = forum && { ...place, id: forum.id, name: forum.name, forum: true };
  return {
    channel: { ...place, id: channelId ?? '', ...(name ? { name } : {}), ...(parent ? { parent } : {}), ...(postOf ? { postOf } : {}) },
    person: { id: user.id, name: user.displayName, profile: async () => ({ standing: standingOf(interaction) }) },
  };
}

// A direct message is the person's own place. Discord tells no time zone.
function standingOf({ guildId, memberPermissions }: Asked | AutocompleteInteraction): Standing {
  if (!guildId || memberPermissions?.has('Administrator')) return 'admin';
  return memberPermissions?.has('ManageChannels') || memberPermissions?.has('ManageGuild') ? 'manager' : 'member';
}
