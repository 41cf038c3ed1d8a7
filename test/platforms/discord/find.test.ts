// Looking for what an earlier try left behind.
import { expect, test } from 'vitest';
import { InDoubt } from '../../../src/delivery/failure.ts';
import { OutcomeUnknown, TryLater } from '../../../src/core/errors.ts';
import type { OutboxMessage } from '../../../src/core/platform.ts';
import { find } from '../../../src/platforms/discord/find.ts';
import type { Posting } from '../../../src/platforms/discord/posting.ts';

const message: OutboxMessage = {
  key: 'k1',
  channel: { platform: 'discord', workspace: 'g', id: 'c' },
  payload: { content: 'Trending papers' },
  title: 'Trending papers',
  parent: undefined,
  firstTriedAt: new Date('2026-07-28T09:10:00Z'),
};

function answering(answer: (path: string) => unknown): Posting {
  return { me: 'bot', isThread: () => false, fresh: new Set(), request: async (_method, path) => answer(path) };
}

test('a page of a proxy in place of the answer says nothing: the look is repeated, and nothing is in doubt', async () => {
  const look = find(answering(() => '<html>Sign in to the network</html>'), message).catch((error: unknown) => error);
  expect(await look).toBeInstanceOf(TryLater);
  expect(await look).not.toBeInstanceOf(OutcomeUnknown);
  expect(await look).not.toBeInstanceOf(InDoubt);
});

test('a message is found though our clock was ten minutes ahead of Discord’s when it was sent', async () => {
  const idAt = (at: string) => ((BigInt(Date.parse(at)) - 1_420_070_400_000n) << 22n).toString();
  const posted = { id: idAt('2026-07-28T09:00:00Z'), author: { id: 'bot' }, content: 'Trending papers', embeds: [] };
  const since = (path: string) => BigInt(new URL(path, 'http://discord').searchParams.get('after')!);
  const found = await find(answering((path) => (BigInt(posted.id) > since(path) ? [posted] : [])), message);
  expect(found?.id).toBe(posted.id);
});
