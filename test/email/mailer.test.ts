// Mails that ask: sent behind the answer, again where the server says to, and given up without a word of whose they were.
import { describe, expect, test } from 'vitest';
import type { ChatAdapter } from '../../src/core/platform.ts';
import { ChannelGone, OutcomeUnknown, TryLater } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { mailer } from '../../src/email/mailer.ts';

const SOON = { timeout: 15_000 };

function rig(outcomes: (Error | 'sent')[], connected = true) {
  const told: string[] = [];
  const logged: string[] = [];
  const write = (data: object, text: string) => void logged.push(`${text} ${JSON.stringify(data)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const tell = async ({ person }: { person: string }) => {
    told.push(person);
    const outcome = outcomes.shift() ?? 'sent';
    if (outcome !== 'sent') throw outcome;
  };
  const adapter = { tell } as unknown as ChatAdapter;
  const stop = new AbortController();
  return { told, logged, stop, send: mailer(() => (connected ? adapter : undefined), log, stop.signal, [1, 1, 1]) };
}

describe('a mail that asks', () => {
  test('goes out once', async () => {
    const { told, logged, send } = rig([]);
    send('ada@lab.example', {});
    await expect.poll(() => told, SOON).toEqual(['ada@lab.example']);
    expect(logged).toEqual([]);
  });

  test('comes back where the server says so', async () => {
    const { told, send } = rig([new TryLater(1, 'greylisted'), new TryLater(1, 'greylisted'), 'sent']);
    send('ada@lab.example', {});
    await expect.poll(() => told.length, SOON).toBe(3);
  });

  test.each([new ChannelGone('smtp_550'), new OutcomeUnknown('cut')])('is given up at once for %s', async (error) => {
    const { told, logged, send } = rig([error]);
    send('ada@lab.example', {});
    await expect.poll(() => logged.length, SOON).toBe(1);
    expect(told).toHaveLength(1);
    expect(logged.join()).not.toContain('ada@');
  });

  test('is given up in the end, also where e-mail is never connected', async () => {
    const { told, logged, send } = rig([], false);
    send('ada@lab.example', {});
    await expect.poll(() => logged.length, SOON).toBe(4);
    expect(told).toEqual([]);
    expect(logged.at(-1)).toContain('"again":false');
  });

  test('that waits when the bot stops is dropped without a complaint', async () => {
    const { logged, stop, send } = rig([new TryLater(1, 'greylisted')]);
    stop.abort();
    send('ada@lab.example', {});
    await expect.poll(() => logged.length, SOON).toBe(1);
    await new Promise(setImmediate);
    expect(logged.filter((line) => !line.includes('greylisted'))).toEqual([]);
  });
});
