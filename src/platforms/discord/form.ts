// Forms as messages that only the asker sees: each choice redraws the message, and its button makes the call.
import { setTimeout as pause } from 'node:timers/promises';
import type { ButtonInteraction, Interaction, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js';
import type { Call } from '../../core/chat.ts';
import type { Payload, PlatformIo } from '../../core/platform.ts';
import { plainOf, type Doc } from '../../core/doc.ts';
import { filledText, fillingOf, formText, type Filling, type Form, type Prospect } from '../../core/form.ts';
import { callBack, edit, follow, show } from './answers.ts';
import { whoAndWhere } from './asker.ts';
import { formMessage, formModal, formSays } from './form-message.ts';
import { readChosen, readFilling, readPart, refill, seenIn, type Component, type FormPart } from './form-state.ts';
import { EPHEMERAL, renderAnswer } from './render.ts';

type Filled = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** Discord waits 3 s, and its client takes no other choice in the message meanwhile: redrawn by that one answer, none is lost to another. */
const ACK_MS = 2_000;
/** A value of an option has at most 100 characters (source: Discord's component reference). */
const VALUE = 100;

/** The message of a form that was just opened. */
export async function openForm(form: Form, call: Call, io: PlatformIo): Promise<Payload> {
  const filling = fillingOf(form);
  return draw(form, filling, io, await io.foresee(callOf(form, filling, call)));
}

interface FormAct {
  interaction: Filled;
  part: FormPart | 'unknown';
  filling: Filling;
  /** What the form was opened on. */
  seen: string | undefined;
}

/** What was done in a form, and with what it was filled in then; undefined when the interaction isn't one with a form. */
export function formActOf(interaction: Interaction): FormAct | undefined {
  if (!interaction.isStringSelectMenu() && !interaction.isButton() && !interaction.isModalSubmit()) return undefined;
  const part = readPart(interaction.customId);
  if (!part) return undefined;
  const components = (interaction.message?.components ?? []).map((component) => component.toJSON() as Component);
  return { interaction, part, filling: { ...readFilling(components), ...changed(interaction, part) }, seen: seenIn(components) };
}

/** Answers it. Throws what Discord refuses. */
export async function fillIn({ interaction, part, filling, seen }: FormAct, io: PlatformIo): Promise<void> {
  if (part === 'unknown') return update(interaction, formSays(OLD));
  const { command, verb } = part;
  const call: Call = { command, text: verb, ...whoAndWhere(interaction) };
  const now = await io.form(call);
  if (!now) {
    // It has its fields in order, and whoever may not send it is told so by the call.
    if (part.act === 'send') return send(interaction, { ...call, text: filledText(verb, Object.values(filling)) }, io, async ({ says }) => formSays(says));
    return update(interaction, formSays(`This can’t be filled in any more. Say /${command} ${verb} to see why.`));
  }
  // It goes on from what it was opened on, whatever there is now.
  const form: Form = { ...now, seen };
  const filled = refill(form.fields, fillingOf(form), await shortened(filling, io));
  if (part.act === 'send') return send(interaction, callOf(form, filled, call), io, (refusal) => draw(form, filled, io, refusal));
  if (part.act === 'words' && !interaction.isModalSubmit()) return callBack(interaction, 9, formModal({ form, filling: filled, words: await wordsIn(filled, io) }));
  const prospect = await Promise.race([io.foresee(callOf(form, filled, call)), pause(ACK_MS, LATE, { ref: false })]);
  await update(interaction, await draw(form, filled, io, prospect));
}

const OLD = 'This form is of another version of Paperround. Say the command again, such as /roundup subscribe.';
const LATE: Prospect = { says: 'What this would bring takes too long to tell right now. Go on all the same, or ask for it with /roundup preview.' };

function changed(interaction: Filled, part: FormPart | 'unknown'): Filling {
  if (part === 'unknown') return {};
  if (interaction.isModalSubmit()) return Object.fromEntries([...interaction.fields.fields.values()].map((field) => [field.customId, readChosen('value' in field && typeof field.value === 'string' ? [field.value] : [])]));
  return interaction.isStringSelectMenu() && part.field ? { [part.field]: readChosen(interaction.values) } : {};
}

async function draw(form: Form, filling: Filling, io: PlatformIo, prospect: Prospect | undefined): Promise<Payload> {
  return formMessage({ form: { ...form, seen: prospect?.seen ?? form.seen }, filling, words: await wordsIn(filling, io), prospect });
}

// The call is made as any other. What is refused is told in the form, at its field; else the form has done its work.
async function send(interaction: Filled, call: Call, io: PlatformIo, redraw: (refusal: Prospect) => Promise<Payload>): Promise<void> {
  const answer = io.handle(call);
  const soon = await Promise.race([answer, pause(ACK_MS, undefined, { ref: false })]);
  let heard = false;
  const replace = async (payload: Payload) => {
    await (heard ? edit(interaction, payload) : update(interaction, payload));
    heard = true;
  };
  if (!soon) {
    await callBack(interaction, 6);
    heard = true;
  }
  const { doc, audience, refused, field, seen } = await answer;
  if (refused) return replace(await redraw({ says: saidIn(doc), refused, ...(field ? { field } : {}), ...(seen ? { seen } : {}) }));
  if (audience === 'channel') return show(interaction, [doc], audience, (sentence) => replace(formSays(sentence)));
  await replace(formSays('Done: the answer is below.'));
  await follow(interaction, renderAnswer({ doc, audience }));
}

function saidIn({ blocks }: Doc): string {
  return blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'note' ? [plainOf(block.spans)] : [])).join(' ');
}

function callOf(form: Form, filling: Filling, call: Call): Call {
  return { ...call, text: formText(form, filling) };
}

async function shortened(filling: Filling, io: PlatformIo): Promise<Filling> {
  const short: Filling = {};
  for (const [name, values] of Object.entries(filling)) {
    short[name] = [];
    for (const value of values) short[name].push(value.length > VALUE ? await io.words.keep(value) : value);
  }
  return short;
}

async function wordsIn(filling: Filling, io: PlatformIo): Promise<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const name of Object.values(filling).flat()) {
    const long = name.startsWith('=') ? await io.words.get(name) : undefined;
    if (long !== undefined) words[name] = long;
  }
  return words;
}

async function update(interaction: Filled, payload: Payload): Promise<void> {
  // Who sees it was settled when it was first shown.
  await callBack(interaction, 7, { ...payload, flags: Number(payload.flags) & ~EPHEMERAL });
}
