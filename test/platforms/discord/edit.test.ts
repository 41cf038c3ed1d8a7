// Another payload for a message that was posted, through the real client.
import { expect, test } from 'vitest';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../../src/core/errors.ts';
import type { Fault } from '../../support/discord-faults.ts';
import { CHANNEL } from '../../support/discord-server.ts';
import { messageOf, startBot } from './bot.ts';

const EDIT = 'PATCH /channels/*/messages/*';
const SILENT = 1 << 12;

async function posted() {
  const bot = await startBot();
  const message = messageOf({ payload: { content: 'Two papers today.', embeds: [{ description: '84 upvotes' }], flags: SILENT, allowed_mentions: { parse: [] } } });
  const receipt = await bot.adapter.post(message);
  const edit = { ...message, payload: { ...message.payload, embeds: [{ description: '212 upvotes, 84 when posted' }] }, receipt };
  return { ...bot, message, edit };
}

test('takes the place of the old one, in the same message; nobody is pinged', async () => {
  const { server, adapter, edit } = await posted();
  await adapter.edit!(edit);
  await adapter.edit!(edit);
  expect(server.messages(CHANNEL)).toMatchObject([{ id: edit.receipt.id, content: 'Two papers today.', embeds: [{ description: '212 upvotes, 84 when posted' }], flags: SILENT }]);
  expect(server.requests.at(-1)!.body).toEqual({ content: 'Two papers today.', embeds: [{ description: '212 upvotes, 84 when posted' }], allowed_mentions: { parse: [] } });
  expect(server.problems).toEqual([]);
});

test('in a thread, too, and not in one that was folded away', async () => {
  const { server, adapter, edit } = await posted();
  const key = 'reply-1';
  const receipt = await adapter.post(messageOf({ key, parent: edit.receipt, payload: { content: 'First: 84 upvotes.' } }));
  await adapter.edit!({ ...edit, key, receipt, payload: { content: 'First: 90 upvotes, 84 when posted.' } });
  expect(server.messages(edit.receipt.id)[0]!.content).toBe('First: 90 upvotes, 84 when posted.');
  server.world.channels.get(receipt.channel)!.archived = true;
  await expect(adapter.edit!({ ...edit, key, receipt })).rejects.toBeInstanceOf(PayloadRefused);
});

test('is refused for a message that somebody deleted, and says nothing of the channel', async () => {
  const { server, adapter, edit } = await posted();
  server.world.channels.get(CHANNEL)!.messages.length = 0;
  await expect(adapter.edit!(edit)).rejects.toBeInstanceOf(PayloadRefused);
});

test.each<[string, Fault, new (...args: never[]) => Error]>([
  // As Discord answers it, and as its list of codes has it.
  ['too many edits of an old message, as a limit', { status: 429, code: 30046 }, TryLater],
  ['too many edits of an old message, as a refusal', { status: 400, code: 30046 }, PayloadRefused],
  ['a message of somebody else', { status: 403, code: 50005 }, PayloadRefused],
  ['an unknown channel', { status: 404, code: 10003 }, ChannelGone],
  ['a channel out of reach', { status: 403, code: 50001 }, NotAllowed],
  ['a rate limit', { retryAfter: 7 }, TryLater],
  ['an internal error', { status: 500 }, OutcomeUnknown],
  ['a cut connection', 'reset after acting', OutcomeUnknown],
  ['a proxy’s page', 'html', OutcomeUnknown],
])('%s is told apart, and is not tried again', async (_, fault, verdict) => {
  const { server, adapter, edit } = await posted();
  server.fail(EDIT, fault);
  await expect(adapter.edit!(edit)).rejects.toBeInstanceOf(verdict);
  expect(server.count(EDIT)).toBe(1);
});
