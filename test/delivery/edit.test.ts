// The counts in posts of the last days are brought up to date in place: seldom, silently, behind everything that is posted.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChatAdapter, PostedMessage } from '../../src/core/platform.ts';
import type { Doc } from '../../src/core/doc.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { findChannel, pauseChannel } from '../../src/db/channels.ts';
import { edits, outbox, papers } from '../../src/db/schema.ts';
import { editDue } from '../../src/delivery/edit.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, PLACE, stoppedClock, wordsIn } from '../support/factories.ts';

const db = useDb();
const FIRST = { arxivId: '2607.10001', title: 'Grippers that feel', upvotes: 84 };

let clock: ReturnType<typeof stoppedClock>;
let platform: ReturnType<typeof paperPlatform>;
/** Every edit, oldest first. */
let edited: PostedMessage[];

const adapter = (edit: (message: PostedMessage) => Promise<void> = async () => {}): ChatAdapter => ({
  ...platform.adapter,
  edit: async (message) => {
    edited.push(message);
    await edit(message);
  },
});
/** Lets so many hours pass and brings what is due up to date. */
async function after(hours: number, by = adapter(), signal = new AbortController().signal): Promise<number> {
  clock.forward(hours * 3_600_000);
  return editDue({ db: db(), log: silent, now: clock.now, adapters: new Map([['paper', by]]) }, signal);
}
const setVotes = (upvotes: number) => db().update(papers).set({ upvotes }).where(eq(papers.title, FIRST.title));
const post = async (on = true) => {
  await enqueueDue({ ...deliveryOf(db(), platform), edits: on }, clock.now());
  await sendDue({ db: db(), log: silent, now: clock.now, owner: 'me', platform: 'paper', adapter: platform.adapter });
};
const words = (message: PostedMessage) => wordsIn(message.payload.doc as Doc);

beforeEach(async () => {
  clock = stoppedClock(MONDAY);
  platform = paperPlatform({ can: { thread: true, actions: true, edit: true, silent: false, links: false } });
  edited = [];
  await havePapers(db(), [FIRST, { title: 'A quiet start' }]);
  await aChannel(db());
});

describe('a post', () => {
  test('shows the votes of now where it stands, and what they were', async () => {
    await post();
    await setVotes(212);
    expect(await after(3.9)).toBe(0);
    expect(await after(0.2)).toBe(1);
    expect(edited).toMatchObject([{ receipt: { id: 'm1', channel: 'C1' }, channel: { id: 'C1' }, key: platform.posted[0]!.key }]);
    expect(words(edited[0]!)).toBe(wordsIn(platform.posted[0]!.payload.doc as Doc).replace('84 upvotes', '212 upvotes, 84 when posted'));
  });

  test('is looked at four times in three days, further and further apart', async () => {
    await post();
    const at: number[] = [];
    for (let hour = 1; hour < 24 * 4; hour++) {
      await setVotes(84 + 84 * hour);
      if (await after(1)) at.push(hour);
    }
    expect(at).toEqual([4, 12, 28, 52]);
    expect(await db().$count(edits)).toBe(0);
  });

  test('is left alone while its votes have hardly changed, and is edited when they have', async () => {
    await post();
    await setVotes(90);
    expect(await after(4)).toBe(0);
    await setVotes(100);
    expect(await after(8)).toBe(1);
    await setVotes(105);
    expect(await after(16)).toBe(0);
  });

  test('that was found to be too old is left alone', async () => {
    await post();
    await setVotes(212);
    expect(await after(73)).toBe(0);
    expect(await db().$count(edits)).toBe(0);
  });

  test('goes before every edit', async () => {
    await post();
    await setVotes(212);
    clock.forward(24 * 3_600_000);
    await havePapers(db(), [{ title: 'Fresh news', listedOn: '2026-07-28' }], clock.now());
    await enqueueDue(deliveryOf(db(), platform), clock.now());
    expect(await after(0)).toBe(0);
    await post();
    expect(await after(0)).toBe(1);
  });

  test('says nothing of its votes where that is switched off', async () => {
    await post(false);
    await setVotes(212);
    expect(await after(4)).toBe(0);
    expect(wordsIn(platform.posted[0]!.payload.doc as Doc)).toMatch(/1\. Grippers that feel\n84 upvotes\n/);
  });

  test('has no marks in its words, nor in what is written down of it', async () => {
    await post();
    const rows = JSON.stringify([platform.posted, await db().query.roundupPapers.findMany(), await db().select({ payload: outbox.payload }).from(outbox)]);
    expect(rows).not.toMatch(/[\u0080-\u009f]/);
  });

  test('gets its votes where nobody knew of any, before the first fact', async () => {
    await havePapers(db(), [{ title: 'Seen by two', arxivId: '2607.10009' }, { title: 'Seen by two', arxivId: '2607.10009', source: 'arxiv' }]);
    await post();
    await db().update(papers).set({ upvotes: 40 }).where(eq(papers.title, 'Seen by two'));
    await after(4);
    expect(words(edited[0]!)).toMatch(/Seen by two\n40 upvotes, none known when posted · in 2 sources\n/);
  });
});

