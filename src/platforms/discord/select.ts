// Several papers in one message share one list to choose from: what is chosen is answered alone, with its own buttons.
import type { Action } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';
import { customId, readCustomId } from './buttons.ts';

/** Source: Discord's component reference: 25 options, label and description 100, placeholder 150. */
export const MOST_OPTIONS = 25;
const LABEL = 100;

const CHOOSE = 'choose';
const PLACEHOLDER = 'Choose a paper to open, save or rate';

/** An item that can be chosen. */
export interface Choice {
  title: string;
  facts: string[];
  open: Action['call'];
  /** Its buttons, should it be the only one. */
  actions: Action[];
}

/** The row for 2 to 25 choices. Nothing need be remembered: a value is the call itself. */
export function selectRow(choices: Choice[]): object {
  const options = choices.map(({ title, facts, open }, index) => ({
    label: clip(title, LABEL).trim() || 'Untitled',
    value: customId(index, open),
    ...(facts.length ? { description: clip(facts.join(' · '), LABEL) } : {}),
  }));
  // The client keeps what was chosen; with none allowed, it can be let go of and chosen again.
  return { type: 1, components: [{ type: 3, custom_id: CHOOSE, placeholder: PLACEHOLDER, min_values: 0, options }] };
}

/** The call that was chosen; undefined when it was let go of, or the list isn't one of ours. */
export function readChoice(id: string, [value]: string[]): Action['call'] | undefined {
  return id === CHOOSE && value !== undefined ? readCustomId(value) : undefined;
}
