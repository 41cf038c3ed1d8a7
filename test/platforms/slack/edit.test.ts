// Another payload for a message that was posted, through the real client.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../../src/core/errors.ts';
import { outboxMessage, startRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig('http');
});
afterEach(() => rig.stop());

const blocksOf = (words: string) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }] }];
const message = (words: string) => outboxMessage({ payload: { text: 'Ten papers for today.', blocks: blocksOf(words), unfurl_links: false, unfurl_media: false } });

async function posted() {
  return { ...message('212 upvotes, 84 when posted'), receipt: await rig.adapter.post(message('84 upvotes')) };
}

test('takes the place of the old one, in the same message, which stays known by its key', async () => {
  const edit = await posted();
  await rig.adapter.edit!(edit);
  await rig.adapter.edit!(edit);
  expect(rig.server.messages).toHaveLength(1);
  expect(rig.server.messages[0]).toMatchObject({ ts: edit.receipt.id, text: 'Ten papers for today.', blocks: blocksOf('212 upvotes, 84 when posted') });
  expect(await rig.adapter.find!({ ...edit, firstTriedAt: new Date(Date.now() - 60_000) })).toEqual(edit.receipt);
  expect(rig.server.requests.filter(({ method }) => method === 'chat.update')).toHaveLength(2);
});

test('in a thread, too', async () => {
  const parent = await rig.adapter.post(outboxMessage());
  const receipt = await rig.adapter.post({ ...message('84 upvotes'), key: 'round-1-1', parent });
  await rig.adapter.edit!({ ...message('90 upvotes, 84 when posted'), key: 'round-1-1', receipt });
  expect(rig.server.messages[1]).toMatchObject({ thread_ts: parent.id, blocks: blocksOf('90 upvotes, 84 when posted') });
});

test('is refused for a message that somebody deleted', async () => {
  const edit = await posted();
  rig.server.messages.length = 0;
  await expect(rig.adapter.edit!(edit)).rejects.toThrow(PayloadRefused);
});

test.each([
  ['cant_update_message', PayloadRefused],
  ['edit_window_closed', PayloadRefused],
  ['is_archived', ChannelGone],
  ['account_inactive', NotAllowed],
  ['ratelimited', TryLater],
  ['internal_error', OutcomeUnknown],
])('calls %s by its name', async (code, kind) => {
  const edit = await posted();
  rig.server.fail('chat.update', { error: code });
  await expect(rig.adapter.edit!(edit)).rejects.toBeInstanceOf(kind);
});

test('waits for nothing where Slack wants to be left in peace, and does not try by itself', async () => {
  const edit = await posted();
  rig.server.fail('chat.update', { retryAfter: 30 });
  await expect(rig.adapter.edit!(edit)).rejects.toMatchObject({ afterMs: 30_000 });
  rig.server.fail('chat.update', 'reset');
  await expect(rig.adapter.edit!(edit)).rejects.toBeInstanceOf(OutcomeUnknown);
  expect(rig.server.requests.filter(({ method }) => method === 'chat.update')).toHaveLength(2);
});
