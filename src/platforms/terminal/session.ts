// A person at the terminal, or a pipe: each line is a command, a number presses a button, answers are printed.
import { createInterface } from 'node:readline';
import type { Call } from '../../core/chat.ts';
import type { ChatAdapter, OutboxMessage, PlatformIo } from '../../core/platform.ts';
import type { Action, Doc } from '../../core/doc.ts';
import { draw, type Look } from './draw.ts';

export interface Streams {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** Whether colour is wanted, as NO_COLOR and the like say; undefined: when the output is a terminal. */
  colour?: boolean;
  /** Each answer as one line of JSON. */
  json?: boolean;
  /** Called when the person has left, or the pipe has ended. */
  ended(): void;
  /** Is handed a way to say something between the answers, without tearing up what is being typed. */
  onOpen?(say: (words: string) => void): void;
}

export const TERMINAL_CHANNEL = { platform: 'terminal', workspace: '', id: 'terminal', name: 'this terminal' };

/** Starts reading lines. Answers come in the order of the questions. */
export function openTerminal(io: PlatformIo, streams: Streams): ChatAdapter {
  const { input, output } = streams;
  const pressable: Action[] = [];
  const interactive = Boolean(input.isTTY && output.isTTY);
  const lines = createInterface({ input, output: interactive ? output : undefined, terminal: interactive, prompt: '> ' } as never);
  let last: Promise<void> = Promise.resolve();
  let left = false;

  const print = (doc: Doc) => {
    if (streams.json) {
      output.write(`${JSON.stringify(doc)}\n`);
      return;
    }
    const look = lookOf(streams);
    say(`\n${draw(doc, look, (action) => pressable.push(action))}`);
    if (doc.file) say(`\n${doc.file.name}:\n\n${doc.file.text.replace(/[^\P{Cc}\n\t]/gu, '')}\n`);
  };

  // On a screen the line that is being typed is taken away, and put back below.
  const say = (text: string) => {
    output.write(interactive ? `\r\u001b[K${text}` : text);
    if (interactive) lines.prompt(true);
  };
  if (interactive) streams.onOpen?.((words) => say(`${words}\n`));

  const answer = async (line: string) => {
    const said = line.trim();
    if (!said || left) return;
    if (/^\/?(quit|exit)$/i.test(said)) {
      left = true;
      lines.close();
      return;
    }
    const call = readLine(said, pressable);
    if (!call) {
      output.write(`There is no button ${said}. Type the number of one that is shown.\n`);
      return;
    }
    print((await io.handle(call)).doc);
  };

  lines.on('line', (line) => {
    last = last.then(() => answer(line));
  });
  lines.on('close', () => void last.then(() => streams.ended()));
  lines.on('SIGINT', () => lines.close());
  // Whoever read our output has gone (`| head`): nothing more to say to them, which is no reason to fall over.
  output.on('error', () => lines.close());

  return {
    post: async (message: OutboxMessage) => {
      print(message.payload.doc as Doc);
      return { id: message.key, channel: message.channel.id };
    },
    tell: async ({ person }, payload) => {
      print(payload.doc as Doc);
      return `${TERMINAL_CHANNEL.id}/${person}`;
    },
    preflight: async () => ({ ok: true }),
    stop: async () => {
      lines.removeAllListeners('close');
      lines.close();
      await last;
    },
  };
}

// A number presses a button; `/paper x` and `/roundup x` are commands; anything else is looked up.
function readLine(said: string, pressable: Action[]): Call | undefined {
  const place = { channel: TERMINAL_CHANNEL, person: { id: 'you', name: 'you', profile: async () => ({ standing: 'admin' as const, zone: localZone() }) } };
  if (/^\[?\d{1,5}\]?$/.test(said)) {
    const action = pressable[Number(said.replace(/\D/g, '')) - 1];
    return action && { ...place, command: action.call.name, text: action.call.text };
  }
  const command = /^\/(\S+)\s*([\s\S]*)$/.exec(said) ?? /^(paper|roundup)\b\s*([\s\S]*)$/.exec(said);
  return { ...place, command: command?.[1] ?? 'paper', text: command ? command[2]! : said };
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function lookOf({ output, colour }: Streams): Look {
  const tty = Boolean(output.isTTY);
  return { width: Math.min(output.columns ?? 100, 100), colour: colour ?? tty, links: tty && (colour ?? true) };
}
