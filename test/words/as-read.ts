// Payloads as somebody reads them: the lines of text, and each button by what stands on it and what is spoken.
import type { Payload } from '../../src/core/platform.ts';
import type { Doc } from '../../src/core/doc.ts';
import { draw } from '../../src/platforms/terminal/draw.ts';
import { unescape } from '../support/discord-markdown.ts';

/** One line of text, or something to press or to choose from. */
export type Line = { text: string } | { label: string; spoken?: string } | { menu: string; options: string[] };

type Json = Record<string, unknown>;

export function onTerminal(payloads: Payload[]): Line[] {
  return payloads.flatMap(({ doc }) => {
    const said: { label: string; spoken: string }[] = [];
    const drawn = draw(doc as Doc, { width: 100_000, colour: false, links: true }, ({ label, says }) => said.push({ label, spoken: says }));
    return textLines(drawn.replace(LINK, '')).flatMap((line): Line[] => {
      const buttons = 'text' in line && /^\s*\[\d+\] /.test(line.text) ? [...line.text.matchAll(/\[(\d+)\] /g)] : [];
      return buttons.length ? buttons.map(([, number]) => said[Number(number) - 1]!) : [line];
    });
  });
}

const LINK = /\u001b\]8;;[^\u0007]*\u0007|\u001b\[\d+m/g;

/** Messages, modals, Homes and previews. */
export function onSlack(payloads: Payload[]): Line[] {
  return payloads.flatMap(({ title, blocks, submit, close }) => [
    ...(title ? textLines(textOf(title)) : []),
    ...((blocks ?? []) as Json[]).flatMap(slackBlock),
    ...[submit, close].flatMap((button) => (button ? [{ label: textOf(button) }] : [])),
  ]);
}

function slackBlock(block: Json): Line[] {
  const elements = (block.elements ?? []) as Json[];
  switch (block.type) {
    case 'header':
    case 'section':
      return textLines(textOf(block.text));
    case 'context':
      return elements.flatMap((element) => textLines(textOf(element)));
    case 'rich_text':
      return textLines(elements.map((part) => (part.elements as Json[]).map(textOf).join('')).join('\n'));
    case 'actions':
      return elements.map((button) => ({ label: textOf(button.text), ...(button.accessibility_label ? { spoken: button.accessibility_label as string } : {}) }));
    case 'input':
      return [...textLines([textOf(block.label), ...(block.hint ? [`(${textOf(block.hint)})`] : [])].join(' ')), slackElement(block.element as Json)];
    case 'image':
      return [{ text: `(picture: ${String(block.alt_text)})` }];
    default:
      return [];
  }
}

function slackElement({ placeholder, options = [], initial_option: one, initial_options: some, initial_time: time }: Json): Line {
  const chosen = [...(one ? [one] : []), ...((some ?? []) as Json[])].map((option) => textOf((option as Json).text));
  const labels = (options as Json[]).map((option) => textOf(option.text));
  const shown = labels.length ? labels : chosen;
  return { menu: placeholder ? textOf(placeholder) : ((time as string | undefined) ?? ''), options: shown.map((label) => (chosen.includes(label) ? `*${label}` : label)) };
}

function textOf(node: unknown): string {
  const { text, type, verbatim } = node as { text?: string; type?: string; verbatim?: boolean };
  // Of markup only links are ever sent.
  return type === 'mrkdwn' && verbatim ? String(text).replace(/<[^|>]*\|([^>]*)>/g, '$1') : String(text);
}

/** Messages, forms and modals. */
export function onDiscord(payloads: Payload[]): Line[] {
  return payloads.flatMap(({ content, embeds, components, title }) => [
    ...(title ? textLines(title as string) : []),
    ...markdownLines(content),
    ...((embeds ?? []) as Json[]).flatMap((embed) => [...markdownLines(embed.title), ...markdownLines(embed.description)]),
    ...((components ?? []) as Json[]).flatMap(discordComponent),
  ]);
}

function discordComponent(component: Json): Line[] {
  const inside = ((component.components ?? []) as Json[]).flatMap(discordComponent);
  switch (component.type) {
    case 2:
      return [{ label: component.label as string }];
    case 3:
      return [{ menu: wordsOf(component.placeholder), options: (component.options as Json[]).map(({ label, description, default: chosen }) => `${chosen ? '*' : ''}${wordsOf(label)}${description ? `: ${wordsOf(description)}` : ''}`) }];
    case 10:
      return markdownLines(component.content);
    case 18:
      return [...textLines([component.label, ...(component.description ? [`(${wordsOf(component.description)})`] : [])].join(' ')), ...discordComponent(component.component as Json)];
    case 4:
      return [{ menu: wordsOf(component.placeholder), options: component.value ? [`*${wordsOf(component.value)}`] : [] }];
    default:
      return inside;
  }
}

function markdownLines(markdown: unknown): Line[] {
  const lines = wordsOf(markdown).split('\n').filter((line) => !line.startsWith('```'));
  return textLines(lines.map((line) => unescape(readable(line))).join('\n'));
}

function readable(line: string): string {
  return line
    .replace(/^(?:-# |#{1,3} )+/, '')
    .replace(/\[((?:\\.|[^\\\]])*)\]\(<[^>]*>\)/g, '$1')
    .replace(/(?<!\\)\*\*(.*?)(?<!\\)\*\*/g, '$1')
    .replace(/(?<!\\)`([^`]*)`/g, '$1');
}

function textLines(text: string): Line[] {
  return text.split('\n').filter((line) => line.trim()).map((line) => ({ text: line.trimEnd() }));
}

function wordsOf(node: unknown): string {
  return typeof node === 'string' ? node : '';
}
