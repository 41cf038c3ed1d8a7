// The terminal: the bot without any account. A payload is the document itself; colour and width are known when it is shown.
import type { Payload, Platform } from '../../core/platform.ts';
import type { Doc } from '../../core/doc.ts';
import { openTerminal, type Streams } from './session.ts';

/** The terminal on these streams. */
export function terminalOn(streams: Streams): Platform {
  return { ...terminal, connect: (io) => Promise.resolve(openTerminal(io, streams)) };
}

export const terminal: Platform = {
  name: 'terminal',
  env: {},
  can: { thread: false, actions: true, silent: false, links: false },
  managers: 'guest',
  render,
  renderAnswer: ({ doc }) => render(doc),
  connect: () => Promise.reject(new Error('the terminal needs its streams: use terminalOn')),
};

function render(doc: Doc): Payload[] {
  const { replies: _, next: __, ...own } = doc;
  return [{ doc: own }];
}
