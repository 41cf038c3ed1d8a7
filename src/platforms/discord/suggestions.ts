// What is suggested while somebody types an option.
import type { AutocompleteInteraction } from 'discord.js';
import type { PlatformIo } from '../../core/platform.ts';
import { commandCall } from './asker.ts';

/** Source: Discord's interaction reference. A suggestion that comes later than a second is of no use. */
const MOST_CHOICES = 25;
const CHOICE = 100;
const COMPLETE_MS = 1_000;

export async function suggest(interaction: AutocompleteInteraction, io: PlatformIo): Promise<void> {
  const option = interaction.options.getFocused(true).name;
  const values = await inTime(io.complete({ ...commandCall(interaction, io.commands, option), option }), COMPLETE_MS);
  const choices = values.filter((word) => word && word.length <= CHOICE).slice(0, MOST_CHOICES);
  await interaction.respond(choices.map((word) => ({ name: word, value: word })));
}

async function inTime(values: Promise<string[]>, ms: number): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => (timer = setTimeout(resolve, ms, [])));
  return Promise.race([values, late]).finally(() => clearTimeout(timer));
}
