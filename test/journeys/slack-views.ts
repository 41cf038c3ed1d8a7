// A Home or a modal as somebody reads it.
import type { SlackView } from '../support/slack-server.ts';

type Json = Record<string, unknown>;

interface Node {
  type?: string;
  text?: string | Node;
  elements?: Node[];
  label?: Node;
}

/** Every word of it but its buttons', a block a line. */
export function wordsOf(view: Json): string {
  return (view.blocks as Node[]).filter(({ type }) => type !== 'actions').map(textOf).join('\n');
}

/** The names of its buttons, as a screen reader says them. */
export function saysOf(view: Json): string[] {
  return buttonsOf(view).map((button) => String(button.accessibility_label));
}

/** The button whose spoken name begins so. */
export function buttonOf(view: SlackView | undefined, says: string): Json {
  const found = buttonsOf(view!).find((button) => String(button.accessibility_label).startsWith(says));
  if (!found) throw new Error(`no button “${says}”; there are ${saysOf(view!).join(', ')}`);
  return found;
}

function buttonsOf(view: Json): Json[] {
  return (view.blocks as Node[]).flatMap((block) => (block.type === 'actions' ? (block.elements as Json[]) : []));
}

function textOf({ text, elements = [], label }: Node): string {
  const own = typeof text === 'string' ? text : text ? textOf(text) : '';
  return [own, label ? textOf(label) : '', ...elements.map(textOf)].join('');
}
