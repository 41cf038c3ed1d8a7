// Interactions become calls, and answers become messages: deferred first, worded after.
import type { ChatInputCommandInteraction, Interaction, MessageComponentInteraction, MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Call } from '../../core/chat.ts';
import type { PlatformIo } from '../../core/platform.ts';
import type { Action } from '../../core/doc.ts';
import { OF_ANOTHER_VERSION } from '../../core/error-doc.ts';
import { wordsOf } from '../../core/errors.ts';
import { attach, callBack, edit, show } from './answers.ts';
import { commandCall, whoAndWhere } from './asker.ts';
import { readCustomId } from './buttons.ts';
import { fillIn, formActOf, openForm } from './form.ts';
import { messageWords } from './message-words.ts';
import { EPHEMERAL } from './render.ts';
import { readChoice } from './select.ts';
import { suggest } from './suggestions.ts';
import { CODES, codeOf } from './verdict.ts';

/** Answers one interaction, unless another process has it. Never throws: what goes wrong with Discord is logged. */
export async function answer(interaction: Interaction, io: PlatformIo): Promise<void> {
  try {
    // Read at once: the library changes its messages when another press comes in.
    const inForm = formActOf(interaction);
    // Suggestions have no effects, and less time than a claim may take.
    if (interaction.isAutocomplete()) await suggest(interaction, io);
    else if (!(await io.claim(interaction.id))) io.log.debug({ interaction: interaction.id }, 'discord interaction is in hand already');
    else if (interaction.isChatInputCommand()) await reply(interaction, commandCall(interaction, io.commands), io);
    else if (interaction.isMessageContextMenuCommand()) await lookUp(interaction, io);
    else if (inForm) await fillIn(inForm, io);
    else if (interaction.isMessageComponent() || interaction.isModalSubmit()) await press(interaction, io);
  } catch (error) {
    const code = codeOf(error);
    const late = code === CODES.unknownInteraction || code === CODES.alreadyAnswered;
    io.log[late ? 'warn' : 'error']({ code, why: wordsOf(error) }, late ? 'discord interaction too late' : 'discord interaction not answered');
  }
}

async function press(interaction: MessageComponentInteraction | ModalSubmitInteraction, io: PlatformIo): Promise<void> {
  // Letting go of what was chosen in a list asks for nothing.
  if (interaction.isStringSelectMenu() && interaction.values.length === 0) return void (await interaction.deferUpdate());
  const call = callOf(interaction);
  if (call && interaction.isMessageComponent()) return reply(interaction, { command: call.name, text: call.text, ...whoAndWhere(interaction) }, io);
  await callBack(interaction, 4, { content: OF_ANOTHER_VERSION, flags: EPHEMERAL, allowed_mentions: { parse: [] } });
}

function callOf(interaction: MessageComponentInteraction | ModalSubmitInteraction): Action['call'] | undefined {
  if (interaction.isButton()) return readCustomId(interaction.customId);
  return interaction.isStringSelectMenu() ? readChoice(interaction.customId, interaction.values) : undefined;
}

async function lookUp(interaction: MessageContextMenuCommandInteraction, io: PlatformIo): Promise<void> {
  await interaction.deferReply({ flags: 'Ephemeral' });
  await show(interaction, await io.papersIn(messageWords(interaction.targetMessage), whoAndWhere(interaction)), 'asker');
}

// Deferred before any work, since Discord waits 3 s; as ephemeral, since errors are for the asker alone.
async function reply(interaction: ChatInputCommandInteraction | MessageComponentInteraction, call: Call, io: PlatformIo): Promise<void> {
  await interaction.deferReply({ flags: 'Ephemeral' });
  // A button says the whole call; a command that was left empty asks what to fill in.
  const form = interaction.isChatInputCommand() ? await io.form(call) : undefined;
  if (form) return edit(interaction, await openForm(form, call, io));
  const result = await io.handle(call);
  // Discord tells nobody that the bot may now be used in a channel, so the first who manages a roundup is greeted.
  const first = call.command === 'roundup' && !/^me\b/.test(call.text) && result.audience === 'asker' ? await io.greeting(call.channel) : undefined;
  await show(interaction, first ? [first, result.doc] : [result.doc], result.audience);
  if (result.doc.file) await attach(interaction, result.doc.file, io.log);
}
