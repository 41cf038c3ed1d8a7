// What is suggested while somebody types an option.
import type { AutocompleteInteraction } from 'discord.js';
import type { Choice } from '../../core/form.ts';
import type { PlatformIo } from '../../core/platform.ts';
import { clip, tidy } from '../../core/text.ts';
import { commandCall } from './asker.ts';

/** Source: Discord's interaction reference. A suggestion that comes later than a second is of no use. */
const MOST_CHOICES = 25;
const CHOICE = 100;
const COMPLETE_MS = 1_000;

export async function suggest(interaction: AutocompleteInteraction, io: PlatformIo): Promise<void> {
  const option = interaction.options.getFocused(true).name;
  const found = await inTime(io.complete({ ...commandCall(interaction, io.commands, option), option }), COMPLETE_MS);
  const choices = found.map(({ label, value }) => ({ name: clip(tidy(label), CHOICE), value }));
  // A value that was cut would mean something else.
  await interaction.respond(choices.filter(({ name, value }) => name && value && value.length <= CHOICE).slice(0, MOST_CHOICES));
}

async function inTime(choices: Promise<Choice[]>, ms: number): Promise<Choice[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Choice[]>((resolve) => (timer = setTimeout(resolve, ms, [])));
  return Promise.race([choices, late]).finally(() => clearTimeout(timer));
}
