// What was said, as a file that a person can read through: once in full, and then where a platform says more, or less.
import type { Platform } from '../../src/core/platform.ts';
import type { Payload } from '../../src/core/platform.ts';
import { onDiscord, onSlack, onTerminal, type Line } from './as-read.ts';
import type { Outcome, Told } from './stage.ts';

const NAMES: Record<string, string> = { terminal: 'A terminal', slack: 'Slack', discord: 'Discord' };
const READ: Record<string, (payloads: Payload[]) => Line[]> = { terminal: onTerminal, slack: onSlack, discord: onDiscord };

export function readOn(platform: Pick<Platform, 'name'>, payloads: Payload[]): Line[] {
  // A reference is another each time.
  return READ[platform.name]!(payloads).map((line) => ('text' in line ? { text: line.text.replace(/(?<=this reference: )[0-9a-f]{8}/, '1a2b3c4d') } : line));
}

/** One outcome: what was said, who reads the answer, and the answer. */
export function outcomeWritten({ when, say, who = 'Ana' }: Outcome, told: Told[]): string {
  const { answer } = told[0]!;
  const reader = answer.refused ? `Refused; ${who} alone reads` : answer.audience === 'channel' ? 'Everybody in the channel reads' : `${who} alone reads`;
  const others = told.some((one) => one.answer.audience !== answer.audience || one.answer.refused !== answer.refused) ? ' (where it is done)' : '';
  const file = answer.doc.file ? [`(file: ${answer.doc.file.name})`] : [];
  return [heading(when), `${who}: ${say}`, `${reader}${others}:`, '', ...saidOn(told), ...file, ''].join('\n');
}

export function heading(words: string): string {
  return `=== ${words}`;
}

/** The first in full, the others where they differ. */
export function saidOn(told: { platform: Pick<Platform, 'name'>; payloads: Payload[] }[]): string[] {
  const [first, ...others] = told.map(({ platform, payloads }) => ({ name: platform.name, lines: readOn(platform, payloads), payloads }));
  const spoken = others.find(({ name }) => name === 'slack')?.lines;
  const base = spoken ? withSpoken(first!.lines, spoken) : first!.lines;
  const notice = noticeOf(others.find(({ name }) => name === 'slack')?.payloads ?? first!.payloads);
  const shown = first!.lines.some((line) => 'text' in line && line.text === notice);
  return [...base.map(lineWritten), ...(notice && !shown ? ['', `Fallback: ${notice}`] : []), ...differences(first!, others)];
}

export function lineWritten(line: Line): string {
  if ('text' in line) return line.text;
  if ('menu' in line) return [`(choose) ${line.menu}`.trimEnd(), ...fewOf(line.options).map((option) => `    ${option}`)].join('\n');
  return `[${line.label}]${line.spoken && line.spoken !== line.label ? ` ${line.spoken}` : ''}`;
}

/** Of many options, the first ones and what is chosen. */
function fewOf(options: string[]): string[] {
  if (options.length <= 8) return options;
  return [...options.filter((option, at) => at < 3 || option.startsWith('*')), `… ${options.length} in all`];
}

interface Seen {
  name: string;
  lines: Line[];
}

function differences(first: Seen, others: Seen[]): string[] {
  const told = others.map(({ name, lines }) => {
    const more = lines.filter((line) => !has(first.lines, line));
    const less = first.lines.filter((line) => !has(lines, line));
    return { name, what: less.length > first.lines.length / 2 ? ['instead:', ...lines.map((line) => `  ${lineWritten(line)}`)] : [...more.map((line) => `  + ${lineWritten(line)}`), ...less.map((line) => `  − ${lineWritten(line)}`)] };
  });
  const groups = new Map<string, string[]>();
  for (const { name, what } of told) groups.set(what.join('\n'), [...(groups.get(what.join('\n')) ?? []), NAMES[name]!]);
  return [...groups].flatMap(([what, names]) => (what ? ['', `${names.join(' and ')}${what.startsWith('instead:') ? ' ' : ':\n'}${what}`] : []));
}

function has(lines: Line[], line: Line): boolean {
  return lines.some((one) => keyOf(one) === keyOf(line));
}

// Buttons of several papers may have a number before their label.
function keyOf(line: Line): string {
  return 'text' in line ? line.text.trim() : 'label' in line ? `[${line.label.replace(/^\d+ · /, '')}` : lineWritten(line);
}

function withSpoken(lines: Line[], slack: Line[]): Line[] {
  const said = slack.flatMap((line) => ('label' in line ? [line] : []));
  const own = lines.filter((line) => 'label' in line);
  if (own.length !== said.length) return lines;
  let at = 0;
  return lines.map((line) => ('label' in line ? { label: line.label, spoken: said[at++]!.spoken ?? '' } : line));
}

/** What a notification and a screen reader say of a message. */
function noticeOf([first]: Payload[]): string | undefined {
  const { text } = (first ?? {}) as { text?: string };
  return text?.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name]);
}
