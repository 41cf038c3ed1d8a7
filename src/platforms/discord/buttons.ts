// Buttons: a command in waiting, folded into Discord's `custom_id` and read back.
import type { Action } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';

/** Source: Discord's component reference: 5 rows of 5 buttons, `custom_id` 100, label 80. */
export const MOST_ROWS = 5;
export const ROW_BUTTONS = 5;
export const MOST_BUTTONS = MOST_ROWS * ROW_BUTTONS;
const CUSTOM_ID = 100;
const LABEL = 80;

/** The buttons of one item, or of the whole document when `number` is undefined. */
export interface ButtonGroup {
  /** The item's number in the message's list; shown on the label, since equal labels can't be told apart. */
  number: number | undefined;
  actions: Action[];
}

/** Action rows for five buttons a row at most: a row for each item while there are rows enough, else items side by side. */
export function buttonRows(groups: ButtonGroup[], mostRows = MOST_ROWS): object[] {
  let index = 0;
  const items = groups.map(({ number, actions }) =>
    actions.map(({ label, call }) => ({
      type: 2,
      style: 2,
      label: clip(number === undefined ? label : `${number} · ${label}`, LABEL),
      custom_id: customId(index++, call),
    })),
  );
  const layouts = [items.flatMap((buttons) => chunk(buttons, ROW_BUTTONS)), sideBySide(items), chunk(items.flat(), ROW_BUTTONS)];
  const rows = layouts.find(({ length }) => length <= mostRows) ?? [];
  return rows.map((components) => ({ type: 1, components }));
}

/** Actions that a button can carry: an id that was cut would be another command. */
export function pressable(actions: (Action | undefined)[] = []): Action[] {
  return actions.filter((action) => action !== undefined).filter(({ call }) => customId(MOST_BUTTONS, call).length <= CUSTOM_ID);
}

/** The call in a `custom_id`; undefined when it isn't one of ours. */
export function readCustomId(id: string): Action['call'] | undefined {
  const match = /^\d+:(\S+) ?(.*)$/s.exec(id);
  return match ? { name: match[1]!, text: match[2]! } : undefined;
}

export function chunk<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

// Fills rows without parting the buttons of one item, unless they are more than a row.
function sideBySide<T>(items: T[][]): T[][] {
  const rows: T[][] = [];
  for (const buttons of items.flatMap((some) => chunk(some, ROW_BUTTONS))) {
    const row = rows.at(-1);
    if (row && row.length + buttons.length <= ROW_BUTTONS) row.push(...buttons);
    else rows.push([...buttons]);
  }
  return rows;
}

/** Ids must differ within a message, though two papers may offer the same command. */
export function customId(index: number, call: Action['call']): string {
  return `${index}:${call.name} ${call.text}`.trimEnd();
}
