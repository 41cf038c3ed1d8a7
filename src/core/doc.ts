// The neutral document: what a command says, before any platform gives it a look.
import { clip } from './text.ts';

/** A run of text. A string is ALWAYS plain text: strangers wrote it, and only a renderer escapes. */
export type Span = string | { text: string; bold?: true; code?: true; url?: string };

/** A button: a slash command in waiting. `call.text` is at most 80 bytes, so that it fits every platform's id field. */
export interface Action {
  label: string;
  /** What a screen reader says, when the label alone would read like its neighbours. */
  says: string;
  call: {
    name: string;
    text: string;
    /** The platform's id of the channel that it is for, where it doesn't stand in it: in a person's home. */
    channel?: string;
  };
}

export type Block =
  | { kind: 'text'; spans: Span[] }
  | {
      kind: 'item';
      title: Span;
      facts?: string[];
      body?: string;
      actions?: Action[];
      /** Shows it alone, with all that can be done with it: its last button, or its place in one list that stands for the buttons of many. */
      open?: Action;
    }
  | { kind: 'note'; spans: Span[] }
  /** Lines to be copied, shown as they are. */
  | { kind: 'code'; text: string };

export interface Doc {
  title?: string;
  /** One whole sentence: the notification, the screen reader's text, the fallback. */
  summary: string;
  blocks: Block[];
  actions?: Action[];
  /** What goes under it in a thread, in order. */
  replies?: Doc[];
  /** What comes after it in the channel itself, each a message of its own, in order. */
  next?: Doc[];
  /** What it is about, the most telling first: where a platform files posts under tags, under those of these names. */
  about?: string[];
  /** Of a message that is about one paper alone: its row. */
  paper?: number;
  /** For the asker of an answer alone: attached to it, or sent where the platform can't attach. */
  file?: NamedFile;
}

export interface NamedFile {
  /** `saved.bib` */
  name: string;
  text: string;
}

/** The buttons of an item that has room for its own; one that can only be opened is chosen from a list, or read. */
export function itemActions({ actions = [], open }: Extract<Block, { kind: 'item' }>): Action[] {
  return open && actions.length ? [...actions, open] : actions;
}

/** The rank that an item’s title begins with, and the title: `1. Attention` has both. */
export function itemRank({ title }: Pick<Extract<Block, { kind: 'item' }>, 'title'>): { rank?: string; title: string } {
  const [, rank, rest] = /^(\d{1,3})\. (.*)$/s.exec(plainOf([title])) ?? [];
  return rank === undefined ? { title: plainOf([title]) } : { rank, title: rest! };
}

/** Whether a command's words fit a button: what is longer goes into the database, under a short name. */
export function fitsButton(text: string): boolean {
  return new TextEncoder().encode(text).length <= 80;
}

/** A button. A screen reader has room for 75 characters. */
export function press(label: string, says: string, name: string, text: string): Action {
  return { label: clip(label, 40), says: clip(says, 75), call: { name, text } };
}

/** A document of one paragraph. */
export function say(summary: string, ...more: Block[]): Doc {
  return { summary, blocks: [{ kind: 'text', spans: [summary] }, ...more] };
}

export function text(...spans: Span[]): Block {
  return { kind: 'text', spans };
}

export function note(...spans: Span[]): Block {
  return { kind: 'note', spans };
}

export function code(text: string): Block {
  return { kind: 'code', text };
}

/** The plain text of spans. */
export function plainOf(spans: Span[]): string {
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}
