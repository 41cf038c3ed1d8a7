import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../../../src/core/chat.ts';
import type { PlatformIo } from '../../../src/core/platform.ts';
import { say } from '../../../src/core/doc.ts';
import { silent } from '../../../src/core/log.ts';
import { openTerminal, TERMINAL_CHANNEL } from '../../../src/platforms/terminal/session.ts';

let input: PassThrough;
let output: PassThrough;
let calls: Call[];
let ended: Promise<void>;
let adapter: ReturnType<typeof openTerminal>;
let shown: () => string;

beforeEach(() => {
  input = new PassThrough();
  output = new PassThrough();
  calls = [];
  let text = '';
  output.on('data', (chunk: Buffer) => (text += chunk.toString()));
  shown = () => text;
  const io = {
    handle: async (call: Call) => {
      calls.push(call);
      const button = { label: 'Again', says: 'Again', call: { name: 'paper', text: `again ${calls.length}` } };
      return { doc: { ...say(`You said ${call.text}.`), actions: [button] }, audience: 'asker' as const };
    },
    log: silent,
  } as unknown as PlatformIo;
  let end: () => void;
  ended = new Promise((resolve) => (end = resolve));
  adapter = openTerminal(io, { input, output, ended: () => end() });
});

/** Types lines and ends the input; resolves when all are answered. */
async function type(...lines: string[]): Promise<string[]> {
  input.end(lines.map((line) => `${line}\n`).join(''));
  await ended;
  return calls.map(({ command, text }) => `/${command} ${text}`.trim());
}

describe('lines', () => {
  test('are commands, with or without the slash, or words to look up; empty ones are nothing', async () => {
    expect(await type('/paper attention', 'roundup list', '', 'state space models', '/roundup', 'paperclips')).toEqual([
      '/paper attention',
      '/roundup list',
      '/paper state space models',
      '/roundup',
      '/paper paperclips',
    ]);
    expect(shown()).toContain('You said attention.');
  });

  test('a number presses the button that has it, from this answer or an earlier one', async () => {
    expect(await type('attention', 'diffusion', '1', '[2]')).toEqual(['/paper attention', '/paper diffusion', '/paper again 1', '/paper again 2']);
  });

  test('a number that no button has is told so', async () => {
    expect(await type('7')).toEqual([]);
    expect(shown()).toContain('There is no button 7.');
  });

  test('quit ends it, whatever comes after', async () => {
    expect(await type('attention', 'quit', 'diffusion')).toEqual(['/paper attention']);
  });
});

test('a roundup is printed, and its buttons can be pressed', async () => {
  const doc = { ...say('Three papers.'), actions: [{ label: 'Help', says: 'Help', call: { name: 'paper', text: 'help' } }] };
  const receipt = await adapter.post({ key: 'k1', channel: TERMINAL_CHANNEL, payload: { doc }, title: 'Today', parent: undefined, firstTriedAt: undefined });
  expect(receipt).toEqual({ id: 'k1', channel: 'terminal' });
  expect(shown()).toContain('Three papers.\n\n[1] Help');
  expect(await type('1')).toEqual(['/paper help']);
});

test('a reader who has gone away is no reason to fall over', async () => {
  output.destroy(new Error('EPIPE'));
  await type('attention');
});
