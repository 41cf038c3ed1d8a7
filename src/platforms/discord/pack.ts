// Pieces of a document laid into messages, each within Discord's sums.
import { MOST_ROWS, ROW_BUTTONS, type ButtonGroup } from './buttons.ts';
import { MOST_OPTIONS, type Choice } from './select.ts';

export interface Embed {
  title?: string;
  url?: string;
  description: string;
  color?: number;
}

/** What must stay together: an embed, or a line that may share one with its neighbours, with its buttons. */
export interface Piece {
  embed?: Embed;
  line?: string;
  groups: ButtonGroup[];
  choice?: Choice;
}

export interface Message {
  embeds: Embed[];
  groups: ButtonGroup[];
  choices: Choice[];
}

/** Source: Discord's message resource: 10 embeds, 6,000 characters over all of them; packed with some room. */
const MOST_EMBEDS = 10;
const TOTAL = 5_500;
/** As long as a shared embed of lines may grow; the platform's own limit is 4,096. */
const LINES = 4_096;
const GAP = '\n\n';

/** Paperround's colour, the bar at an embed's left. */
export const COLOR = 0x2a7f8e;

/** Packs greedily, in order; a new message begins only between two pieces. */
export function pack(pieces: Piece[]): Message[] {
  const messages: Message[] = [];
  let message: Message | undefined;
  let open: Embed | undefined;
  for (const piece of pieces) {
    if (!message || !fits(message, open, piece)) {
      message = { embeds: [], groups: [], choices: [] };
      messages.push(message);
      open = undefined;
    }
    if (piece.line !== undefined) open = addLine(message, open, piece.line);
    if (piece.embed) {
      message.embeds.push(piece.embed);
      open = undefined;
    }
    message.groups.push(...piece.groups);
    if (piece.choice) message.choices.push(piece.choice);
  }
  return messages;
}

function fits(message: Message, open: Embed | undefined, { embed, line, groups, choice }: Piece): boolean {
  const lineSize = line === undefined ? 0 : line.length + GAP.length;
  const choices = message.choices.length + (choice ? 1 : 0);
  const needsEmbed = embed !== undefined || (line !== undefined && !joins(open, line));
  return (
    sizeOf(message.embeds) + (embed ? sizeOf([embed]) : 0) + lineSize <= TOTAL &&
    message.embeds.length + (needsEmbed ? 1 : 0) <= MOST_EMBEDS &&
    choices <= MOST_OPTIONS &&
    buttonsOf(message.groups) + buttonsOf(groups) <= (MOST_ROWS - (choices ? 1 : 0)) * ROW_BUTTONS
  );
}

function addLine(message: Message, open: Embed | undefined, line: string): Embed {
  if (open && joins(open, line)) {
    open.description += GAP + line;
    return open;
  }
  const embed = { description: line, color: COLOR };
  message.embeds.push(embed);
  return embed;
}

function joins(open: Embed | undefined, line: string): boolean {
  return open !== undefined && open.description.length + GAP.length + line.length <= LINES;
}

function sizeOf(embeds: Embed[]): number {
  return embeds.reduce((sum, { title = '', description }) => sum + title.length + description.length, 0);
}

function buttonsOf(groups: ButtonGroup[]): number {
  return groups.reduce((sum, { actions }) => sum + actions.length, 0);
}