describe('several processes', () => {
  test('edit a message once', async () => {
    await post();
    await setVotes(212);
    clock.forward(4 * 3_600_000);
    const done = await Promise.all([after(0), after(0), after(0)]);
    expect(done.reduce((a, b) => a + b)).toBe(1);
    expect(edited).toHaveLength(1);
  });

  test('of which one dies in the middle: the edit is left out, or made again at the next look', async () => {
    await post();
    await setVotes(212);
    const dies = adapter(() => Promise.reject(new OutcomeUnknown('the process was killed')));
    expect(await after(4, dies)).toBe(0);
    expect(await after(0)).toBe(0);
    expect(await after(8)).toBe(1);
    expect(words(edited[1]!)).toBe(words(edited[0]!));
  });
});

describe('an edit that fails', () => {
  test.each([
    ['of a message that was deleted', new PayloadRefused('message_not_found')],
    ['of a message that may not be edited any more', new PayloadRefused('Discord 30046')],
    ['in a channel that is gone', new ChannelGone('channel_not_found')],
    ['in a channel out of reach', new NotAllowed('50001', 'invite it')],
    ['for a reason that nobody knows', new Error('what is this')],
  ])('%s is given up, and harms nothing', async (_, error) => {
    await post();
    await setVotes(212);
    expect(await after(4, adapter(() => Promise.reject(error)))).toBe(0);
    expect(await after(60)).toBe(0);
    expect(edited).toHaveLength(1);
    expect((await findChannel(db(), PLACE))!.pausedWhy).toBeNull();
    expect(new Set((await db().select().from(outbox)).map(({ status }) => status))).toEqual(new Set(['sent']));
  });

  test('since the platform is busy leaves its workspace in peace, and is made at the next look', async () => {
    await aChannel(db(), { ref: { ...PLACE, id: 'C2' } });
    await aChannel(db(), { ref: { ...PLACE, workspace: 'W2', id: 'C3' } });
    await post();
    await setVotes(212);
    const busy = adapter(async ({ channel }) => {
      if (channel.workspace === 'W1') throw new TryLater(30_000, 'ratelimited');
    });
    expect(await after(4, busy)).toBe(1);
    expect(edited.map(({ channel }) => channel.workspace).sort()).toEqual(['W1', 'W2']);
    expect(await after(8)).toBe(2);
  });
});

test('only messages that are known to be there are edited', async () => {
  await post();
  await setVotes(212);
  await db().update(outbox).set({ status: 'in_doubt' });
  expect(await after(4)).toBe(0);
  await db().update(outbox).set({ status: 'sent', receipt: null });
  expect(await after(8)).toBe(0);
  expect(edited).toEqual([]);
});

test('a channel that is paused is left alone', async () => {
  await post();
  await setVotes(212);
  await pauseChannel(db(), (await findChannel(db(), PLACE))!, 'by Ana');
  expect(await after(4)).toBe(0);
});

test('who is asked to stop begins no further edit', async () => {
  await post();
  await setVotes(212);
  expect(await after(4, adapter(), AbortSignal.abort())).toBe(0);
  expect(await after(0)).toBe(1);
});

test('in a workspace of many channels some are edited in a minute, the others in the next', async () => {
  await Promise.all(Array.from({ length: 59 }, (_, i) => aChannel(db(), { ref: { ...PLACE, id: `C${i + 2}` } })));
  await post();
  await setVotes(212);
  const minutes = [await after(4), await after(1 / 60), await after(1 / 60), await after(1 / 60)];
  expect(Math.max(...minutes)).toBeLessThan(25);
  expect(minutes.reduce((a, b) => a + b)).toBe(60);
});
